//! Whose people are, and the requests that they come to work elsewhere: what no column says.

use entity::{clash, enrollment, facility, person, staff_member, transfer};
use sea_orm::sea_query::{DynIden, Expr, ExprTrait, Query, SelectStatement};

use crate::arm::Interval;

/// A member of staff belongs where the record does.
pub(super) fn person_within(person: &DynIden, interval: &Interval) -> Expr {
    let administered_by = Expr::col(staff_member::Column::AdministeredBy);
    Expr::exists(
        staff_of(person)
            .and_where(administered_by.between(interval.first, interval.last))
            .take(),
    )
}

/// A person without a staff record (a student) belongs where an enrollment was fixed.
pub(super) fn person_enrolled(person: &DynIden, interval: &Interval) -> Expr {
    let division = Expr::col(enrollment::Column::DivisionId);
    let enrolled = Query::select()
        .expr(Expr::cust("1"))
        .from(enrollment::Entity)
        .and_where(
            Expr::col(enrollment::Column::PersonId).equals((person.clone(), person::Column::Id)),
        )
        .and_where(division.between(interval.first, interval.last))
        .take();
    let student = Expr::exists(staff_of(person)).not();
    student.and(Expr::exists(enrolled))
}

pub(super) fn person_at(person: &DynIden, facilities: SelectStatement) -> Expr {
    Expr::exists(
        staff_of(person)
            .and_where(Expr::col(staff_member::Column::FacilityId).in_subquery(facilities))
            .take(),
    )
}

pub(super) fn transferred_within(transfer: &DynIden, interval: &Interval) -> Expr {
    let column = |column: transfer::Column| Expr::col((transfer.clone(), column));
    let within = |column: Expr| column.between(interval.first, interval.last);
    let left = Query::select()
        .column(facility::Column::Id)
        .from(facility::Entity)
        .and_where(within(Expr::col(facility::Column::AdministeredBy)))
        .take();
    let comes = within(column(transfer::Column::DivisionId));
    comes.or(column(transfer::Column::FromId).in_subquery(left))
}

pub(super) fn transferred_at(transfer: &DynIden, facilities: SelectStatement) -> Expr {
    let column = |column: transfer::Column| Expr::col((transfer.clone(), column));
    let comes = column(transfer::Column::FacilityId).in_subquery(facilities.clone());
    comes.or(column(transfer::Column::FromId).in_subquery(facilities))
}

pub(super) fn clashes_within(clash: &DynIden, interval: &Interval) -> Expr {
    let column = |column: clash::Column| Expr::col((clash.clone(), column));
    let within = |column: Expr| column.between(interval.first, interval.last);
    let asked = Query::select()
        .column(transfer::Column::Id)
        .from(transfer::Entity)
        .and_where(within(Expr::col(transfer::Column::DivisionId)))
        .take();
    let kept = Query::select()
        .column(staff_member::Column::PersonId)
        .from(staff_member::Entity)
        .and_where(within(Expr::col(staff_member::Column::AdministeredBy)))
        .take();
    let of_person = column(clash::Column::PersonId).in_subquery(kept);
    of_person.and(column(clash::Column::TransferId).in_subquery(asked))
}

fn staff_of(person: &DynIden) -> SelectStatement {
    Query::select()
        .expr(Expr::cust("1"))
        .from(staff_member::Entity)
        .and_where(
            Expr::col(staff_member::Column::PersonId).equals((person.clone(), person::Column::Id)),
        )
        .take()
}
