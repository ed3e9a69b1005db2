//! Conditions of filters: what they say in GraphQL, and on which rows they hold.
//!
//! A condition has three outcomes. A column that is absent or not the caller's to
//! read meets neither a condition nor its opposite, so that no filter tells of it.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use crate::{
    eyes::Eyes,
    table::{Kind, Many},
    world::Row,
};

/// A condition on rows of one type.
#[derive(Clone)]
pub(crate) enum Condition {
    /// The row itself is one of these.
    Id(Vec<Row>),
    /// The division itself lies in the subtree of the one with this code.
    Inside(String, HashSet<i64>),
    /// A column's value meets the test.
    Value(usize, Test),
    /// The row that a column refers to, open to the caller, meets the condition.
    One(usize, Box<Condition>),
    /// Some row that hangs on this one, listed to the caller, meets the condition.
    Some(&'static Many, Box<Condition>),
    /// None does.
    None(&'static Many, Box<Condition>),
}

/// A test of a value that is there.
#[derive(Clone)]
pub(crate) enum Test {
    Compare(&'static str, Json),
    In(Vec<Json>),
    Contains(String),
    StartsWith(String),
    IsNull(bool),
    Within(String, HashSet<i64>),
}

impl Condition {
    /// The condition as a filter on rows of `kind`.
    pub(crate) fn filter(&self, kind: Kind) -> Json {
        let field = |column: usize| kind.table().columns[column].field.as_str();
        match self {
            Condition::Id(rows) => {
                let ids: Vec<String> = rows.iter().map(|row| row.id()).collect();
                json!({ "id": { "in": ids } })
            }
            Condition::Inside(code, _) => json!({ "within": { "within": code } }),
            Condition::Value(column, test) => json!({ field(*column): test.filter() }),
            Condition::One(column, inner) => {
                let target = kind.target(*column).unwrap();
                json!({ field(*column): inner.filter(target) })
            }
            Condition::Some(many, inner) => {
                json!({ &many.field: { "some": inner.filter(many.listed) } })
            }
            Condition::None(many, inner) => {
                json!({ &many.field: { "none": inner.filter(many.listed) } })
            }
        }
    }

    /// Whether the row meets it, as far as the caller may know.
    pub(crate) fn met(&self, eyes: &Eyes, row: Row) -> Option<bool> {
        let some = |many: &Many, inner: &Condition| {
            let mut hanging = eyes.hanging_anyhow(many, row);
            hanging.any(|other| inner.met(eyes, other) == Some(true))
        };
        match self {
            Condition::Id(rows) => Some(rows.contains(&row)),
            Condition::Inside(_, divisions) => Some(divisions.contains(&row.key())),
            Condition::Value(column, test) => test.met(&eyes.value(row, *column)?),
            Condition::One(column, inner) => eyes.reads(row, *column).then(|| {
                let other = row.referred(*column);
                other.is_some_and(|other| eyes.sees(other) && inner.met(eyes, other) == Some(true))
            }),
            Condition::Some(many, inner) => Some(some(many, inner)),
            Condition::None(many, inner) => Some(!some(many, inner)),
        }
    }

    /// Whether it asks about a column that the caller may read on no row at all,
    /// of rows that there can be.
    pub(crate) fn is_forbidden(&self, eyes: &Eyes, kind: Kind) -> bool {
        let within =
            |inner: &Condition, kind: Kind| eyes.ever_sees(kind) && inner.is_forbidden(eyes, kind);
        match self {
            Condition::Id(_) | Condition::Inside(..) => false,
            Condition::Value(column, _) => !eyes.ever_reads(kind, *column),
            Condition::One(column, inner) => {
                let target = kind.target(*column).unwrap();
                !eyes.ever_reads(kind, *column) || within(inner, target)
            }
            Condition::Some(many, inner) | Condition::None(many, inner) => {
                let hidden = !eyes.ever_reads(many.listed, many.link());
                eyes.ever_sees(many.listed) && (hidden || within(inner, many.listed))
            }
        }
    }
}

impl Test {
    fn filter(&self) -> Json {
        match self {
            Test::Compare(operator, value) => json!({ *operator: value }),
            Test::In(values) => json!({ "in": values }),
            Test::Contains(part) => json!({ "contains": part }),
            Test::StartsWith(start) => json!({ "startsWith": start }),
            Test::IsNull(absent) => json!({ "isNull": absent }),
            Test::Within(code, _) => json!({ "within": code }),
        }
    }

    fn met(&self, value: &Json) -> Option<bool> {
        if let Test::IsNull(absent) = self {
            return Some(value.is_null() == *absent);
        }
        let text = || value.as_str().unwrap();
        (!value.is_null()).then(|| match self {
            Test::Compare("eq", with) => value == with,
            Test::Compare("lt", with) => order(value, with).is_lt(),
            Test::Compare("lte", with) => order(value, with).is_le(),
            Test::Compare("gt", with) => order(value, with).is_gt(),
            Test::Compare("gte", with) => order(value, with).is_ge(),
            Test::In(values) => values.contains(value),
            Test::Contains(part) => text().contains(part),
            Test::StartsWith(start) => text().starts_with(start),
            Test::Within(_, divisions) => divisions.contains(&value.as_i64().unwrap()),
            Test::Compare(operator, _) => panic!("no operator {operator} is known"),
            Test::IsNull(_) => unreachable!("answered above"),
        })
    }
}

/// The order of two values of a column: numbers by size, texts and days letter by
/// letter, what is absent last.
pub(crate) fn order(one: &Json, other: &Json) -> std::cmp::Ordering {
    let rank = |value: &Json| {
        (
            value.is_null(),
            value.as_i64(),
            value.as_str().map(str::to_owned),
            value.as_bool(),
        )
    };
    rank(one).cmp(&rank(other))
}
