//! What the database asks of records, beside that what they refer to is there.

use std::iter;

use access::Kind;

use crate::{
    value::{Record, Value},
    world::World,
};

/// Columns of which no two records hold the same, absent values apart.
const UNIQUE: [(Kind, &[&str]); 10] = [
    (Kind::Division, &["code"]),
    (Kind::Organization, &["credit_code"]),
    (Kind::StaffMember, &["person_id"]),
    (Kind::StaffMember, &["main_employment_id"]),
    (Kind::Program, &["division_id", "code"]),
    (Kind::Stage, &["program_id", "ordinal"]),
    (
        Kind::PartnershipParty,
        &["project_id", "organization_id", "role"],
    ),
    (Kind::PartnershipModule, &["project_id", "ordinal"]),
    (Kind::PartnershipSite, &["project_id", "facility_id"]),
    (Kind::User, &["issuer", "subject"]),
];

/// Days of which the second, if there is one, is not before the first.
const SPANS: [(Kind, &str, &str); 2] = [
    (Kind::Employment, "started_on", "ended_on"),
    (Kind::Enrollment, "entered_on", "ended_on"),
];

/// A reference whose record must refer to the same as this one.
const FITTING: [(Kind, &str, Kind, &str); 3] = [
    (
        Kind::StaffMember,
        "main_employment_id",
        Kind::Employment,
        "person_id",
    ),
    (Kind::Enrollment, "stage_id", Kind::Stage, "program_id"),
    (
        Kind::PartnershipActivity,
        "module_id",
        Kind::PartnershipModule,
        "project_id",
    ),
];

/// Whether the records of a kind may stand beside each other.
pub(crate) fn holds(world: &World, kind: Kind) -> bool {
    let rows = world.rows(kind);
    are_distinct(world, kind)
        && are_in_order(world, kind)
        && fit(world, kind)
        && match kind {
            Kind::Program | Kind::PartnershipProject => {
                rows.iter().all(|row| has_top(world, kind, row))
            }
            // Staff are let go from somewhere.
            Kind::Transfer => rows
                .iter()
                .all(|row| row.get("person_id").is_some() == row.get("from_id").is_some()),
            Kind::RoleBinding => rows.iter().all(|row| targets(row) == 1),
            Kind::Division => rows
                .iter()
                .all(|row| has_top(world, kind, row) && row.key("last") >= Some(row.id)),
            _ => true,
        }
}

/// Whether no two records of a kind hold what one alone may hold.
pub(crate) fn are_distinct(world: &World, kind: Kind) -> bool {
    let rows = world.rows(kind);
    let mut unique = UNIQUE.iter().filter(|(of, _)| *of == kind);
    let current = rows.iter().filter(|row| is_current(row));
    unique.all(|(_, columns)| are_unique(rows.iter(), columns))
        && (kind != Kind::Employment || are_unique(current, &["person_id"]))
}

/// Whether the days of a kind's records come one after the other.
pub(crate) fn are_in_order(world: &World, kind: Kind) -> bool {
    let mut spans = SPANS.iter().filter(|(of, ..)| *of == kind);
    spans.all(|(_, from, to)| {
        let mut rows = world.rows(kind).iter();
        rows.all(|row| row.get(to).is_none() || row.get(from) <= row.get(to))
    })
}

/// Whether the records of a kind belong to the same as those that they refer to, or that
/// refer to them.
pub(crate) fn fit(world: &World, kind: Kind) -> bool {
    let mut fitting = FITTING
        .iter()
        .filter(|(of, _, to, _)| [*of, *to].contains(&kind));
    fitting.all(|(of, link, to, column)| {
        world.rows(*of).iter().all(|row| {
            let referred = row.key(link).and_then(|key| world.row(*to, key));
            referred.is_none_or(|referred| referred.get(column) == row.get(column))
        })
    })
}

fn are_unique<'a>(rows: impl Iterator<Item = &'a Record>, columns: &[&str]) -> bool {
    let values = |row: &'a Record| columns.iter().map(|column| row.get(column)).collect();
    let mut values: Vec<Option<Vec<&Value>>> = rows.map(values).collect();
    values.retain(Option::is_some);
    values.sort_unstable();
    values.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether it is a main employment that lasts, of which a person has one.
pub(crate) fn is_current(employment: &Record) -> bool {
    employment.get("main") == Some(&Value::Boolean(true)) && employment.get("ended_on").is_none()
}

/// Whether the way up from parent to parent has an end.
fn has_top(world: &World, kind: Kind, row: &Record) -> bool {
    let parent = |row: &&Record| world.row(kind, row.key("parent_id")?);
    iter::successors(Some(row), parent)
        .nth(world.rows(kind).len())
        .is_none()
}

fn targets(binding: &Record) -> usize {
    let targets = ["division_id", "facility_id", "program_id", "partnership_id"];
    targets
        .iter()
        .filter(|target| binding.get(target).is_some())
        .count()
}
