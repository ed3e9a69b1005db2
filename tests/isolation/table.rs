//! What the fields of each type hold in the data: the schema's names on one side,
//! the rows of the demonstration on the other.

use std::sync::LazyLock;

use async_graphql::InputType;
use entity::sealed::Sealed;
use serde_json::Value as Json;

use crate::{trail, world::World};

/// A type's columns and the lists that hang on it.
pub(crate) struct Table {
    /// Its columns, whether they hold a value or refer to a row.
    pub(crate) columns: Vec<Column>,
    /// Its lists of rows that refer to it.
    pub(crate) manys: Vec<Many>,
    pub(crate) rows: fn(&World) -> usize,
    pub(crate) key: fn(&World, usize) -> i64,
}

/// A column, under the name of its field.
pub(crate) struct Column {
    pub(crate) field: String,
    pub(crate) holds: Holds,
}

/// What a column holds on the row at a place.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    Value(fn(&World, usize) -> Json),
    Reference(Kind, fn(&World, usize) -> Option<i64>),
}

/// A field with the rows of another type that refer to a row by their `link`.
pub(crate) struct Many {
    pub(crate) field: String,
    pub(crate) listed: Kind,
    pub(crate) link: &'static str,
}

macro_rules! rows {
    ($world:ident policy) => {
        $world.policy
    };
    ($world:ident events) => {
        $world.events
    };
    ($world:ident $rows:ident) => {
        $world.data.$rows
    };
}

macro_rules! tables {
    ($($kind:ident in $rows:ident {
        values { $($value:ident),* }
        $(sealed { $($sealed:ident),* })?
        $(told { $($told:ident),* })?
        ones { $($one:ident: $target:ident = $reference:ident),* }
        manys { $($many:ident: $listed:ident by $link:ident),* }
    })+) => {
        /// A type of records, by its name in the schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Kind { $($kind),+ }

        impl Kind {
            pub(crate) const ALL: &[Kind] = &[$(Kind::$kind),+];

            pub(crate) fn name(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($kind)),+ }
            }
        }

        static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| vec![$(Table {
            columns: vec![
                $(Column {
                    field: camel(stringify!($value)),
                    holds: Holds::Value(|world, place| shown(&rows!(world $rows)[place].$value)),
                },)*
                $($(Column {
                    field: camel(stringify!($sealed)),
                    holds: Holds::Value(|world, place| text(&rows!(world $rows)[place].$sealed)),
                },)*)?
                $($(Column {
                    field: camel(stringify!($told)),
                    holds: Holds::Value(|world, place| trail::$told(&rows!(world $rows)[place])),
                },)*)?
                $(Column {
                    field: camel(stringify!($one)),
                    holds: Holds::Reference(Kind::$target, |world, place| {
                        rows!(world $rows)[place].$reference.into()
                    }),
                },)*
            ],
            manys: vec![$(Many {
                field: camel(stringify!($many)),
                listed: Kind::$listed,
                link: stringify!($link),
            }),*],
            rows: |world| rows!(world $rows).len(),
            key: |world, place| rows!(world $rows)[place].id,
        }),+]);
    };
}

tables! {
    Division in divisions {
        values { code, name, level, kind, village_count }
        ones { parent: Division = parent_id }
        manys {
            children: Division by parent,
            facilities_located: Facility by located_in,
            facilities_administered: Facility by administered_by,
            programs: Program by division
        }
    }
    Organization in organizations {
        values { name, kind, credit_code }
        ones { division: Division = division_id }
        manys { programs: Program by host, partnerships: PartnershipParty by organization }
    }
    Facility in facilities {
        values {
            name, facility_type, level, class, sponsor_body, beds_approved, beds_actual, opened_on,
            closed_on, version, active
        }
        ones {
            located_in: Division = located_in,
            administered_by: Division = administered_by,
            organization: Organization = organization_id,
            branch_of: Facility = branch_of,
            integrated_under: Facility = integrated_under
        }
        manys {
            staff: StaffMember by facility,
            employments: Employment by facility,
            branches: Facility by branch_of,
            integrated_clinics: Facility by integrated_under,
            enrollments: Enrollment by facility,
            partnership_sites: PartnershipSite by facility
        }
    }
    Person in people {
        values { name, sex, identity_kind, version, active }
        sealed { identity_number, phone, birth_date }
        ones {}
        manys {
            staff_records: StaffMember by person,
            employments: Employment by person,
            enrollments: Enrollment by person
        }
    }
    StaffMember in staff {
        values { name, profession_category, education, title, key_post, version, active }
        ones {
            person: Person = person_id,
            facility: Facility = facility_id,
            main_employment: Employment = main_employment_id,
            administered_by: Division = administered_by,
            located_in: Division = located_in
        }
        manys {}
    }
    Employment in employments {
        values {
            person_name, main, started_on, ended_on, tenure, deployment, key_post, title_engaged, version, active
        }
        ones {
            person: Person = person_id,
            facility: Facility = facility_id,
            employer: Facility = employer_id,
            administered_by: Division = administered_by,
            located_in: Division = located_in
        }
        manys {}
    }
    Program in programs {
        values { code, name, starts_on, ends_on, target, kind, tier, version, active }
        ones {
            parent: Program = parent_id,
            host: Organization = host_id,
            division: Division = division_id,
            supported_by: PartnershipProject = supported_by
        }
        manys {
            children: Program by parent,
            stages: Stage by program,
            enrollments: Enrollment by program
        }
    }
    Stage in stages {
        values { ordinal, name, version, active }
        ones { program: Program = program_id, division: Division = division_id }
        manys { enrollments: Enrollment by stage }
    }
    Enrollment in enrollments {
        values { participant_name, entered_on, ended_on, score, status, version, active }
        ones {
            program: Program = program_id,
            stage: Stage = stage_id,
            person: Person = person_id,
            facility: Facility = facility_id,
            division: Division = division_id
        }
        manys {}
    }
    PartnershipProject in projects {
        values { name, signed_on, signed_at, agreement_ends_on, tier, agreement_kind, version, active }
        ones { parent: PartnershipProject = parent_id }
        manys {
            children: PartnershipProject by parent,
            parties: PartnershipParty by project,
            modules: PartnershipModule by project,
            sites: PartnershipSite by project,
            activities: PartnershipActivity by project,
            supported_programs: Program by supported_by
        }
    }
    PartnershipParty in parties {
        values { role }
        ones { project: PartnershipProject = project_id, organization: Organization = organization_id }
        manys {}
    }
    PartnershipModule in modules {
        values { ordinal, name }
        ones { project: PartnershipProject = project_id }
        manys { activities: PartnershipActivity by module }
    }
    PartnershipSite in sites {
        values { joined_on }
        ones {
            project: PartnershipProject = project_id,
            facility: Facility = facility_id,
            administered_by: Division = administered_by,
            located_in: Division = located_in
        }
        manys {}
    }
    PartnershipActivity in activities {
        values { name, held_on, place, kind, version, active }
        ones { project: PartnershipProject = project_id, module: PartnershipModule = module_id }
        manys {}
    }
    User in users {
        values { issuer, subject, name, active }
        ones { organization: Organization = organization_id }
        manys { bindings: RoleBinding by user }
    }
    RoleBinding in bindings {
        values { role, valid_from, valid_until }
        ones {
            user: User = user_id,
            division: Division = division_id,
            facility: Facility = facility_id,
            program: Program = program_id,
            partnership: PartnershipProject = partnership_id
        }
        manys {}
    }
    PolicyRule in policy {
        values { ptype, v0, v1, v2, v3, v4, v5 }
        ones {}
        manys {}
    }
    AuditEvent in events {
        values { at, action, purpose, request_id, address }
        told { kind, records, columns, bindings }
        ones { user: User = user_id, division: Division = division_id }
        manys {}
    }
}

/// A field with an object that is no record, but columns of this one.
struct Part {
    kind: Kind,
    field: &'static str,
    /// The object's fields, each with the column behind it.
    columns: &'static [(&'static str, &'static str)],
}

const PARTS: &[Part] = &[Part {
    kind: Kind::Enrollment,
    field: "participant",
    columns: &[
        ("name", "participantName"),
        ("facility", "facility"),
        ("stage", "stage"),
    ],
}];

impl Kind {
    pub(crate) fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    pub(crate) fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }

    /// The place of the column with this field's name among the type's columns.
    pub(crate) fn column(self, field: &str) -> usize {
        let mut columns = self.table().columns.iter();
        let place = columns.position(|column| column.field == field);
        place.unwrap_or_else(|| panic!("{} has no column {field}", self.name()))
    }

    /// The type of the rows that a column refers to.
    pub(crate) fn target(self, column: usize) -> Option<Kind> {
        match self.table().columns[column].holds {
            Holds::Value(_) => None,
            Holds::Reference(target, _) => Some(target),
        }
    }

    /// Its columns that stand in an object of their own.
    pub(crate) fn part(self, field: &str) -> &'static [(&'static str, &'static str)] {
        let part = PARTS
            .iter()
            .find(|part| part.kind == self && part.field == field);
        part.unwrap_or_else(|| panic!("{} has no part {field}", self.name()))
            .columns
    }

    pub(crate) fn many(self, field: &str) -> &'static Many {
        let mut manys = self.table().manys.iter();
        let many = manys.find(|many| many.field == field);
        many.unwrap_or_else(|| panic!("{} has no list {field}", self.name()))
    }
}

impl Many {
    /// The column of the listed rows that refers to the row that they hang on.
    pub(crate) fn link(&self) -> usize {
        self.listed.column(&camel(self.link))
    }
}

/// A value as a response shows it.
fn shown(value: &impl InputType) -> Json {
    value.to_value().into_json().unwrap()
}

/// A value that the database holds sealed.
fn text(value: &Option<Sealed>) -> Json {
    let text = |value: &Sealed| String::from_utf8(value.0.clone()).unwrap();
    value.as_ref().map(text).into()
}

/// A column's value as those see it who see it masked.
pub(crate) fn masked(field: &str, value: &Json) -> Json {
    let Json::String(value) = value else {
        return Json::Null;
    };
    let letters: Vec<char> = value.chars().collect();
    let some = |letters: &[char]| letters.iter().collect::<String>();
    match (field, letters.as_slice()) {
        ("name" | "personName" | "participantName", [surname, ..]) => format!("{surname}**"),
        ("identityNumber", [first, .., last]) => format!("{first}****************{last}"),
        ("phone", all) => format!("{}****{}", some(&all[..3]), some(&all[7..])),
        ("birthDate", all) => format!("{}-**-**", some(&all[..4])),
        _ => panic!("{field} has no mask"),
    }
    .into()
}

/// `located_in` → `locatedIn`.
pub(crate) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        format!("{camel}{}{}", word[..1].to_uppercase(), &word[1..])
    })
}
