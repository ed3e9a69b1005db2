//! Where staff work, held so that nobody else has the same person go.

use chrono::NaiveDate;
use entity::{employment, person, staff_member, transfer};
use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, IntoIden, JoinType, LockType, Query, SelectStatement},
};

use crate::{
    error::AccessError,
    kind::{self, Kind},
    vocabulary::Action,
    writing::Writing,
};

/// Where one of the staff works.
pub(super) struct Standing {
    pub(super) staff: i64,
    pub(super) person: i64,
    pub(super) facility: i64,
    /// Division that administers it.
    pub(super) division: i64,
    /// Whether the person, the professional record and the employment are in use.
    pub(super) active: bool,
    pub(super) employment: i64,
    pub(super) ended_on: Option<NaiveDate>,
    started_on: NaiveDate,
}

impl Standing {
    /// Where the one of the staff works of whom the condition holds. Until the end nobody
    /// else has the same one go.
    pub(super) async fn read(
        writing: &mut Writing<'_>,
        condition: Expr,
    ) -> Result<Option<Standing>, AccessError> {
        let mut held = Vec::new();
        if writing.caller().backend() == DbBackend::Postgres {
            // The person, who is referred to anew; the employment before the record that
            // follows it, as who changes it holds them.
            let of_staff = |column: staff_member::Column| {
                Query::select()
                    .column(column)
                    .from(staff_member::Entity)
                    .and_where(condition.clone())
                    .take()
            };
            hold_person(writing, of_staff(staff_member::Column::PersonId)).await?;
            let present = of_staff(staff_member::Column::MainEmploymentId);
            let mut employments = Query::select()
                .column(employment::Column::Id)
                .from(employment::Entity)
                .take();
            employments
                .and_where(Expr::col(employment::Column::Id).in_subquery(present))
                .lock(LockType::NoKeyUpdate);
            held = writing.run(&employments).await?;
            let mut records = of_staff(staff_member::Column::Id);
            writing.run(records.lock(LockType::NoKeyUpdate)).await?;
        }
        let rows = writing.run(&select(condition)).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let in_use: [bool; 3] = [
            row.try_get_by_index(7)?,
            row.try_get_by_index(8)?,
            row.try_get_by_index(9)?,
        ];
        let standing = Standing {
            staff: row.try_get_by_index(0)?,
            person: row.try_get_by_index(1)?,
            facility: row.try_get_by_index(2)?,
            division: row.try_get_by_index(3)?,
            employment: row.try_get_by_index(4)?,
            started_on: row.try_get_by_index(5)?,
            ended_on: row.try_get_by_index(6)?,
            active: in_use == [true; 3],
        };
        for row in &held {
            if row.try_get_by_index::<i64>(0)? != standing.employment {
                return Err(AccessError::Conflict(
                    "where the person works has just changed: look again".to_owned(),
                ));
            }
        }
        Ok(Some(standing))
    }

    /// The last day on which this changed.
    pub(super) fn since(&self) -> NaiveDate {
        self.ended_on.unwrap_or(self.started_on)
    }

    /// Refuses to let somebody go whose employment is not the caller's to end.
    pub(super) async fn check_leaves(&self, writing: &mut Writing<'_>) -> Result<(), AccessError> {
        let ended_on = kind::index::<employment::Entity>(employment::Column::EndedOn);
        writing.turn(Kind::Employment, Action::Update);
        let found = writing.look(self.employment, &[ended_on]).await?;
        match found.is_some_and(|found| found.is_allowed()) {
            true => Ok(()),
            false => Err(AccessError::Forbidden(
                "the present employment is not yours to end".to_owned(),
            )),
        }
    }
}

/// Holds the person of a request, where it is known whom it is about. Who gives a person
/// another name holds the person before the request that repeats it.
pub(super) async fn hold_asked(writing: &mut Writing<'_>, key: i64) -> Result<(), AccessError> {
    let asked = Query::select()
        .column(transfer::Column::PersonId)
        .from(transfer::Entity)
        .and_where(Expr::col(transfer::Column::Id).eq(key))
        .take();
    match writing.caller().backend() {
        DbBackend::Postgres => hold_person(writing, asked).await,
        _ => Ok(()),
    }
}

async fn hold_person(writing: &mut Writing<'_>, key: SelectStatement) -> Result<(), AccessError> {
    let mut person = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .and_where(Expr::col(person::Column::Id).in_subquery(key))
        .take();
    writing.run(person.lock(LockType::KeyShare)).await.map(drop)
}

/// The columns of a [`Standing`].
fn select(condition: Expr) -> SelectStatement {
    use employment::Column as Of;
    use staff_member::{Column, Entity};

    let own = [
        Column::Id,
        Column::PersonId,
        Column::FacilityId,
        Column::AdministeredBy,
        Column::MainEmploymentId,
    ];
    Query::select()
        .columns(own.map(|column| (Entity, column)))
        .columns([Of::StartedOn, Of::EndedOn].map(|column| (employment::Entity, column)))
        .column((Entity, Column::Active))
        .column((employment::Entity, Of::Active))
        .column((person::Entity, person::Column::Active))
        .from(Entity)
        .join(
            JoinType::InnerJoin,
            employment::Entity,
            Expr::col((employment::Entity, Of::Id))
                .equals((Entity.into_iden(), Column::MainEmploymentId)),
        )
        .join(
            JoinType::InnerJoin,
            person::Entity,
            Expr::col((person::Entity, person::Column::Id))
                .equals((Entity.into_iden(), Column::PersonId)),
        )
        .and_where(condition)
        .take()
}
