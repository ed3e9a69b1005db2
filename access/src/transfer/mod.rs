//! Transfers: staff whom a division lets go to another, which takes them in; and people who
//! are to be hired by their identity number, be they known elsewhere or not.
//!
//! A request to hire says the same in both cases. Who administers both sides is told of the
//! clash, and it is decided by who has rights on both.

mod acceptance;
mod request;
mod standing;

use chrono::NaiveDate;
use entity::{
    facility, staff_member,
    term::{KeyPost, Tenure, Title, TransferStatus},
    transfer,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use self::standing::{Standing, hold_asked};
use crate::{
    assignment::Given,
    audit::Origin,
    caller::Caller,
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
        let seen = writing.look(staff, &[]).await?;
        seen.ok_or_else(|| AccessError::Missing("staffMember".to_owned()))?;
        let is_it = Expr::col((staff_member::Entity, staff_member::Column::Id)).eq(staff);
        let standing = Standing::read(writing, is_it).await?;
        let standing = standing.ok_or_else(|| AccessError::internal("staff without a post"))?;
        standing.check_leaves(writing).await?;
        if !standing.active {
            return Err(AccessError::Conflict(
                "the person, the record or the employment is out of use".to_owned(),
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
        let columns = places(&values);
        let made = writing.attest(key, &columns, &self.origin).await?;
        if made.division != standing.division {
            // The auditors of who lets somebody go are told as well.
            let left = made.in_division(standing.division);
            writing
                .note(key, &columns, &left, (None, &self.origin))
                .await?;
        }
        Ok(key)
    }

    /// Declines a request, or takes one back, for this reason.
    ///
    /// # Errors
    /// As [`Change::update`].
    pub async fn decline(&self, key: i64, version: i32, reason: &str) -> Result<(), AccessError> {
        let mut writing = Writing::begin(&self.caller, Kind::Transfer, Action::Update).await?;
        let declined = self.declined(&mut writing, key, (version, reason)).await;
        writing.end(declined).await
    }

    async fn declined(
        &self,
        writing: &mut Writing<'_>,
        key: i64,
        (version, reason): (i32, &str),
    ) -> Result<(), AccessError> {
        use transfer::Column;

        let decided = [
            given(Column::Status, Datum::of_term(TransferStatus::Declined)),
            given(Column::Active, false),
        ];
        let columns = places(&decided);
        let found = writing.lock(key, &columns).await?;
        writing.check_allowed(&found, &columns)?;
        found.check_current(version)?;
        writing.update(key, &decided).await?;
        let note = (Some(reason), &self.origin);
        writing.note(key, &columns, &found, note).await?;
        let left = left(writing, key).await?;
        if let Some(left) = left.filter(|left| *left != found.division) {
            let left = found.in_division(left);
            writing.note(key, &columns, &left, note).await?;
        }
        Ok(())
    }
}

/// The division that lets somebody go by a request.
async fn left(writing: &mut Writing<'_>, key: i64) -> Result<Option<i64>, AccessError> {
    let from = Query::select()
        .column(transfer::Column::FromId)
        .from(transfer::Entity)
        .and_where(Expr::col(transfer::Column::Id).eq(key))
        .take();
    let left = Query::select()
        .column(facility::Column::AdministeredBy)
        .from(facility::Entity)
        .and_where(Expr::col(facility::Column::Id).in_subquery(from))
        .take();
    let rows = writing.run(&left).await?;
    let row = rows.first();
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
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
