//! The row rule of every kind of record: which rows an arm covers, as SQL.
//!
//! Most kinds have columns that say whose a record is ([`Facts::TIES`], without which a kind
//! does not compile); what can't be said by a column is a rule of the kind's own. An arm that
//! neither knows covers nothing, and a policy line that would rely on it is refused when the
//! policy is loaded.
//!
//! [`Facts::TIES`]: entity::facts::Facts::TIES

mod people;

use entity::{
    app_user, audit_event, division, enrollment, facility, facts::Tie, organization,
    partnership_party, partnership_site, program, role_binding, term::OrganizationKind,
};
use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, Query, SelectStatement, UnionType};

use crate::{
    arm::{Arm, Interval},
    hierarchy::{ancestors, ancestors_of_facility, managed_by, programs_under, projects_under},
    kind::Kind,
};
use people::{
    clashes_within, person_at, person_enrolled, person_within, transferred_at, transferred_within,
};

/// Whether lines with this arm's scope kind mean anything for `kind`.
pub(crate) fn supports(kind: Kind, sample: &Arm) -> bool {
    !matches!(term(kind, &"sample".into_iden(), sample), Term::Nothing)
}

/// The rows of a kind that an arm covers.
pub(crate) enum Term {
    Everything,
    Nothing,
    /// The column's value is one of these keys.
    Among(DynIden, Box<SelectStatement>),
    Where(Expr),
}

/// The rows of `kind` that `arm` covers, in a statement that knows the table as `table`.
pub(crate) fn term(kind: Kind, table: &DynIden, arm: &Arm) -> Term {
    use Arm::*;

    if *arm == Everything {
        return Term::Everything;
    }
    let of_nation = *arm == Subtree(Interval::NATION);
    let within = |column: DynIden, interval: &Interval| within(table, column, interval);
    let among = |column: DynIden, keys: SelectStatement| Term::Among(column, Box::new(keys));

    match kind {
        Kind::Division => match arm {
            Subtree(interval) | Located(interval) => {
                within(division::Column::Id.into_iden(), interval)
            }
            Above(key) => among(division::Column::Id.into_iden(), ancestors(*key)),
            AboveFacility(key) => among(
                division::Column::Id.into_iden(),
                ancestors_of_facility(*key),
            ),
            _ => Term::Nothing,
        },
        Kind::Organization => match arm {
            Subtree(_) if of_nation => Term::Everything,
            Subtree(interval) => within(organization::Column::DivisionId.into_iden(), interval),
            _ => Term::Nothing,
        },
        Kind::Facility => {
            let id = || facility::Column::Id.into_iden();
            match arm {
                Facility(key) => among(id(), only(*key)),
                Managed(key) => among(id(), managed_by(*key)),
                Program(key) => among(id(), placements_of(*key)),
                Partnership { project, .. } => among(id(), site_facilities_of(*project)),
                _ => tied(kind, table, arm),
            }
        }
        Kind::Person => match arm {
            Subtree(_) if of_nation => Term::Everything,
            Subtree(interval) => Term::Where(person_within(table, interval)),
            Enrolled(interval) => Term::Where(person_enrolled(table, interval)),
            Facility(key) => Term::Where(person_at(table, only(*key))),
            Managed(key) => Term::Where(person_at(table, managed_by(*key))),
            _ => Term::Nothing,
        },
        // Where somebody is to come to, and where the same person is let go.
        Kind::Transfer => match arm {
            Subtree(_) if of_nation => Term::Everything,
            Subtree(interval) => Term::Where(transferred_within(table, interval)),
            Facility(key) => Term::Where(transferred_at(table, only(*key))),
            Managed(key) => Term::Where(transferred_at(table, managed_by(*key))),
            _ => Term::Nothing,
        },
        // Both sides of it lie there: nobody is told of what is known elsewhere.
        Kind::Clash => match arm {
            Subtree(_) if of_nation => Term::Everything,
            Subtree(interval) => Term::Where(clashes_within(table, interval)),
            _ => Term::Nothing,
        },
        Kind::Program => match arm {
            Program(key) => among(program::Column::Id.into_iden(), programs_under(*key)),
            _ => tied(kind, table, arm),
        },
        Kind::PartnershipParty => match arm {
            Partnership { project, user } => Term::Where(party_known_to(table, *project, *user)),
            _ => tied(kind, table, arm),
        },
        Kind::PartnershipSite => match arm {
            Facility(key) => among(partnership_site::Column::FacilityId.into_iden(), only(*key)),
            Partnership { project, .. } => among(
                partnership_site::Column::ProjectId.into_iden(),
                projects_under(*project),
            ),
            _ => tied(kind, table, arm),
        },
        // Whoever holds a role there, or has held one.
        Kind::User => match arm {
            Subtree(_) if of_nation => Term::Everything,
            Subtree(_) | Program(_) => holders(table, arm),
            Own(user) => among(app_user::Column::Id.into_iden(), only(*user)),
            Acted(interval) => Term::Where(user_acted(table, interval)),
            _ => Term::Nothing,
        },
        Kind::RoleBinding => {
            use role_binding::Column;
            match arm {
                Subtree(_) if of_nation => Term::Everything,
                Subtree(interval) => Term::Where(bound_within(table, interval)),
                Facility(key) => among(Column::FacilityId.into_iden(), only(*key)),
                Managed(key) => among(Column::FacilityId.into_iden(), managed_by(*key)),
                Program(key) => among(Column::ProgramId.into_iden(), programs_under(*key)),
                Partnership { project, .. } => {
                    among(Column::PartnershipId.into_iden(), projects_under(*project))
                }
                Own(user) => among(Column::UserId.into_iden(), only(*user)),
                _ => Term::Nothing,
            }
        }
        // The policy is the nation's.
        Kind::PolicyRule => match arm {
            Subtree(_) if of_nation => Term::Everything,
            _ => Term::Nothing,
        },
        _ => tied(kind, table, arm),
    }
}

/// The rows that the arm covers by one of the kind's ties.
fn tied(kind: Kind, table: &DynIden, arm: &Arm) -> Term {
    let among = |column: DynIden, keys: SelectStatement| Term::Among(column, Box::new(keys));
    let covered = kind.table().ties.iter().map(|tie| {
        let column = tie.column().into_iden();
        match (tie, arm) {
            (Tie::Division(_), Arm::Subtree(interval))
            | (Tie::Place(_), Arm::Located(interval)) => within(table, column, interval),
            (Tie::Above(_), Arm::Above(key)) => among(column, ancestors(*key)),
            (Tie::Above(_), Arm::AboveFacility(key)) => among(column, ancestors_of_facility(*key)),
            (Tie::Facility(_), Arm::Facility(key)) => among(column, only(*key)),
            (Tie::Facility(_), Arm::Managed(key)) => among(column, managed_by(*key)),
            (Tie::Program(_), Arm::Program(key)) => among(column, programs_under(*key)),
            (Tie::Project(_), arm) => part_of_project(column, arm),
            _ => Term::Nothing,
        }
    });
    let mut covered = covered.filter(|term| !matches!(term, Term::Nothing));
    covered.next().unwrap_or(Term::Nothing)
}

fn within(table: &DynIden, column: DynIden, interval: &Interval) -> Term {
    if *interval == Interval::NATION {
        return Term::Everything;
    }
    let column = Expr::col((table.clone(), column));
    Term::Where(column.between(interval.first, interval.last))
}

/// A project has no division of its own: the nation sees it, and whoever
/// administers or runs a site.
fn part_of_project(project: DynIden, arm: &Arm) -> Term {
    let projects = match arm {
        Arm::Subtree(interval) if *interval == Interval::NATION => return Term::Everything,
        Arm::Subtree(interval) => projects_with_site(
            Expr::col(partnership_site::Column::AdministeredBy)
                .between(interval.first, interval.last),
        ),
        Arm::Facility(key) => {
            projects_with_site(Expr::col(partnership_site::Column::FacilityId).eq(*key))
        }
        Arm::Partnership { project, .. } => projects_under(*project),
        _ => return Term::Nothing,
    };
    Term::Among(project, Box::new(projects))
}

/// A single key as a subselect, so that it can stand in a union with others.
fn only(key: i64) -> SelectStatement {
    Query::select().expr(Expr::val(key)).take()
}

fn placements_of(program: i64) -> SelectStatement {
    Query::select()
        .column(enrollment::Column::FacilityId)
        .from(enrollment::Entity)
        .and_where(Expr::col(enrollment::Column::ProgramId).in_subquery(programs_under(program)))
        .and_where(Expr::col(enrollment::Column::FacilityId).is_not_null())
        .take()
}

fn site_facilities_of(project: i64) -> SelectStatement {
    Query::select()
        .column(partnership_site::Column::FacilityId)
        .from(partnership_site::Entity)
        .and_where(
            Expr::col(partnership_site::Column::ProjectId).in_subquery(projects_under(project)),
        )
        .take()
}

fn projects_with_site(condition: Expr) -> SelectStatement {
    Query::select()
        .column(partnership_site::Column::ProjectId)
        .from(partnership_site::Entity)
        .and_where(condition)
        .take()
}

/// Of a project's parties a sponsor knows the public ones and itself, and no
/// other company.
fn party_known_to(party: &DynIden, project: i64, user: i64) -> Expr {
    let column = |column: partnership_party::Column| Expr::col((party.clone(), column));
    let mut known = Query::select()
        .column(organization::Column::Id)
        .from(organization::Entity)
        .and_where(Expr::col(organization::Column::Kind).ne(OrganizationKind::Company))
        .take();
    let own = Query::select()
        .column(app_user::Column::OrganizationId)
        .from(app_user::Entity)
        .and_where(Expr::col(app_user::Column::Id).eq(user))
        .take();
    known.union(UnionType::All, own);
    column(partnership_party::Column::ProjectId)
        .in_subquery(projects_under(project))
        .and(column(partnership_party::Column::OrganizationId).in_subquery(known))
}

/// Whoever did something to a record of the subtree that was written down.
fn user_acted(user: &DynIden, interval: &Interval) -> Expr {
    let division = Expr::col(audit_event::Column::DivisionId);
    let acted = Query::select()
        .expr(Expr::cust("1"))
        .from(audit_event::Entity)
        .and_where(
            Expr::col(audit_event::Column::UserId).equals((user.clone(), app_user::Column::Id)),
        )
        .and_where(division.between(interval.first, interval.last))
        .take();
    Expr::exists(acted)
}

/// The accounts that hold a role where the arm covers the binding.
fn holders(user: &DynIden, arm: &Arm) -> Term {
    let binding = role_binding::Entity.into_iden();
    let column = |column: role_binding::Column| Expr::col((binding.clone(), column));
    let covered = match term(Kind::RoleBinding, &binding, arm) {
        Term::Everything => return Term::Everything,
        Term::Nothing => return Term::Nothing,
        Term::Where(condition) => condition,
        Term::Among(key, keys) => Expr::col((binding.clone(), key)).in_subquery(*keys),
    };
    let held = Query::select()
        .expr(Expr::cust("1"))
        .from(role_binding::Entity)
        .and_where(
            column(role_binding::Column::UserId).equals((user.clone(), app_user::Column::Id)),
        )
        .and_where(covered)
        .take();
    Term::Where(Expr::exists(held))
}

/// A role belongs to the division that it is held at, or that its facility or program
/// belongs to.
fn bound_within(binding: &DynIden, interval: &Interval) -> Expr {
    let own = |column: role_binding::Column| (binding.clone(), column);
    let within = |column: Expr| column.between(interval.first, interval.last);
    let facility = Query::select()
        .expr(Expr::cust("1"))
        .from(facility::Entity)
        .and_where(
            Expr::col((facility::Entity, facility::Column::Id))
                .equals(own(role_binding::Column::FacilityId)),
        )
        .and_where(within(Expr::col((
            facility::Entity,
            facility::Column::AdministeredBy,
        ))))
        .take();
    let program = Query::select()
        .expr(Expr::cust("1"))
        .from(program::Entity)
        .and_where(
            Expr::col((program::Entity, program::Column::Id))
                .equals(own(role_binding::Column::ProgramId)),
        )
        .and_where(within(Expr::col((
            program::Entity,
            program::Column::DivisionId,
        ))))
        .take();
    within(Expr::col(own(role_binding::Column::DivisionId)))
        .or(Expr::exists(facility))
        .or(Expr::exists(program))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_somebodys() {
        let anywhere = [
            Arm::Subtree(Interval::NATION),
            Arm::Facility(1),
            Arm::Program(1),
            Arm::Own(1),
        ];
        for kind in Kind::ALL {
            let is_tied = anywhere.iter().any(|arm| supports(*kind, arm));
            assert!(is_tied, "nothing says whose a {} is", kind.name());
        }
    }

    #[test]
    fn one_arm_covers_by_one_tie() {
        for kind in Kind::ALL {
            let mut ties: Vec<_> = kind
                .table()
                .ties
                .iter()
                .map(std::mem::discriminant)
                .collect();
            let count = ties.len();
            ties.dedup();
            assert_eq!(ties.len(), count, "{} is tied twice", kind.name());
        }
    }
}
