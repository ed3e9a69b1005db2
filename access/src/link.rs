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
    /// Whether who has rights on the other has rights on this one by it.
    pub(crate) carries: bool,
}

impl Link {
    const fn to(kind: Kind, column: &'static str) -> Link {
        Link {
            column,
            kind,
            copies: &[],
            fixed: &[],
            defaults: &[],
            carries: false,
        }
    }

    const fn carrying(self) -> Link {
        Link {
            carries: true,
            ..self
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
        Kind::User => USER,
        Kind::RoleBinding => ROLE_BINDING,
        Kind::Division
        | Kind::Organization
        | Kind::Person
        | Kind::PartnershipParty
        | Kind::PartnershipModule
        | Kind::PartnershipSite
        | Kind::PolicyRule
        | Kind::AuditEvent => &[],
    }
}

const FACILITY: &[Link] = &[
    Link::to(Kind::Division, "located_in"),
    Link::to(Kind::Division, "administered_by"),
    Link::to(Kind::Organization, "organization_id"),
    Link::to(Kind::Facility, "branch_of").carrying(),
    Link::to(Kind::Facility, "integrated_under").carrying(),
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
    Link::to(Kind::Program, "parent_id").carrying(),
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

const PARTNERSHIP_PROJECT: &[Link] = &[Link::to(Kind::PartnershipProject, "parent_id").carrying()];

const PARTNERSHIP_ACTIVITY: &[Link] = &[
    Link::to(Kind::PartnershipProject, "project_id"),
    Link::to(Kind::PartnershipModule, "module_id"),
];

const USER: &[Link] = &[Link::to(Kind::Organization, "organization_id")];

const ROLE_BINDING: &[Link] = &[
    Link::to(Kind::User, "user_id"),
    Link::to(Kind::Division, "division_id"),
    Link::to(Kind::Facility, "facility_id"),
    Link::to(Kind::Program, "program_id"),
    Link::to(Kind::PartnershipProject, "partnership_id"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sea_orm::{ConnectionTrait, DbBackend, Statement};

    use super::*;
    use crate::{DatabaseSettings, DatabaseUrl, boot};

    /// A reference of a table to another: its columns with those of the other.
    type Reference = (String, Vec<(String, String)>);

    async fn references(table: &str, connection: &impl ConnectionTrait) -> Vec<Reference> {
        let sql = format!(
            "select id, \"table\", \"from\", \"to\" from pragma_foreign_key_list('{table}')"
        );
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let rows = connection.query_all_raw(statement).await.unwrap();
        let mut references: BTreeMap<i64, Reference> = BTreeMap::new();
        for row in rows {
            let text = |place| row.try_get_by_index::<String>(place).unwrap();
            let id = row.try_get_by_index(0).unwrap();
            let reference = references.entry(id).or_insert((text(1), Vec::new()));
            reference.1.push((text(2), text(3)));
        }
        references.into_values().collect()
    }

    #[tokio::test]
    async fn links_are_the_references_of_the_database() {
        let file = std::env::temp_dir().join(format!("links-{}", std::process::id()));
        let settings = DatabaseSettings {
            url: DatabaseUrl::Sqlite(file.to_string_lossy().into_owned()),
            connections: 1,
            statement_limit: None,
        };
        let system = boot(&settings).await.unwrap();
        system.migrate().await.unwrap();
        for kind in Kind::ALL {
            let links = links(*kind);
            if links.is_empty() {
                continue;
            }
            let name = kind.table().name;
            let references = references(name, system.connection()).await;
            let is_copied = |column: &str| {
                let mut copies = links.iter().flat_map(|link| link.copies);
                copies.any(|(own, _)| *own == column)
            };
            let is_link = |column: &str| links.iter().any(|link| link.column == column);
            for link in links {
                let is_there = references.iter().any(|(table, columns)| {
                    let mut columns = columns.iter();
                    table == link.kind.table().name
                        && columns.any(|(own, theirs)| own == link.column && theirs == "id")
                });
                assert!(is_there, "{name}.{} refers to nothing", link.column);
            }
            for (table, columns) in &references {
                let key = columns.iter().find(|(_, theirs)| theirs == "id");
                let (key, _) = key.unwrap();
                let link = links.iter().find(|link| link.column == key);
                let Some(link) = link else {
                    assert!(is_copied(key), "{name}.{key} is no link to {table}");
                    continue;
                };
                for (own, theirs) in columns.iter().filter(|(own, _)| own != key) {
                    let mut copies = link.copies.iter();
                    let copied = copies.any(|copy| *copy == (own, theirs));
                    assert!(
                        copied || is_link(own),
                        "{name}.{own} is not kept as {theirs}"
                    );
                }
            }
        }
        drop(system);
        std::fs::remove_file(file).unwrap();
    }
}
