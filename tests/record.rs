//! Rows without their types: values by the names of their columns.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{EntityTrait, IdenStatic, Iterable, ModelTrait};

/// A value of a column that is not NULL. Texts compare byte by byte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A number or a key.
    Integer(i64),
    /// A text or a term.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl Value {
    fn of(value: sea_orm::Value) -> Option<Value> {
        use sea_orm::Value as Stored;

        match value {
            Stored::BigInt(value) => value.map(Value::Integer),
            Stored::Int(value) => value.map(|value| Value::Integer(value.into())),
            Stored::String(value) => value.map(Value::Text),
            Stored::Bytes(value) => value.map(|text| {
                Value::Text(String::from_utf8(text).expect("a text that is to be sealed"))
            }),
            Stored::Bool(value) => value.map(Value::Boolean),
            Stored::ChronoDate(value) => value.map(Value::Date),
            Stored::ChronoDateTimeUtc(value) => value.map(Value::Instant),
            other => panic!("no column holds {other:?}"),
        }
    }

    /// As a column holds it that holds such a value, or none.
    fn stored_as(&self, held: &sea_orm::Value) -> sea_orm::Value {
        use sea_orm::Value as Stored;

        match (self, held) {
            (Value::Integer(value), Stored::Int(_)) => {
                i32::try_from(*value).expect("a number that fits").into()
            }
            (Value::Integer(value), _) => (*value).into(),
            (Value::Text(text), Stored::Bytes(_)) => text.clone().into_bytes().into(),
            (Value::Text(text), _) => text.clone().into(),
            (Value::Boolean(value), _) => (*value).into(),
            (Value::Date(value), _) => (*value).into(),
            (Value::Instant(value), _) => (*value).into(),
        }
    }

    /// As a response shows it.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Value::Integer(value) => (*value).into(),
            Value::Text(value) => value.as_str().into(),
            Value::Boolean(value) => (*value).into(),
            Value::Date(value) => value.to_string().into(),
            Value::Instant(value) => value.to_rfc3339().into(),
        }
    }
}

/// A row of some table.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its key.
    pub id: i64,
    cells: HashMap<&'static str, Value>,
}

impl Record {
    /// The row of a model.
    pub fn of<E: EntityTrait>(row: &E::Model) -> Record {
        let cell = |column: E::Column| Some((column.as_str(), Value::of(row.get(column))?));
        let cells: HashMap<_, _> = E::Column::iter().filter_map(cell).collect();
        let Some(Value::Integer(id)) = cells.get("id") else {
            panic!("{row:?} has no key");
        };
        Record { id: *id, cells }
    }

    /// Puts a value, or NULL, into the column; what it held comes back.
    pub fn set(&mut self, column: &'static str, value: Option<Value>) -> Option<Value> {
        match value {
            Some(value) => self.cells.insert(column, value),
            None => self.cells.remove(column),
        }
    }

    /// The column's value, unless it is NULL.
    pub fn get(&self, column: &str) -> Option<&Value> {
        self.cells.get(column)
    }

    /// The key that the column holds, unless it is NULL.
    pub fn key(&self, column: &str) -> Option<i64> {
        match self.get(column)? {
            Value::Integer(key) => Some(*key),
            other => panic!("{column} holds {other:?}, which is no key"),
        }
    }
}

/// Puts a value, or NULL, into the column of this name.
pub fn set<E: EntityTrait>(row: &mut E::Model, name: &str, value: Option<&Value>) {
    let column = E::Column::iter().find(|column| column.as_str() == name);
    let column = column.expect("a column of the table");
    let held = row.get(column);
    row.set(
        column,
        match value {
            Some(value) => value.stored_as(&held),
            None => held.as_null(),
        },
    );
}
