//! Filters: what they are, and how they are written.

use std::fmt::{self, Display, Formatter};

use access::Kind;

use crate::{
    catalogue::{Many, One, Operand, Test, type_name},
    query::global_id,
    value::Value,
};

/// Conditions that must all hold: one input object.
#[derive(Clone, Default)]
pub(crate) struct Filter(pub(crate) Vec<Condition>);

#[derive(Clone)]
pub(crate) enum Condition {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Filter),
    Id(Kind, Comparison),
    Value(&'static Test, Vec<Comparison>),
    One(&'static One, Filter),
    /// Some, and none, of the records that refer to this one meet these.
    Many(&'static Many, Option<Filter>, Option<Filter>),
}

#[derive(Clone)]
pub(crate) enum Comparison {
    Equals(Value),
    In(Vec<Value>),
    Less(Value),
    AtMost(Value),
    Greater(Value),
    AtLeast(Value),
    Contains(String),
    StartsWith(String),
    IsNull(bool),
    /// By the key and the code of the subtree's root.
    Within(i64, String),
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}}}", joined(&self.0))
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Condition::And(filters) => write!(f, "and: [{}]", joined(filters)),
            Condition::Or(filters) => write!(f, "or: [{}]", joined(filters)),
            Condition::Not(filter) => write!(f, "not: {filter}"),
            Condition::Id(kind, comparison) => {
                let id = |value: &Value| match value {
                    Value::Integer(key) => quoted(&global_id(*kind, *key)),
                    other => panic!("{other:?} is no key"),
                };
                write!(f, "id: {{{}}}", comparison.written(&id))
            }
            Condition::Value(test, comparisons) => {
                let literal = |value: &Value| literal(test.operand, value);
                let comparisons = comparisons.iter();
                let written: Vec<String> = comparisons.map(|c| c.written(&literal)).collect();
                write!(f, "{}: {{{}}}", test.field, written.join(", "))
            }
            Condition::One(one, filter) => write!(f, "{}: {filter}", one.field),
            Condition::Many(many, some, none) => {
                let some = some.iter().map(|filter| format!("some: {filter}"));
                let none = none.iter().map(|filter| format!("none: {filter}"));
                let parts: Vec<String> = some.chain(none).collect();
                write!(f, "{}: {{{}}}", many.field, parts.join(", "))
            }
        }
    }
}

impl Comparison {
    fn written(&self, literal: &dyn Fn(&Value) -> String) -> String {
        match self {
            Comparison::Equals(value) => format!("eq: {}", literal(value)),
            Comparison::In(values) => {
                let values: Vec<String> = values.iter().map(literal).collect();
                format!("in: [{}]", values.join(", "))
            }
            Comparison::Less(value) => format!("lt: {}", literal(value)),
            Comparison::AtMost(value) => format!("lte: {}", literal(value)),
            Comparison::Greater(value) => format!("gt: {}", literal(value)),
            Comparison::AtLeast(value) => format!("gte: {}", literal(value)),
            Comparison::Contains(part) => format!("contains: {}", quoted(part)),
            Comparison::StartsWith(start) => format!("startsWith: {}", quoted(start)),
            Comparison::IsNull(yes) => format!("isNull: {yes}"),
            Comparison::Within(_, code) => format!("within: {}", quoted(code)),
        }
    }
}

fn literal(operand: Operand, value: &Value) -> String {
    match (operand, value) {
        (Operand::Term, Value::Text(term)) => term.clone(),
        (Operand::Type, Value::Text(kind)) => quoted(&type_name(kind)),
        (_, value) => value.json().to_string(),
    }
}

/// A string of GraphQL, which takes all of JSON's escapes.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn joined<T: Display>(parts: &[T]) -> String {
    let parts: Vec<String> = parts.iter().map(T::to_string).collect();
    parts.join(", ")
}
