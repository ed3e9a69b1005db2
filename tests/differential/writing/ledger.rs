//! What the database holds, read without asking this program.

use std::collections::BTreeMap;

use access::Kind;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait,
    Statement,
};

use crate::{
    value::{self, Record, Value},
    world::{World, is_changed},
};

pub(super) struct Ledger {
    connection: DatabaseConnection,
    /// Asks for all rows of all tables.
    everything: String,
}

/// The rows of every table but the trail's, as texts.
#[derive(Clone, PartialEq)]
pub(super) struct Contents(BTreeMap<String, Vec<String>>);

/// Those of the trail.
const TRAIL: [&str; 2] = ["audit_event", "audit_pending"];

/// Whether a change may reach records of the kind: such as users write, and sites and
/// transfers, which follow them. Their tables bear the kinds' names.
fn is_reached(kind: Kind) -> bool {
    is_changed(kind) || [Kind::PartnershipSite, Kind::Transfer].contains(&kind)
}

/// The columns that are sealed in the database, and those by which they are found.
fn sealed(kind: Kind) -> impl Iterator<Item = &'static str> {
    let table = kind.table();
    let name = |place: usize| table.columns[place].name;
    let sealed = table.sealed();
    sealed.flat_map(move |(column, _, digest)| [name(column), name(digest)])
}

impl Ledger {
    pub(super) async fn open(url: &str) -> Ledger {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1);
        let connection = Database::connect(options).await.expect("a connection");
        let everything = everything(&connection).await;
        Ledger {
            connection,
            everything,
        }
    }

    pub(super) async fn close(self) {
        self.connection.close().await.expect("no connection");
    }

    pub(super) fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    pub(super) async fn contents(&self) -> Contents {
        let mut contents = BTreeMap::<String, Vec<String>>::new();
        for (table, row) in pairs(&self.connection, &self.everything).await {
            contents.entry(table).or_default().push(row);
        }
        Contents(contents)
    }

    /// Where what records hold is not what the world holds, if anywhere. Personal data is
    /// sealed, and left out.
    pub(super) async fn difference(&self, world: &World) -> Option<String> {
        for &kind in Kind::ALL.iter().filter(|kind| is_reached(**kind)) {
            let actual = self.records(kind).await;
            let mut expected = world.rows(kind).to_vec();
            expected.sort_by_key(|row| row.id);
            for row in &mut expected {
                for column in sealed(kind) {
                    row.set(column, None);
                }
            }
            if expected.len() != actual.len() {
                let counts = [expected.len(), actual.len()];
                return Some(format!("{} of {counts:?} records", kind.name()));
            }
            let mut pairs = expected.iter().zip(&actual);
            if let Some((expected, actual)) = pairs.find(|(one, other)| one != other) {
                return Some(format!(
                    "{}\n  expected {expected:?}\n  actual   {actual:?}",
                    kind.name()
                ));
            }
        }
        None
    }

    pub(super) async fn records(&self, kind: Kind) -> Vec<Record> {
        macro_rules! read {
            ($($(#[$doc:meta])* $of:ident: $module:ident = $name:literal,)*) => {
                match kind { $(Kind::$of => self.read::<entity::$module::Entity>(kind).await,)* }
            };
        }
        entity::kinds!(read)
    }

    async fn read<E: EntityTrait>(&self, kind: Kind) -> Vec<Record> {
        let mut rows = E::find().all(&self.connection).await.expect("rows");
        for row in &mut rows {
            for column in sealed(kind) {
                value::set::<E>(row, column, None);
            }
        }
        let mut records: Vec<Record> = rows.iter().map(Record::of::<E>).collect();
        records.sort_by_key(|row| row.id);
        records
    }
}

impl Contents {
    /// Where another table differs than a change may reach, if any: there, in what counts
    /// those records, and in the clashes that follow identity numbers, something may differ.
    pub(super) fn difference(&self, later: &Contents) -> Option<String> {
        let is_reached = |table: &str| Kind::named(table).is_some_and(is_reached);
        let mut tables = self.0.keys().chain(later.0.keys());
        tables
            .find(|table| {
                let [before, after] = [self, later].map(|contents| contents.0.get(*table));
                let follows = table.ends_with("_delta") || *table == "clash";
                !is_reached(table) && !follows && before != after
            })
            .map(|table| format!("{table} has changed"))
    }

    /// The rows that only one of the two has.
    pub(super) fn changed(&self, later: &Contents) -> String {
        let of = |contents: &Contents, other: &Contents| -> Vec<String> {
            let tables = contents.0.iter();
            let rows = tables.flat_map(|(table, rows)| {
                let others = other.0.get(table);
                rows.iter()
                    .filter(move |row| !others.is_some_and(|others| others.contains(row)))
                    .map(move |row| format!("  {table}: {row}"))
            });
            rows.collect()
        };
        let (gone, new) = (of(self, later), of(later, self));
        format!("gone\n{}\nnew\n{}\n", gone.join("\n"), new.join("\n"))
    }
}

/// A query for the name of the table and the text of each row of all tables.
async fn everything(connection: &DatabaseConnection) -> String {
    let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
    let tables = match is_postgres {
        true => "select tablename::text, '' from pg_tables where schemaname = 'public'",
        false => {
            "select m.name, group_concat('quote(\"' || c.name || '\")', '||'',''||')
             from sqlite_master m, pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%' group by m.name"
        }
    };
    let mut rows = Vec::new();
    for (table, columns) in pairs(connection, tables).await {
        if TRAIL.contains(&table.as_str()) {
            continue;
        }
        let text = if is_postgres { "t::text" } else { &columns };
        rows.push(format!("select '{table}', {text} from \"{table}\" t"));
    }
    format!("{} order by 1, 2", rows.join(" union all "))
}

/// Rows of two texts.
async fn pairs(connection: &DatabaseConnection, sql: &str) -> Vec<(String, String)> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.expect("rows");
    let text = |row: &sea_orm::QueryResult, place| row.try_get_by_index(place).expect("a text");
    rows.iter()
        .map(|row| (text(row, 0), text(row, 1)))
        .collect()
}

/// A value as an answer shows it.
pub(super) fn shown(value: Option<&Value>) -> serde_json::Value {
    value.map_or(serde_json::Value::Null, Value::json)
}
