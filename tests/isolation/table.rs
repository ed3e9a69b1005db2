//! What the fields of each type hold in the data: the schema's names on one side,
//! the rows of the demonstration on the other.

use std::sync::LazyLock;

use grassroots_tests::{catalogue, record::Record};
use serde_json::Value as Json;

use crate::trail;

pub(crate) use grassroots_tests::drawn::camel;

/// A type's columns and the lists that hang on it.
pub(crate) struct Table {
    /// Its columns, whether they hold a value or refer to a row.
    pub(crate) columns: Vec<Column>,
    /// Its lists of rows that refer to it.
    pub(crate) manys: Vec<Many>,
}

/// A column, under the name of its field.
pub(crate) struct Column {
    pub(crate) field: String,
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
}

/// Makes what a field tells of its record.
type Tell = fn(&Record) -> Json;

/// What a column holds on a row.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    Value,
    /// What its text tells.
    Told(Tell),
    Reference(Kind),
}

/// A field with the rows of another type that refer to a row by their `link`.
pub(crate) struct Many {
    pub(crate) field: String,
    pub(crate) listed: Kind,
    link: &'static str,
}

macro_rules! types {
    ($($(#[$doc:meta])* $kind:ident: $module:ident = $name:literal,)*) => {
        /// A type of records, by its name in the schema.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Kind { $($kind),+ }

        impl Kind {
            pub(crate) const ALL: &[Kind] = &[$(Kind::$kind),+];

            pub(crate) fn name(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($kind)),+ }
            }

            /// As the door knows it.
            pub(crate) fn known(self) -> access::Kind {
                match self { $(Kind::$kind => access::Kind::$kind),+ }
            }
        }
    };
}

entity::kinds!(types);

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| Table::of(*kind)).collect());

impl Table {
    fn of(kind: Kind) -> Table {
        let of = catalogue::of(kind.known());
        let named = |kind: access::Kind| Kind::ALL[kind as usize];
        let value = |name: &'static str| Column {
            field: camel(name),
            name,
            holds: Holds::Value,
        };
        let parts = PARTS.iter().filter(|part| part.kind == kind);
        let parts = parts.flat_map(|part| part.own.iter().map(|name| value(name)));
        let mut columns: Vec<Column> = of.values.iter().map(|name| value(name)).collect();
        columns.extend(parts);
        columns.extend(of.ones.iter().map(|one| Column {
            field: one.field.to_owned(),
            name: one.column,
            holds: Holds::Reference(named(one.kind)),
        }));
        if kind == Kind::AuditEvent {
            columns.push(value("records"));
            for column in &mut columns {
                if let Some((_, tell)) = TOLD.iter().find(|(name, _)| *name == column.name) {
                    column.holds = Holds::Told(*tell);
                }
            }
        }
        let manys = of.manys.iter().map(|many| Many {
            field: many.field.to_owned(),
            listed: named(many.kind),
            link: many.link,
        });
        Table {
            columns,
            manys: manys.collect(),
        }
    }
}

/// The columns of an event that tell something by their text.
const TOLD: [(&str, Tell); 4] = [
    ("kind", trail::kind),
    ("records", trail::records),
    ("columns", trail::columns),
    ("bindings", trail::bindings),
];

/// A field with an object that is no record, but columns of this one.
struct Part {
    kind: Kind,
    field: &'static str,
    /// Columns that no other field shows.
    own: &'static [&'static str],
    /// The object's fields, each with the column behind it.
    columns: &'static [(&'static str, &'static str)],
}

const PARTS: &[Part] = &[Part {
    kind: Kind::Enrollment,
    field: "participant",
    own: &["participant_name"],
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
            Holds::Value | Holds::Told(_) => None,
            Holds::Reference(target) => Some(target),
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
        let mut columns = self.listed.table().columns.iter();
        let place = columns.position(|column| column.name == self.link);
        place.unwrap()
    }
}

/// A column's value as those see it who see it masked.
pub(crate) fn masked(field: &str, value: &Json) -> Json {
    let Json::String(value) = value else {
        return Json::Null;
    };
    let letters: Vec<char> = value.chars().collect();
    let some = |letters: &[char]| letters.iter().collect::<String>();
    match (field, letters.as_slice()) {
        (name, [surname, ..]) if name.to_lowercase().ends_with("name") => format!("{surname}**"),
        ("identityNumber", [first, .., last]) => format!("{first}****************{last}"),
        ("phone", all) => format!("{}****{}", some(&all[..3]), some(&all[7..])),
        ("birthDate", all) => format!("{}-**-**", some(&all[..4])),
        _ => panic!("{field} has no mask"),
    }
    .into()
}
