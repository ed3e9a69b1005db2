//! Which records a record refers to.

use crate::kind::Kind;

pub(crate) use entity::link::Link;

/// The link of a column, if it is one.
pub(crate) fn link_of(kind: Kind, column: usize) -> Option<&'static Link> {
    let name = kind.table().columns[column].name;
    links(kind).iter().find(|link| link.column == name)
}

/// The links of a kind.
pub(crate) fn links(kind: Kind) -> &'static [Link] {
    kind.table().links
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sea_orm::{ConnectionTrait, DbBackend, Statement};

    use super::*;
    use crate::{DatabaseSettings, DatabaseUrl, boot};

    /// A reference of a table to another: its columns with those of the other.
    struct Reference {
        table: String,
        columns: Vec<(String, String)>,
        /// Whether its columns follow the other's.
        follows: bool,
    }

    impl Reference {
        fn keeps(&self, own: &str, theirs: &str) -> bool {
            let mut columns = self.columns.iter();
            self.follows && columns.any(|(one, other)| one == own && other == theirs)
        }
    }

    async fn references(table: &str, connection: &impl ConnectionTrait) -> Vec<Reference> {
        let sql = format!(
            "select id, \"table\", \"from\", \"to\", on_update
             from pragma_foreign_key_list('{table}')"
        );
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let rows = connection.query_all_raw(statement).await.unwrap();
        let mut references: BTreeMap<i64, Reference> = BTreeMap::new();
        for row in rows {
            let text = |place| row.try_get_by_index::<String>(place).unwrap();
            let id = row.try_get_by_index(0).unwrap();
            let reference = references.entry(id).or_insert_with(|| Reference {
                table: text(1),
                columns: Vec::new(),
                follows: text(4) == "CASCADE",
            });
            reference.columns.push((text(2), text(3)));
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
            // Of what nobody writes it need not be known.
            if links.is_empty() && !kind.is_written() {
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
                let is_there = references.iter().any(|reference| {
                    let mut columns = reference.columns.iter();
                    reference.table == link.kind.table().name
                        && columns.any(|(own, theirs)| own == link.column && theirs == "id")
                });
                assert!(is_there, "{name}.{} refers to nothing", link.column);
                for (own, theirs) in link.copies {
                    let is_kept = references.iter().any(|one| one.keeps(own, theirs));
                    assert!(is_kept, "nothing keeps {name}.{own} as {theirs}");
                }
            }
            for Reference { table, columns, .. } in &references {
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
