//! Conditions drafted from the schema: every field of a filter with every
//! operator that it takes, on the row itself and on those that it is related to.

use std::collections::HashSet;

use serde_json::Value as Json;

use crate::{
    condition::{Condition, Test},
    sample,
    schema::{Field, SCHEMA},
    table::Kind,
    world::WORLD,
};

/// Divisions to ask for: seats, a neighbour, a body that is no place.
const PLACES: [&str; 7] = ["110105", "210681", "110108", "41", "01", "110115", "0"];
/// Of the conditions on a related row's relations, one in so many.
const THINNED: usize = 9;

fn drafted(kind: Kind, depth: usize) -> Vec<Condition> {
    let fields = SCHEMA.fields(&format!("{}Filter", kind.name())).iter();
    let fields = fields.filter(|field| !["and", "or", "not"].contains(&field.name.as_str()));
    let mut drafted = Vec::new();
    for (number, field) in fields.enumerate() {
        if (kind, field.name.as_str()) == (Kind::AuditEvent, "record") {
            // A record of any type: its tests are the audit trail's.
        } else if field.of == "IdFilter" {
            drafted.push(Condition::Id(sample::spread(sample::of(kind), 9)));
        } else if (kind, field.name.as_str()) == (Kind::Division, "within") {
            let (code, divisions) = place(number);
            drafted.push(Condition::Inside(code, divisions));
        } else if let Some(inner) = related(&field.of) {
            let many = kind.many(&field.name);
            assert_eq!(inner, many.listed, "{}.{}", kind.name(), field.name);
            for (turn, inner) in nested(inner, depth).into_iter().enumerate() {
                let inner = Box::new(inner);
                drafted.push(match turn % 2 {
                    0 => Condition::Some(many, inner),
                    _ => Condition::None(many, inner),
                });
            }
        } else if let Some(target) = filtered(&field.of) {
            let column = kind.column(&field.name);
            assert_eq!(
                kind.target(column),
                Some(target),
                "{}.{}",
                kind.name(),
                field.name
            );
            let nested = nested(target, depth).into_iter();
            drafted.extend(nested.map(|inner| Condition::One(column, Box::new(inner))));
        } else {
            let column = kind.column(&field.name);
            let tests = tests(kind, column, field).into_iter();
            drafted.extend(tests.map(|test| Condition::Value(column, test)));
        }
    }
    drafted
}

fn nested(kind: Kind, depth: usize) -> Vec<Condition> {
    match depth {
        0 => Vec::new(),
        1 => drafted(kind, 0),
        depth => drafted(kind, depth - 1)
            .into_iter()
            .step_by(THINNED)
            .collect(),
    }
}

/// A test for each operator of the condition's type.
fn tests(kind: Kind, column: usize, field: &Field) -> Vec<Test> {
    let operators = SCHEMA.fields(&field.of).iter().enumerate();
    let test = |(number, operator): (usize, &Field)| {
        let pivot = || pivot(kind, column, number);
        let text = || pivot().as_str().unwrap().to_owned();
        let test = match operator.name.as_str() {
            "isNull" => Test::IsNull(column.is_multiple_of(2)),
            "within" => {
                let (code, divisions) = place(column + number);
                Test::Within(code, divisions)
            }
            // Nothing to compare with where no row has a value.
            _ if pivot().is_null() => return None,
            "eq" => Test::Compare("eq", pivot()),
            "lt" => Test::Compare("lt", pivot()),
            "lte" => Test::Compare("lte", pivot()),
            "gt" => Test::Compare("gt", pivot()),
            "gte" => Test::Compare("gte", pivot()),
            "in" => Test::In(vec![pivot(), self::pivot(kind, column, number + 5)]),
            "contains" => Test::Contains(text().chars().skip(1).take(2).collect()),
            "startsWith" => Test::StartsWith(text().chars().take(2).collect()),
            operator => panic!("{} has the operator {operator}, which is new", field.of),
        };
        Some(test)
    };
    operators.filter_map(test).collect()
}

/// Some row's value of a column.
fn pivot(kind: Kind, column: usize, number: usize) -> Json {
    let values = sample::of(kind).iter().map(|row| row.value(column));
    let values: Vec<Json> = values.filter(|value| !value.is_null()).collect();
    match values.len() {
        0 => Json::Null,
        len => values[(number * 31 + column * 7) % len].clone(),
    }
}

/// A division's code, and the keys of its subtree.
fn place(number: usize) -> (String, HashSet<i64>) {
    let code = PLACES[number % PLACES.len()];
    let division = WORLD
        .data
        .divisions
        .iter()
        .find(|row| row.code == code)
        .unwrap();
    (code.to_owned(), WORLD.divisions_under(division.id))
}

/// The type that a condition on related rows is about.
fn related(input: &str) -> Option<Kind> {
    let related = input.strip_prefix("Related")?;
    let some = SCHEMA.fields(&format!("Related{related}")).iter();
    some.filter(|field| field.name == "some")
        .find_map(|field| filtered(&field.of))
}

/// The type that a filter is about.
fn filtered(input: &str) -> Option<Kind> {
    Kind::named(input.strip_suffix("Filter")?)
}

/// So many of the conditions on a type's rows and, through `depth` relations, on
/// rows related to them; others for each caller, so that together they ask all.
pub(crate) fn share(kind: Kind, depth: usize, number: usize, caller: usize) -> Vec<Condition> {
    let all = drafted(kind, depth);
    let stride = (all.len() / number).max(1);
    let shifted = all.into_iter().skip(caller % stride);
    shifted.step_by(stride).take(number).collect()
}
