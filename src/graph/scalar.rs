//! Scalars: what each takes as a value.

use access::{Datum, FromDatum, Personal};
use async_graphql::{InputValueError, InputValueResult, ScalarType, Value};
use chrono::{DateTime, NaiveDate, Utc};

/// A personal value as the caller sees it.
pub(crate) struct PersonalText(Personal);

/// A personal value as you may see it: in clear or masked. It is masked exactly where it
/// holds an asterisk: `138****5678`, `王**`, `1985-**-**`.
#[async_graphql::Scalar]
impl ScalarType for PersonalText {
    fn parse(_value: Value) -> InputValueResult<PersonalText> {
        Err(InputValueError::custom("a personal value is no input"))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.text.clone())
    }
}

impl FromDatum for PersonalText {
    fn from_datum(datum: &Datum) -> Option<PersonalText> {
        Personal::from_datum(datum).map(PersonalText)
    }

    fn from_mask(masked: &str) -> Option<PersonalText> {
        Personal::from_mask(masked).map(PersonalText)
    }
}

/// A scalar: what it takes in words, some value of it, and its value from what was
/// given.
pub(super) struct Scalar {
    pub(super) takes: &'static str,
    pub(super) sample: Value,
    pub(super) coerce: fn(Value) -> Option<Value>,
}

/// The scalars of the language and of the schema.
pub(super) fn scalar(name: &str) -> Option<Scalar> {
    let (takes, sample, coerce): (_, _, fn(Value) -> Option<Value>) = match name {
        "Int" => ("a whole number of 32 bits", Value::from(0), whole),
        "Float" => ("a number", Value::from(0), |value| {
            matches!(value, Value::Number(_)).then_some(value)
        }),
        "String" => ("a text", Value::from(""), |value| {
            matches!(value, Value::String(_)).then_some(value)
        }),
        "Boolean" => ("true or false", Value::from(false), |value| {
            matches!(value, Value::Boolean(_)).then_some(value)
        }),
        "ID" => (
            "a text or a whole number",
            Value::from(""),
            |value| match value {
                Value::Number(number) if number.is_f64() => None,
                Value::Number(number) => Some(Value::String(number.to_string())),
                Value::String(_) => Some(value),
                _ => None,
            },
        ),
        "NaiveDate" => (
            "a day such as 2026-01-31",
            Value::from("2026-01-31"),
            parsed::<NaiveDate>,
        ),
        "DateTime" => (
            "an instant such as 2026-01-31T08:00:00Z",
            Value::from("2026-01-31T08:00:00Z"),
            parsed::<DateTime<Utc>>,
        ),
        "PersonalText" => ("nothing: it is no input", Value::Null, |_| None),
        _ => return None,
    };
    Some(Scalar {
        takes,
        sample,
        coerce,
    })
}

/// The value, if the scalar reads it.
fn parsed<T: ScalarType>(value: Value) -> Option<Value> {
    T::parse(value.clone()).ok().map(|_| value)
}

/// A number without a fraction, however it is written, in 32 bits.
fn whole(value: Value) -> Option<Value> {
    let Value::Number(number) = value else {
        return None;
    };
    let whole = match number.as_i64() {
        Some(whole) => i32::try_from(whole).ok()?,
        None => {
            let float = number.as_f64()?;
            let whole = float as i32;
            (f64::from(whole) == float).then_some(whole)?
        }
    };
    Some(Value::from(whole))
}
