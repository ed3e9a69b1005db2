//! The audit trail.

use access::Kind;
use serde_json::Value as Json;

use super::camel;
use crate::{query::global_id, value::Value};

/// A value of a column as its field shows it.
pub(super) fn shown(column: &str, value: &Value) -> Json {
    let Value::Text(text) = value else {
        return value.json();
    };
    let words = text.split_whitespace();
    match column {
        "kind" => type_name(text).into(),
        "columns" => {
            let field = |column: &str| camel(column.strip_suffix("_id").unwrap_or(column));
            words.map(field).collect::<Vec<_>>().into()
        }
        "bindings" => {
            let keys = words.filter_map(|word| word.parse().ok());
            let ids = keys.map(|key| global_id(Kind::RoleBinding, key));
            ids.collect::<Vec<_>>().into()
        }
        _ => value.json(),
    }
}

/// `staff_member` → `StaffMember`.
pub(crate) fn type_name(kind: &str) -> String {
    let camel = camel(kind);
    let mut letters = camel.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
