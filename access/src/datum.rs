//! Values of columns, as they are read, compared and sealed into cursors.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveEnum, DbBackend, QueryResult, Value,
    sea_query::{ArrayType, Expr, Func, Query},
};
use serde::{Deserialize, Serialize};

use crate::{error::AccessError, kind::Shape};

/// A value of a column that is not NULL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Datum {
    /// A whole number or a key.
    Integer(i64),
    /// A text or a term of a vocabulary.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl Datum {
    pub(crate) fn read(
        row: &QueryResult,
        index: usize,
        shape: Shape,
    ) -> Result<Option<Datum>, AccessError> {
        Ok(match shape {
            Shape::BigInteger => row
                .try_get_by_index::<Option<i64>>(index)?
                .map(Datum::Integer),
            Shape::Integer => row
                .try_get_by_index::<Option<i32>>(index)?
                .map(|number| Datum::Integer(number.into())),
            Shape::Text => row
                .try_get_by_index::<Option<String>>(index)?
                .map(Datum::Text),
            Shape::Boolean => row
                .try_get_by_index::<Option<bool>>(index)?
                .map(Datum::Boolean),
            Shape::Date => row
                .try_get_by_index::<Option<NaiveDate>>(index)?
                .map(Datum::Date),
            Shape::Instant => row
                .try_get_by_index::<Option<DateTime<Utc>>>(index)?
                .map(Datum::Instant),
            Shape::Sealed => return Err(AccessError::internal("a value is read without its key")),
        })
    }
}

impl From<Datum> for Expr {
    fn from(datum: Datum) -> Expr {
        match datum {
            Datum::Integer(value) => Expr::val(value),
            Datum::Text(value) => Expr::val(value),
            Datum::Boolean(value) => Expr::val(value),
            Datum::Date(value) => Expr::val(value),
            Datum::Instant(value) => Expr::val(value),
        }
    }
}

/// A vocabulary whose terms columns hold.
pub trait Term: ActiveEnum<Value = String> {}

impl<T: ActiveEnum<Value = String>> Term for T {}

impl Datum {
    /// A term of a vocabulary, as the database holds it.
    pub fn of_term<T: Term>(term: T) -> Datum {
        Datum::Text(term.to_value())
    }
}

macro_rules! from {
    ($($source:ty => $datum:ident),* $(,)?) => {
        $(impl From<$source> for Datum {
            fn from(value: $source) -> Datum {
                Datum::$datum(value.into())
            }
        })*
    };
}

from! { i64 => Integer, i32 => Integer, String => Text, &str => Text, bool => Boolean,
NaiveDate => Date, DateTime<Utc> => Instant }

/// A type that columns are read as.
pub trait FromDatum: Sized {
    /// The value, or nothing where the column holds another type.
    fn from_datum(datum: &Datum) -> Option<Self>;

    /// The value where it is masked, or nothing where the type can't say that it is.
    fn from_mask(_masked: &str) -> Option<Self> {
        None
    }
}

macro_rules! into {
    ($($datum:ident => $target:ty),* $(,)?) => {
        $(impl FromDatum for $target {
            fn from_datum(datum: &Datum) -> Option<Self> {
                match datum {
                    Datum::$datum(value) => <$target>::try_from(value.clone()).ok(),
                    _ => None,
                }
            }
        })*
    };
}

into! { Integer => i64, Integer => i32, Text => String, Boolean => bool, Date => NaiveDate,
Instant => DateTime<Utc> }

/// Keys as the one value that [`one_of`] binds.
pub(crate) fn keys_of(backend: DbBackend, keys: &[i64]) -> Value {
    match backend {
        DbBackend::Postgres => {
            let keys = keys.iter().copied().map(Value::from).collect();
            Value::Array(ArrayType::BigInt, Some(Box::new(keys)))
        }
        _ => json(&keys.iter().copied().map(Datum::from).collect::<Vec<_>>()).into(),
    }
}

/// The rows' keys or values as one parameter, so that the statement's text is
/// the same for any number of them.
pub(crate) fn one_of(backend: DbBackend, column: Expr, values: Vec<Datum>) -> Expr {
    use sea_orm::sea_query::ExprTrait;

    match backend {
        DbBackend::Postgres => column.eq(Expr::from(Func::cust("ANY").arg(array(values)))),
        _ => {
            let each = Query::select()
                .column(("each", "value"))
                .from_function(Func::cust("json_each").arg(json(&values)), "each")
                .take();
            column.in_subquery(each)
        }
    }
}

/// Keys as a PostgreSQL array.
pub(crate) fn array(values: Vec<Datum>) -> Expr {
    let kind = match values.first() {
        Some(Datum::Text(_)) => ArrayType::String,
        Some(Datum::Boolean(_)) => ArrayType::Bool,
        Some(Datum::Date(_)) => ArrayType::ChronoDate,
        Some(Datum::Instant(_)) => ArrayType::ChronoDateTimeUtc,
        Some(Datum::Integer(_)) | None => ArrayType::BigInt,
    };
    let values = values
        .into_iter()
        .map(|datum| match datum {
            Datum::Integer(value) => Value::from(value),
            Datum::Text(value) => Value::from(value),
            Datum::Boolean(value) => Value::from(value),
            Datum::Date(value) => Value::from(value),
            Datum::Instant(value) => Value::from(value),
        })
        .collect();
    Expr::val(Value::Array(kind, Some(Box::new(values))))
}

/// Values as a JSON array, for SQLite's `json_each`.
pub(crate) fn json(values: &[Datum]) -> String {
    let plain = values.iter().map(|datum| match datum {
        Datum::Integer(value) => serde_json::Value::from(*value),
        Datum::Text(value) => serde_json::Value::from(value.as_str()),
        Datum::Boolean(value) => serde_json::Value::from(i64::from(*value)),
        Datum::Date(value) => serde_json::Value::from(value.to_string()),
        Datum::Instant(value) => serde_json::Value::from(value.to_rfc3339()),
    });
    serde_json::Value::from_iter(plain).to_string()
}
