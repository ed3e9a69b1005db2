//! What was published of a year's end, for whoever may see counts and, of a partnership
//! project, for its sponsor.

use sea_orm::{
    IdenStatic,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use entity::{release, released_count::Column, term::DivisionLevel};

use crate::{
    arm::{Arm, Decision, Interval},
    error::AccessError,
    expression::{any_of, truth},
    hierarchy::projects_under,
    kind::{self, Kind, Resource},
    rows::Rows,
    statement::Plan,
    statistics::{Cell, Layout, MOST_CELLS, too_many},
    tally::node,
};

/// Which of the published counts are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Those of this year's end.
    pub year: i32,
    /// Of what the partnership project with this key supports; of all if none.
    pub project: Option<i64>,
}

impl<E: Resource> Rows<E> {
    /// The counts that were published, by division and value.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if none of them are the caller's to see,
    /// [`AccessError::InvalidInput`] where there are too many, or none of that year or of
    /// townships, [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn released(
        &self,
        layout: &Layout<E::Column>,
        edition: Edition,
    ) -> Result<Vec<Cell>, AccessError> {
        if layout.level == DivisionLevel::Township {
            return Err(AccessError::InvalidInput(
                "nothing is published of townships: ask for a higher level".to_owned(),
            ));
        }
        let Some(select) = self.released_statement(layout, edition) else {
            self.caller.confirm().await?;
            return Err(AccessError::Forbidden(format!(
                "what was published of {} by {} is not open to you, or you see such records \
                 themselves and could work out what is withheld",
                E::KIND.name(),
                layout.by.as_str()
            )));
        };
        let results = self.caller.select(Plan::Kept, &select).await?;
        if results.len() > MOST_CELLS {
            return Err(too_many());
        }
        if results.is_empty() {
            self.is_published(edition.year).await?;
        }
        let cells = results.iter().map(|result| {
            Ok(Cell {
                division: result.try_get_by_index(0)?,
                value: result.try_get_by_index(1)?,
                count: result.try_get_by_index(2)?,
            })
        });
        cells.collect()
    }

    fn released_statement(
        &self,
        layout: &Layout<E::Column>,
        edition: Edition,
    ) -> Option<SelectStatement> {
        let mut select = Query::select();
        select
            .columns([Column::DivisionId, Column::Term, Column::Count])
            .from(entity::released_count::Entity)
            .and_where(Expr::col(Column::Kind).eq(E::KIND.name()))
            .and_where(Expr::col(Column::Dimension).eq(layout.by.as_str()))
            .and_where(Expr::col(Column::Year).eq(edition.year))
            .and_where(Expr::col(Column::Level).eq(layout.level.digit()))
            .and_where(match edition.project {
                Some(project) => Expr::col(Column::ProjectId).eq(project),
                None => Expr::col(Column::ProjectId).is_null(),
            })
            .and_where(
                Expr::col(Column::DivisionId).between(layout.within.first, layout.within.last),
            );
        for column in [layout.place, layout.by] {
            let decision = self
                .caller
                .scope()
                .counts(E::KIND, kind::index::<E>(column));
            select.and_where(covered(E::KIND, decision, edition.project)?);
        }
        select
            .and_where(self.guard())
            .order_by_columns([
                (Column::DivisionId, sea_orm::Order::Asc),
                (Column::Id, sea_orm::Order::Asc),
            ])
            .limit(MOST_CELLS as u64 + 1);
        Some(select)
    }

    /// Says which years are published if this one is not.
    async fn is_published(&self, year: i32) -> Result<(), AccessError> {
        let releases = Query::select()
            .column(release::Column::Year)
            .from(release::Entity)
            .and_where(self.guard())
            .order_by(release::Column::Year, sea_orm::Order::Asc)
            .take();
        let years = self.caller.select(Plan::Kept, &releases).await?;
        let years = years.iter().map(|row| row.try_get_by_index(0));
        let years: Vec<i32> = years.collect::<Result<_, _>>()?;
        if years.contains(&year) {
            return Ok(());
        }
        let years: Vec<String> = years.iter().map(i32::to_string).collect();
        Err(AccessError::InvalidInput(match years.is_empty() {
            true => "nothing has been published yet".to_owned(),
            false => format!(
                "nothing is published of {year}; published years are {}",
                years.join(", ")
            ),
        }))
    }
}

/// Whether lines of aggregation with this arm's scope kind mean anything for `kind`:
/// counts are of places, and of partnership projects.
pub(crate) fn supports(kind: Kind, sample: &Arm) -> bool {
    matches!(
        (kind, sample),
        (
            Kind::Facility | Kind::StaffMember | Kind::Enrollment,
            Arm::Everything
        ) | (Kind::Facility | Kind::StaffMember, Arm::Located(_))
            | (Kind::Enrollment, Arm::Subtree(_) | Arm::Partnership { .. })
    )
}

/// Whether the records of `kind` that an arm lets through tell, one by one, how many there
/// are of what is counted. Who has any of them is told no published counts of it: what is
/// withheld there could be worked out.
pub(crate) fn is_told_by(counted: Kind, kind: Kind, arm: &Arm) -> bool {
    match (counted, kind) {
        (Kind::StaffMember, Kind::StaffMember | Kind::Employment)
        | (Kind::Enrollment, Kind::Enrollment) => true,
        // Persons come as staff, or as those who are enrolled.
        (Kind::StaffMember, Kind::Person) => !matches!(arm, Arm::Enrolled(_)),
        (Kind::Enrollment, Kind::Person) => matches!(arm, Arm::Enrolled(_) | Arm::Everything),
        _ => false,
    }
}

/// The counts that a decision covers; nothing where it covers none.
fn covered(kind: Kind, decision: &Decision, project: Option<i64>) -> Option<Expr> {
    let arms = |arms: &[Arm], of: fn(&Arm, Option<i64>) -> Option<Expr>| {
        let arms = arms.iter().filter(|arm| supports(kind, arm));
        arms.filter_map(|arm| of(arm, project)).collect::<Vec<_>>()
    };
    let allowed = arms(&decision.allow, allowed);
    if allowed.is_empty() {
        return None;
    }
    let denied = arms(&decision.deny, touched);
    let allowed = any_of(allowed);
    Some(match denied.is_empty() {
        true => allowed,
        false => allowed.and(any_of(denied).not()),
    })
}

/// The counts that lie within an arm. Those of a project are the nation's and the
/// project's own to see.
fn allowed(arm: &Arm, project: Option<i64>) -> Option<Expr> {
    match (arm, project) {
        (Arm::Everything, _) | (Arm::Subtree(Interval::NATION), Some(_)) => Some(truth()),
        (Arm::Subtree(interval) | Arm::Located(interval), None) => Some(within(interval)),
        (Arm::Partnership { project, .. }, Some(_)) => Some(of_project(*project)),
        _ => None,
    }
}

/// The counts of which something lies within an arm.
fn touched(arm: &Arm, project: Option<i64>) -> Option<Expr> {
    match (arm, project) {
        (Arm::Everything, _) => Some(truth()),
        (Arm::Subtree(interval) | Arm::Located(interval), _) => {
            let ends = [interval.first, interval.last].into_iter();
            let above = ends.flat_map(|end| (0..=4).map(move |level| node(end, level)));
            let above = Expr::col(Column::DivisionId).is_in(above);
            Some(within(interval).or(above))
        }
        (Arm::Partnership { project, .. }, Some(_)) => Some(of_project(*project)),
        _ => None,
    }
}

fn within(interval: &Interval) -> Expr {
    Expr::col(Column::DivisionId).between(interval.first, interval.last)
}

fn of_project(project: i64) -> Expr {
    Expr::col(Column::ProjectId).in_subquery(projects_under(project))
}
