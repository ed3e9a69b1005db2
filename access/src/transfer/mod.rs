//! Transfers: staff whom a division lets go to another, which takes them in; and people who
//! are to be hired by their identity number, be they known elsewhere or not.
//!
//! A request to hire says the same in both cases. Whoever may open the person who is known
//! under the number is told of the clash, and decides who has rights on both sides.

mod acceptance;
mod request;

use chrono::NaiveDate;
use entity::{
    employment, staff_member,
    term::{KeyPost, Tenure, Title, TransferStatus},
    transfer,
};
use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, IntoIden, JoinType, LockType, Query},
};

use crate::{
    assignment::Given,
    audit::Origin,
    caller::Caller,
    change::Change,
    datum::Datum,
    error::AccessError,
    kind::{self, Kind, Resource},
    vocabulary::Action,
    writing::Writing,
};

/// What a caller does about where people work.
pub struct Transfers {
    caller: Caller,
    origin: Origin,
}

/// The post that somebody is to fill.
#[derive(Clone, Debug)]
pub struct Post {
    /// Key of the worksite.
    pub facility: i64,
    /// Key of the facility that employs; none means the worksite.
    pub employer: Option<i64>,
    /// Kind of tenure.
    pub tenure: Tenure,
    /// Key post.
    pub key_post: KeyPost,
    /// Title engaged for.
    pub title_engaged: Title,
}

/// By whom a request is to be filled, and where.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// Key of the person who is known already under the identity number of a request to
    /// hire.
    pub person: Option<i64>,
    /// The post that staff who are let go come to.
    pub post: Option<Post>,
}

/// Where one of the staff works.
struct Standing {
    staff: i64,
    person: i64,
    facility: i64,
    /// Division that administers it.
    division: i64,
    /// Whether the professional record is in use.
    active: bool,
    employment: i64,
    started_on: NaiveDate,
    ended_on: Option<NaiveDate>,
}

impl Standing {
    /// The last day on which this changed.
    fn since(&self) -> NaiveDate {
        self.ended_on.unwrap_or(self.started_on)
    }
}

impl Transfers {
    /// What this caller does.
    pub fn by(caller: &Caller, origin: &Origin) -> Transfers {
        Transfers {
            caller: caller.clone(),
            origin: origin.clone(),
        }
    }

    /// Lets one of the staff go to a division from a day on, and gives the request's key:
    /// who administers that division accepts it or declines.
    ///
    /// # Errors
    /// [`AccessError::Missing`] if there is no such member of staff or division that the
    /// caller may open, [`AccessError::Forbidden`] if it is not the caller's to let go,
    /// [`AccessError::Conflict`] if the record is out of use, [`AccessError::InvalidInput`],
    /// [`AccessError::Stale`], [`AccessError::Internal`]; then nothing has changed.
    pub async fn request(
        &self,
        staff: i64,
        division: i64,
        starts_on: NaiveDate,
    ) -> Result<i64, AccessError> {
        let mut writing = Writing::begin(&self.caller, Kind::Transfer, Action::Create).await?;
        let requested = self
            .requested(&mut writing, staff, (division, starts_on))
            .await;
        writing.end(requested).await
    }

    async fn requested(
        &self,
        writing: &mut Writing<'_>,
        staff: i64,
        (division, starts_on): (i64, NaiveDate),
    ) -> Result<i64, AccessError> {
        use transfer::Column;

        writing.turn(Kind::StaffMember, Action::Update);
        match writing.lock(staff, &[]).await {
            Err(AccessError::NotFound) => Err(AccessError::Missing("staffMember".to_owned())),
            found => found,
        }?;
        let is_it = Expr::col((staff_member::Entity, staff_member::Column::Id)).eq(staff);
        let standing = standing(writing, is_it).await?;
        let standing = standing.ok_or_else(|| AccessError::internal("staff without a post"))?;
        check_leaves(writing, &standing).await?;
        if !standing.active {
            return Err(AccessError::Conflict(
                "the record is out of use and stays as it is".to_owned(),
            ));
        }
        let since = standing.since();
        if starts_on <= since {
            return Err(AccessError::InvalidInput(format!(
                "`startsOn` must lie behind {since}, since when the present employment stands so"
            )));
        }
        writing.turn(Kind::Transfer, Action::Create);
        let values = [
            given(Column::DivisionId, division),
            given(Column::PersonId, standing.person),
            given(Column::FromId, standing.facility),
            given(Column::StartsOn, starts_on),
        ];
        writing.check_links(None, &values).await?;
        let key = writing.make(&values).await?;
        writing.attest(key, &places(&values), &self.origin).await?;
        Ok(key)
    }

    /// Declines a request, or takes one back, for this reason.
    ///
    /// # Errors
    /// As [`Change::update`].
    pub async fn decline(&self, key: i64, version: i32, reason: &str) -> Result<(), AccessError> {
        let declined = Datum::of_term(TransferStatus::Declined);
        Change::<transfer::Entity>::by(&self.caller, &self.origin)
            .set(transfer::Column::Status, Some(declined))
            .set(transfer::Column::Active, Some(false.into()))
            .write(Action::Update, key, version, Some(reason))
            .await
    }
}

/// Where the one of the staff works of whom the condition holds. Until the end nobody else
/// has the same one go.
async fn standing(
    writing: &mut Writing<'_>,
    condition: Expr,
) -> Result<Option<Standing>, AccessError> {
    use employment::Column as Of;
    use staff_member::{Column, Entity};

    if writing.caller().backend() == DbBackend::Postgres {
        let mut held = Query::select().column(Column::Id).from(Entity).take();
        held.and_where(condition.clone())
            .lock(LockType::NoKeyUpdate);
        writing.run(&held).await?;
    }
    let own = [
        Column::Id,
        Column::PersonId,
        Column::FacilityId,
        Column::AdministeredBy,
        Column::Active,
    ];
    let own = own.map(|column| (Entity, column));
    let of = [Of::Id, Of::StartedOn, Of::EndedOn].map(|column| (employment::Entity, column));
    let select = Query::select()
        .columns(own)
        .columns(of)
        .from(Entity)
        .join(
            JoinType::InnerJoin,
            employment::Entity,
            Expr::col((employment::Entity, Of::Id))
                .equals((Entity.into_iden(), Column::MainEmploymentId)),
        )
        .and_where(condition)
        .take();
    let rows = writing.run(&select).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Standing {
        staff: row.try_get_by_index(0)?,
        person: row.try_get_by_index(1)?,
        facility: row.try_get_by_index(2)?,
        division: row.try_get_by_index(3)?,
        active: row.try_get_by_index(4)?,
        employment: row.try_get_by_index(5)?,
        started_on: row.try_get_by_index(6)?,
        ended_on: row.try_get_by_index(7)?,
    }))
}

/// Refuses to let somebody go whose employment is not the caller's to end.
async fn check_leaves(writing: &mut Writing<'_>, standing: &Standing) -> Result<(), AccessError> {
    let ended_on = kind::index::<employment::Entity>(employment::Column::EndedOn);
    writing.turn(Kind::Employment, Action::Update);
    let found = writing.look(standing.employment, &[ended_on]).await?;
    match found.is_some_and(|found| found.is_allowed()) {
        true => Ok(()),
        false => Err(AccessError::Forbidden(
            "the present employment is not yours to end".to_owned(),
        )),
    }
}

fn given<C: sea_orm::ColumnTrait<EntityName = E>, E>(column: C, value: impl Into<Datum>) -> Given
where
    E: Resource<Column = C>,
{
    (kind::index::<E>(column), Some(value.into()))
}

fn places(values: &[Given]) -> Vec<usize> {
    values.iter().map(|(column, _)| *column).collect()
}
