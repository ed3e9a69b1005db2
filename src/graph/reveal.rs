//! Personal data revealed for a purpose.

use access::{AccessError, Caller, Rows};
use async_graphql::{
    Context, Enum, ID, InputObject, InputType, Object, SimpleObject, resolver_utils::EnumType,
};
use entity::person;

use super::{
    administration::origin,
    classification::Classification,
    error::{invalid, visible},
    id,
    mutation::MUTATION,
    person::Person,
    reason::reason,
    record::Record,
};

/// Shows personal data in clear.
#[derive(Default)]
pub(crate) struct Reveal;

#[Object]
impl Reveal {
    /// Shows what identifies a person in clear to whoever sees it masked and may have it
    /// revealed. Who asked, for what and for what purpose goes into the audit trail
    /// before the answer is given.
    async fn reveal_personal_data(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of whom what is to be revealed, and what for.")]
        input: RevealPersonalDataInput,
    ) -> Option<async_graphql::Result<RevealPersonalDataPayload>> {
        Some(reveal(ctx, input).await.map_err(visible))
    }
}

impl Reveal {
    /// What each of the fields takes of a caller's rights. One that reveals is of use
    /// where something can be named that it would reveal.
    pub(super) fn classify(schema: &mut Classification) {
        let mutations = schema.parts(MUTATION, |_| true);
        mutations.add("revealPersonalData", |_| true);
        let mut fields = schema.parts(<PersonalField as InputType>::type_name(), |_| true);
        for item in PersonalField::items() {
            let column = column(item.value);
            fields = fields.add(item.name, move |caller| {
                caller.reveals::<person::Entity>(column)
            });
        }
        let input = <RevealPersonalDataInput as InputType>::type_name();
        schema.whole(input, |_| true);
        schema.plain::<RevealPersonalDataPayload>();
    }
}

/// What identifies a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum PersonalField {
    /// Number of the identity document.
    IdentityNumber,
    /// Telephone number.
    Phone,
    /// Date of birth.
    BirthDate,
}

/// Of whom what is to be revealed, and what for.
#[derive(InputObject)]
pub(crate) struct RevealPersonalDataInput {
    /// Global id of the person.
    person: ID,
    /// What is to be revealed, at least one.
    fields: Vec<PersonalField>,
    /// What it is needed for, in 4 to 500 characters; auditors read it.
    purpose: String,
}

/// What was revealed.
#[derive(SimpleObject)]
pub(crate) struct RevealPersonalDataPayload {
    /// Number of the identity document; null where it is not known or not asked for.
    identity_number: Option<String>,
    /// Telephone number; null where it is not known or not asked for.
    phone: Option<String>,
    /// Date of birth, as `1985-03-21`; null where it is not known or not asked for.
    birth_date: Option<String>,
}

async fn reveal(
    ctx: &Context<'_>,
    input: RevealPersonalDataInput,
) -> Result<RevealPersonalDataPayload, AccessError> {
    let key = id::key_of(Person::NAME, &input.person)?;
    let purpose = reason("purpose", &input.purpose)?;
    if input.fields.is_empty() {
        return Err(invalid("`fields` must name at least one field"));
    }
    let columns: Vec<person::Column> = input.fields.iter().map(|field| column(*field)).collect();
    let origin = origin(ctx);
    let rows = Rows::<person::Entity>::of(ctx.data_unchecked::<Caller>());
    let row = rows.reveal(key, &columns, &purpose, &origin).await?;
    let shown = |field| match input.fields.contains(&field) {
        true => row.get::<String>(column(field)),
        false => Ok(None),
    };
    Ok(RevealPersonalDataPayload {
        identity_number: shown(PersonalField::IdentityNumber)?,
        phone: shown(PersonalField::Phone)?,
        birth_date: shown(PersonalField::BirthDate)?,
    })
}

fn column(field: PersonalField) -> person::Column {
    match field {
        PersonalField::IdentityNumber => person::Column::IdentityNumber,
        PersonalField::Phone => person::Column::Phone,
        PersonalField::BirthDate => person::Column::BirthDate,
    }
}
