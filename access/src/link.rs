//! Which records a record refers to, and what it repeats of them.

use crate::kind::Kind;

/// A column that refers to a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) column: &'static str,
    pub(crate) kind: Kind,
    /// Columns that are as the other's: own name, its name there.
    pub(crate) copies: &'static [(&'static str, &'static str)],
    /// The same for columns that stay as they were when the record was made.
    pub(crate) fixed: &'static [(&'static str, &'static str)],
    /// The same where nothing else says what they are.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
}

impl Link {
    const fn to(kind: Kind, column: &'static str) -> Link {
        Link {
            column,
            kind,
            copies: &[],
            fixed: &[],
            defaults: &[],
        }
    }

    const fn copying(self, copies: &'static [(&'static str, &'static str)]) -> Link {
        Link { copies, ..self }
    }

    const fn fixing(self, fixed: &'static [(&'static str, &'static str)]) -> Link {
        Link { fixed, ..self }
    }

    const fn defaulting(self, defaults: &'static [(&'static str, &'static str)]) -> Link {
        Link { defaults, ..self }
    }
}

/// The link of a column, if it is one.
pub(crate) fn link_of(kind: Kind, column: usize) -> Option<&'static Link> {
    let name = kind.table().columns[column].name;
    links(kind).iter().find(|link| link.column == name)
}

/// The links of the kinds that callers write.
pub(crate) const fn links(kind: Kind) -> &'static [Link] {
    match kind {
        Kind::Facility => FACILITY,
        Kind::StaffMember => STAFF_MEMBER,
        Kind::Employment => EMPLOYMENT,
        Kind::Program => PROGRAM,
        Kind::Stage => STAGE,
        Kind::Enrollment => ENROLLMENT,
        Kind::PartnershipProject => PARTNERSHIP_PROJECT,
        Kind::PartnershipActivity => PARTNERSHIP_ACTIVITY,
        Kind::Division
        | Kind::Organization
        | Kind::Person
        | Kind::PartnershipParty
        | Kind::PartnershipModule
        | Kind::PartnershipSite
        | Kind::User
        | Kind::RoleBinding
        | Kind::PolicyRule => &[],
    }
}

const FACILITY: &[Link] = &[
    Link::to(Kind::Division, "located_in"),
    Link::to(Kind::Division, "administered_by"),
    Link::to(Kind::Organization, "organization_id"),
    Link::to(Kind::Facility, "branch_of"),
    Link::to(Kind::Facility, "integrated_under"),
];

const STAFF_MEMBER: &[Link] = &[
    Link::to(Kind::Person, "person_id").copying(&[("name", "name")]),
    Link::to(Kind::Employment, "main_employment_id").copying(&[
        ("facility_id", "facility_id"),
        ("key_post", "key_post"),
        ("administered_by", "administered_by"),
        ("located_in", "located_in"),
    ]),
];

const EMPLOYMENT: &[Link] = &[
    Link::to(Kind::Person, "person_id").copying(&[("person_name", "name")]),
    Link::to(Kind::Facility, "facility_id").copying(&[
        ("administered_by", "administered_by"),
        ("located_in", "located_in"),
    ]),
    Link::to(Kind::Facility, "employer_id"),
];

const PROGRAM: &[Link] = &[
    Link::to(Kind::Program, "parent_id"),
    Link::to(Kind::Organization, "host_id"),
    Link::to(Kind::Division, "division_id"),
    Link::to(Kind::PartnershipProject, "supported_by"),
];

const STAGE: &[Link] =
    &[Link::to(Kind::Program, "program_id").copying(&[("division_id", "division_id")])];

const ENROLLMENT: &[Link] = &[
    Link::to(Kind::Person, "person_id").copying(&[("participant_name", "name")]),
    Link::to(Kind::Stage, "stage_id"),
    Link::to(Kind::Division, "division_id"),
    Link::to(Kind::Facility, "facility_id").fixing(&[("division_id", "administered_by")]),
    Link::to(Kind::Program, "program_id").defaulting(&[("division_id", "division_id")]),
];

const PARTNERSHIP_PROJECT: &[Link] = &[Link::to(Kind::PartnershipProject, "parent_id")];

const PARTNERSHIP_ACTIVITY: &[Link] = &[
    Link::to(Kind::PartnershipProject, "project_id"),
    Link::to(Kind::PartnershipModule, "module_id"),
];
