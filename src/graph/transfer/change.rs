//! What callers do about transfers: who is asked for, who is let go, and what is decided.

use access::{AccessError, Caller, Filling, Post, Transfers};
use async_graphql::{Context, ID, InputObject, InputType, MaybeUndefined::Value, Object};
use chrono::NaiveDate;
use entity::{
    employment, staff_member,
    term::{Education, IdentityKind, KeyPost, ProfessionCategory, Sex, Tenure, Title},
    transfer,
};

use super::Transfer;
use crate::graph::{
    administration::origin,
    change::{Draft, written},
    classification::Classification,
    creation::given,
    division::Division,
    error::{Gated, visible},
    facility::Facility,
    id,
    mutation::MUTATION,
    person::Person,
    reason::reason,
    record::Record,
    staff_member::StaffMember,
};

/// Who is to be hired, and for what.
#[derive(InputObject)]
pub(crate) struct RequestHireInput {
    /// Name, in 1 to 200 characters.
    name: String,
    /// Sex.
    sex: Sex,
    /// What identity document the number is of.
    identity_kind: Option<IdentityKind>,
    /// Number of the identity document, 4 to 40 letters, digits, brackets and hyphens.
    identity_number: String,
    /// Profession category.
    profession_category: ProfessionCategory,
    /// Highest education.
    education: Education,
    /// Title assessed.
    title: Title,
    /// Global id of the worksite, which also employs.
    facility: ID,
    /// Kind of tenure.
    tenure: Tenure,
    /// Key post that is to be filled.
    key_post: KeyPost,
    /// Title engaged for.
    title_engaged: Title,
    /// First day.
    starts_on: NaiveDate,
}

/// Who of the staff is let go, and where to.
#[derive(InputObject)]
pub(crate) struct RequestTransferInput {
    /// Global id of the professional record.
    staff_member: ID,
    /// Global id of the division that is to take the person in.
    division: ID,
    /// First day there; the present employment ends on the day before.
    starts_on: NaiveDate,
}

/// The post that somebody is to fill.
#[derive(InputObject)]
pub(crate) struct PostInput {
    /// Global id of the worksite.
    facility: ID,
    /// Global id of the facility that employs; the worksite where it is left out.
    employer: Option<ID>,
    /// Kind of tenure.
    tenure: Tenure,
    /// Key post that is to be filled.
    key_post: KeyPost,
    /// Title engaged for.
    title_engaged: Title,
}

/// Which request is accepted.
#[derive(InputObject)]
pub(crate) struct AcceptTransferInput {
    /// Global id of the transfer.
    id: ID,
    /// Version of the transfer that this is based on.
    version: i32,
    /// The post: for staff who are let go. A request to hire says it already.
    post: Option<PostInput>,
    /// Global id of the person of the clash: who is to be hired and is known already. Left
    /// out where nobody is.
    person: Option<ID>,
}

/// Which request is declined, and why.
#[derive(InputObject)]
pub(crate) struct DeclineTransferInput {
    /// Global id of the transfer.
    id: ID,
    /// Version of the transfer that this is based on.
    version: i32,
    /// Why, in 4 to 500 characters; auditors read it.
    reason: String,
}

/// What was requested or decided.
pub(crate) struct TransferPayload(i64);

/// What was requested or decided.
#[Object]
impl TransferPayload {
    /// The transfer as it is now; null where it is no more yours to open.
    async fn transfer(&self, ctx: &Context<'_>) -> Gated<Transfer> {
        written(ctx, self.0).await
    }
}

#[derive(Default)]
pub(crate) struct TransferChanges;

#[Object]
impl TransferChanges {
    /// Asks for somebody to be hired by the number of an identity document. The answer is
    /// the same whether or not somebody is known under it: the request waits until it is
    /// decided by who has rights on both sides or, where nobody is known, by who may open
    /// everybody. For the same number a division asks once at a time.
    async fn request_hire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be hired, and for what.")] input: RequestHireInput,
    ) -> Option<async_graphql::Result<TransferPayload>> {
        Some(input.run(ctx).await.map(TransferPayload).map_err(visible))
    }

    /// Lets one of the staff go to another division, which takes the person in or declines.
    /// Until then nothing changes.
    async fn request_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is let go, where to and when.")] input: RequestTransferInput,
    ) -> Option<async_graphql::Result<TransferPayload>> {
        Some(input.run(ctx).await.map(TransferPayload).map_err(visible))
    }

    /// Accepts a request: the present employment ends, the new one begins, and the
    /// professional record follows it; or the records of who was known to nobody are made.
    async fn accept_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and by whom or where it is filled.")]
        input: AcceptTransferInput,
    ) -> Option<async_graphql::Result<TransferPayload>> {
        Some(input.run(ctx).await.map(TransferPayload).map_err(visible))
    }

    /// Declines a request, or takes one back. It stays, and nothing else changes.
    async fn decline_transfer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request, and why.")] input: DeclineTransferInput,
    ) -> Option<async_graphql::Result<TransferPayload>> {
        Some(input.run(ctx).await.map(TransferPayload).map_err(visible))
    }
}

impl RequestHireInput {
    async fn run(self, ctx: &Context<'_>) -> Result<i64, AccessError> {
        use transfer::Column;

        Draft::<Transfer>::new(ctx)
            .value(Column::Name, Value(self.name))
            .term(Column::Sex, Value(self.sex))
            .term(Column::IdentityKind, given(self.identity_kind))
            .value(Column::IdentityNumber, Value(self.identity_number))
            .term(Column::ProfessionCategory, Value(self.profession_category))
            .term(Column::Education, Value(self.education))
            .term(Column::Title, Value(self.title))
            .link::<Facility>(Column::FacilityId, "facility", Value(self.facility))?
            .term(Column::Tenure, Value(self.tenure))
            .term(Column::KeyPost, Value(self.key_post))
            .term(Column::TitleEngaged, Value(self.title_engaged))
            .value(Column::StartsOn, Value(self.starts_on))
            .create()
            .await
    }
}

impl RequestTransferInput {
    async fn run(self, ctx: &Context<'_>) -> Result<i64, AccessError> {
        let staff = id::named_key_of(StaffMember::NAME, "staffMember", &self.staff_member)?;
        let division = id::named_key_of(Division::NAME, "division", &self.division)?;
        let transfers = transfers(ctx);
        transfers.request(staff, division, self.starts_on).await
    }
}

impl AcceptTransferInput {
    async fn run(self, ctx: &Context<'_>) -> Result<i64, AccessError> {
        let key = id::key_of(Transfer::NAME, &self.id)?;
        let person = self.person.as_ref();
        let person = person.map(|id| id::named_key_of(Person::NAME, "person", id));
        let filling = Filling {
            person: person.transpose()?,
            post: self.post.map(PostInput::post).transpose()?,
        };
        let transfers = transfers(ctx);
        transfers.accept(key, self.version, &filling).await?;
        Ok(key)
    }
}

impl PostInput {
    fn post(self) -> Result<Post, AccessError> {
        let employer = self.employer.as_ref();
        let employer = employer.map(|id| id::named_key_of(Facility::NAME, "employer", id));
        Ok(Post {
            facility: id::named_key_of(Facility::NAME, "facility", &self.facility)?,
            employer: employer.transpose()?,
            tenure: self.tenure,
            key_post: self.key_post,
            title_engaged: self.title_engaged,
        })
    }
}

impl DeclineTransferInput {
    async fn run(self, ctx: &Context<'_>) -> Result<i64, AccessError> {
        let key = id::key_of(Transfer::NAME, &self.id)?;
        let reason = reason("reason", &self.reason)?;
        let transfers = transfers(ctx);
        transfers.decline(key, self.version, &reason).await?;
        Ok(key)
    }
}

fn transfers(ctx: &Context<'_>) -> Transfers {
    Transfers::by(ctx.data_unchecked::<Caller>(), &origin(ctx))
}

impl TransferChanges {
    /// What each of them takes of a caller's rights.
    pub(in crate::graph) fn classify(schema: &mut Classification) {
        use transfer::Column;

        let input = <RequestHireInput as InputType>::type_name();
        schema
            .creation::<Transfer>("request_hire", input)
            .column("name", Column::Name)
            .column("sex", Column::Sex)
            .column("identity_kind", Column::IdentityKind)
            .column("identity_number", Column::IdentityNumber)
            .column("profession_category", Column::ProfessionCategory)
            .column("education", Column::Education)
            .column("title", Column::Title)
            .column("facility", Column::FacilityId)
            .column("tenure", Column::Tenure)
            .column("key_post", Column::KeyPost)
            .column("title_engaged", Column::TitleEngaged)
            .column("starts_on", Column::StartsOn);
        let lets_go = |caller: &access::Capabilities| {
            caller.makes_with::<transfer::Entity>(Column::FromId)
                && caller.changes::<staff_member::Entity>()
                && caller.changes_column::<employment::Entity>(employment::Column::EndedOn)
        };
        let accepts = |caller: &access::Capabilities| {
            caller.changes_column::<transfer::Entity>(Column::Status)
                && caller.makes::<employment::Entity>()
        };
        let declines = |caller: &access::Capabilities| {
            caller.changes_column::<transfer::Entity>(Column::Status)
        };
        let mutations = schema.parts(MUTATION, |_| true);
        mutations
            .add("requestTransfer", lets_go)
            .add("acceptTransfer", accepts)
            .add("declineTransfer", declines);
        schema.whole(<RequestTransferInput as InputType>::type_name(), lets_go);
        schema.whole(<AcceptTransferInput as InputType>::type_name(), accepts);
        schema.whole(<PostInput as InputType>::type_name(), accepts);
        schema.whole(<DeclineTransferInput as InputType>::type_name(), declines);
        schema.plain::<TransferPayload>();
    }
}
