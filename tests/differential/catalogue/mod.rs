//! The types of the GraphQL schema as the tests expect them.

#[cfg(test)]
mod drift;
mod trail;

use access::Kind;
use serde_json::Value as Json;

use crate::value::Value;

pub(crate) use grassroots_tests::{
    catalogue::{Many, One, Operand, Test, Type, of},
    drawn::camel,
};
pub(crate) use trail::type_name;

/// A column's value as its field shows it.
pub(crate) fn shown(kind: Kind, column: &str, value: &Value) -> Json {
    match kind {
        Kind::AuditEvent => trail::shown(column, value),
        _ => value.json(),
    }
}
