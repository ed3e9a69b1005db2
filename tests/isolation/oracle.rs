//! Who sees what, row by row, as the design tells it: the expectation that the
//! answers are held against. Nothing here knows the policy or how it becomes SQL.
//!
//! Two keys decide on a facility and on what belongs to it: the division that
//! administers it holds the record, the one where it stands knows its public
//! columns. Rights of several seats add up.

use crate::{
    seat::Seat,
    table::Kind,
    world::{Row, WORLD},
};

/// What somebody may know of a row.
#[derive(Clone, Copy)]
pub(crate) enum Sight {
    Nothing,
    /// The row, and of its columns these.
    Only(&'static [&'static str]),
    /// The row, of its columns these, and those behind them masked.
    Masked(&'static [&'static str], &'static [&'static str]),
    /// The row and every column, but these masked.
    But(&'static [&'static str]),
    Everything,
}

use Sight::{But, Everything, Masked, Nothing, Only};

/// What a facility shows to whom it doesn't belong to.
const PUBLIC: &[&str] = &[
    "name",
    "facilityType",
    "level",
    "class",
    "sponsorBody",
    "locatedIn",
    "administeredBy",
    "openedOn",
    "closedOn",
    "active",
];

/// What a program and its stages show to the divisions under its own.
const PROGRAM_OUTLINE: &[&str] = &[
    "parent", "code", "name", "kind", "tier", "host", "division", "startsOn", "endsOn", "active",
];
const STAGE_OUTLINE: &[&str] = &["program", "division", "ordinal", "name", "active"];

/// A participant as a host knows one: name, facility and stage, which it changes.
const PARTICIPANT: &[&str] = &[
    "program",
    "stage",
    "participantName",
    "facility",
    "version",
    "active",
];

/// A site as a sponsor knows one: name, county and type.
const SITE_FACILITY: &[&str] = &["name", "facilityType", "locatedIn"];
const SITE: &[&str] = &["project", "facility", "locatedIn"];

/// Who somebody is, beyond the name.
const IDENTITY: &[&str] = &["identityNumber", "phone", "birthDate"];
const PERSONAL: &[&str] = &["name", "identityNumber", "phone", "birthDate"];

/// People's records without what tells whose they are.
const NAMELESS_PERSON: &[&str] = &["sex", "version", "active"];
const NAMELESS_STAFF: &[&str] = &[
    "person",
    "facility",
    "mainEmployment",
    "administeredBy",
    "locatedIn",
    "professionCategory",
    "education",
    "title",
    "keyPost",
    "version",
    "active",
];
const NAMELESS_EMPLOYMENT: &[&str] = &[
    "person",
    "facility",
    "employer",
    "administeredBy",
    "locatedIn",
    "main",
    "tenure",
    "deployment",
    "keyPost",
    "titleEngaged",
    "startedOn",
    "endedOn",
    "version",
    "active",
];
const NAMELESS_TRANSFER: &[&str] = &[
    "division",
    "facility",
    "person",
    "from",
    "releasedBy",
    "startsOn",
    "status",
    "tenure",
    "keyPost",
    "titleEngaged",
    "sex",
    "professionCategory",
    "education",
    "title",
    "version",
    "active",
];
const NAMELESS_ENROLLMENT: &[&str] = &[
    "program",
    "stage",
    "person",
    "facility",
    "division",
    "status",
    "enteredOn",
    "endedOn",
    "score",
    "version",
    "active",
];

/// What the holder of any seat sees of a row, whatever the role: the reference
/// data and the own account. Who holds no seat sees nothing.
pub(crate) fn of_anyone(user: i64, row: Row) -> Sight {
    match row.kind {
        Kind::Division | Kind::Organization => Everything,
        Kind::User if row.key() == user => Everything,
        Kind::RoleBinding if WORLD.data.bindings[row.place].user_id == user => Everything,
        _ => Nothing,
    }
}

/// What a seat shows of a row beyond that.
pub(crate) fn of_seat(seat: &Seat, row: Row) -> Sight {
    let reaches = match seat.role.as_str() {
        "administrator" | "steward" | "analyst" => return of_division(seat, row),
        // The facility, those that it manages one level down, and their staff; the
        // programs of the divisions above.
        "manager" => seat.runs(row) || seat.lies_under(row),
        "host" => {
            seat.hosts(row) || row.kind == Kind::Facility && seat.facilities.contains(&row.key())
        }
        "auditor" => match row.kind {
            Kind::AuditEvent | Kind::RoleBinding => seat.nation || seat.administers(row),
            Kind::User => {
                let mut events = WORLD.events.iter();
                let acted = events.any(|event| {
                    event.user_id == row.key() && seat.divisions.contains(&event.division_id)
                });
                acted || seat.nation || seat.administers(row)
            }
            _ => false,
        },
        "sponsor" => {
            seat.takes_part(row) && !seat.is_rivals(row)
                || row.kind == Kind::Facility && seat.facilities.contains(&row.key())
        }
        _ => false,
    };
    if reaches {
        most(seat, row.kind)
    } else {
        Nothing
    }
}

fn of_division(seat: &Seat, row: Row) -> Sight {
    let administrator = seat.role == "administrator";
    let steward = seat.role == "steward";
    let reaches = match row.kind {
        Kind::Facility if !seat.administers(row) => {
            let located_in = WORLD.data.facilities[row.place].located_in;
            return if seat.divisions.contains(&located_in) {
                Only(PUBLIC)
            } else {
                Nothing
            };
        }
        Kind::Program if (steward || !seat.administers(row)) && seat.lies_under(row) => {
            return Only(PROGRAM_OUTLINE);
        }
        Kind::Stage if (steward || !seat.administers(row)) && seat.lies_under(row) => {
            return Only(STAGE_OUTLINE);
        }
        // A steward keeps facilities and their staff, and nothing else.
        Kind::Program
        | Kind::Stage
        | Kind::Enrollment
        | Kind::PartnershipProject
        | Kind::PartnershipParty
        | Kind::PartnershipModule
        | Kind::PartnershipSite
        | Kind::PartnershipActivity
            if steward =>
        {
            false
        }
        // The nation sees every project, a division those with a site of its own.
        Kind::PartnershipProject
        | Kind::PartnershipParty
        | Kind::PartnershipModule
        | Kind::PartnershipActivity => seat.nation || seat.takes_part(row),
        // The policy is the national administrator's; of the accounts another sees those
        // that hold a role in the subtree.
        Kind::PolicyRule => administrator && seat.nation,
        Kind::User | Kind::RoleBinding => administrator && (seat.nation || seat.administers(row)),
        Kind::Division | Kind::Organization | Kind::AuditEvent => false,
        // A steward keeps staff, the others those who are to become staff too.
        Kind::Person if !steward => seat.nation || seat.administers(row) || seat.teaches(row),
        Kind::Facility
        | Kind::Person
        | Kind::StaffMember
        | Kind::Employment
        | Kind::Transfer
        | Kind::Clash
        | Kind::Program
        | Kind::Stage
        | Kind::Enrollment
        | Kind::PartnershipSite => seat.administers(row),
    };
    if reaches {
        most(seat, row.kind)
    } else {
        Nothing
    }
}

/// Whether a row that the holder of a seat sees is listed for it: of those who acted the
/// auditor alone sees more, who opens them from the events.
pub(crate) fn is_listed(seat: &Seat, row: Row) -> bool {
    match (row.kind, seat.role.as_str()) {
        (Kind::User, "auditor") => seat.nation || seat.administers(row),
        (Kind::User, _) => !matches!(of_seat(seat, row), Nothing),
        _ => true,
    }
}

/// Whether a seat is told what was published of a type, whatever it shows of its rows.
pub(crate) fn is_told_counts(seat: &Seat, kind: Kind) -> bool {
    use Kind::{Enrollment, Facility, StaffMember};

    match (seat.role.as_str(), kind) {
        ("statistician", Facility | StaffMember | Enrollment) => !seat.divisions.is_empty(),
        ("sponsor", Enrollment) => !seat.projects.is_empty(),
        _ => false,
    }
}

/// The most that a seat shows of any row of a type. A column that is not in it is
/// refused wherever it is asked for, in a filter and an order too.
pub(crate) fn most(seat: &Seat, kind: Kind) -> Sight {
    use Kind::*;

    match (seat.role.as_str(), kind) {
        ("analyst", Person) => Masked(NAMELESS_PERSON, PERSONAL),
        ("analyst", StaffMember) => Masked(NAMELESS_STAFF, &["name"]),
        ("analyst", Employment) => Masked(NAMELESS_EMPLOYMENT, &["personName"]),
        ("analyst", Transfer) => Masked(NAMELESS_TRANSFER, &["name", "identityNumber"]),
        ("analyst", Enrollment) => Masked(NAMELESS_ENROLLMENT, &["participantName"]),
        // In clear to steward and employer alone.
        ("administrator", Person) => But(IDENTITY),
        ("administrator", Transfer) => But(&["identityNumber"]),
        ("administrator", PolicyRule) if seat.nation => Everything,
        ("administrator" | "host", User | RoleBinding) => Everything,
        ("administrator" | "steward", Clash) => Everything,
        ("steward" | "manager", Program) => Only(PROGRAM_OUTLINE),
        ("steward" | "manager", Stage) => Only(STAGE_OUTLINE),
        ("steward" | "manager", Facility | Person | StaffMember | Employment | Transfer) => {
            Everything
        }
        (
            "administrator" | "analyst",
            Facility | StaffMember | Employment | Program | Stage | Enrollment | PartnershipProject
            | PartnershipParty | PartnershipModule | PartnershipSite | PartnershipActivity,
        ) => Everything,

        ("host", Program | Stage) => Everything,
        ("host", Enrollment) => Only(PARTICIPANT),
        ("host", Facility) => Only(PUBLIC),

        (
            "sponsor",
            PartnershipProject | PartnershipParty | PartnershipModule | PartnershipActivity,
        ) => Everything,
        ("sponsor", PartnershipSite) => Only(SITE),
        ("sponsor", Facility) => Only(SITE_FACILITY),

        // Who acted, besides what was done, and who holds which role.
        ("auditor", AuditEvent | User | RoleBinding) if !seat.divisions.is_empty() => Everything,

        // Statisticians count and auditors audit: neither opens another record.
        _ => Nothing,
    }
}

/// The column by which lists of a type stand in their official order, before the key.
pub(crate) fn official_order(kind: Kind) -> Option<&'static str> {
    if matches!(kind, Kind::Organization | Kind::RoleBinding) {
        return None;
    }
    let has = |field: &&str| {
        let mut columns = kind.table().columns.iter();
        columns.any(|column| column.field == *field)
    };
    ["administeredBy", "division"].into_iter().find(has)
}
