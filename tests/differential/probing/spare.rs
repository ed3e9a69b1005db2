//! What else a cell might hold.

use access::Kind;
use chrono::{Days, NaiveDate, TimeDelta};

use super::policy;
use crate::{
    catalogue,
    cell::Cell,
    rng::Rng,
    value::Value,
    world::{World, personal},
};

/// Other values for a cell, in no order. Not every one of them must fit.
pub(super) fn values(rng: &mut Rng, world: &World, cell: Cell) -> Vec<Option<Value>> {
    let Cell { kind, row, column } = cell;
    let held = world.row(kind, row).and_then(|row| row.get(column));
    let mut values = others(world, cell);
    match held {
        Some(Value::Text(text)) if personal(kind).contains(&column) => {
            values = vec![Some(Value::Text(alike(rng, column, text)))];
        }
        Some(value) if is_free(kind, column) => values.push(fresh(value)),
        _ => {}
    }
    let held = held.cloned();
    values.retain(|value| *value != held);
    let all = values.len();
    rng.sample(all, all, &values)
}

/// What the column holds on other records or, if it refers to records, all that it could.
fn others(world: &World, cell: Cell) -> Vec<Option<Value>> {
    let mut references = catalogue::of(cell.kind).ones.iter();
    let rows = world.rows(cell.kind).iter();
    let mut values: Vec<Option<Value>> = match references.find(|one| one.column == cell.column) {
        Some(one) => {
            let keys = world.rows(one.kind).iter();
            let keys = keys.map(|row| Some(Value::Integer(row.id)));
            let absent = rows.filter(|row| row.get(cell.column).is_none());
            keys.chain(absent.map(|_| None)).collect()
        }
        None if cell.kind == Kind::PolicyRule => {
            // Of the lines only those that concern nobody may say something else.
            let lines = world.tables.policy.iter();
            let idle: Vec<i64> = lines
                .filter(|line| policy::is_idle(line))
                .map(|line| line.id)
                .collect();
            let rows = rows.filter(|row| idle.contains(&row.id) && idle.contains(&cell.row));
            rows.map(|row| row.get(cell.column).cloned()).collect()
        }
        None => rows.map(|row| row.get(cell.column).cloned()).collect(),
    };
    values.sort_unstable();
    values.dedup();
    values
}

/// Whether the column holds what it likes rather than a term.
fn is_free(kind: Kind, column: &str) -> bool {
    let listed = catalogue::of(kind);
    let mut references = listed.ones.iter();
    kind != Kind::PolicyRule
        && !listed.terms.contains(&column)
        && references.all(|one| one.column != column)
}

fn fresh(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Text(text) => Value::Text(format!("{text} 2")),
        Value::Boolean(yes) => Value::Boolean(!yes),
        Value::Date(day) => Value::Date(*day + Days::new(1)),
        Value::Instant(instant) => Value::Instant(*instant + TimeDelta::hours(1)),
    })
}

/// A personal value with the same mask.
fn alike(rng: &mut Rng, column: &str, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let part = |letters: &[char]| letters.iter().collect::<String>();
    let count = letters.len();
    let digits = rng.between(1000, 9999);
    match column {
        "phone" if count >= 11 => format!(
            "{}{digits}{}",
            part(&letters[..3]),
            part(&letters[count - 4..])
        ),
        "identity_number" if count >= 8 => {
            let (first, last) = (letters[0], letters[count - 1]);
            format!("{first}10105{digits}12310{digits}{last}")
        }
        "phone" | "identity_number" => digits.to_string(),
        "birth_date" => {
            let year = text.get(..4).and_then(|year| year.parse().ok());
            let day =
                year.and_then(|year| NaiveDate::from_yo_opt(year, rng.between(1, 365) as u32));
            day.expect("a day").to_string()
        }
        _ if count > 1 => format!("{}{}", letters[0], rng.pick(&["丽", "丽丽", "zhang", "2"])),
        _ => (*rng.pick(&["", "王", "z"])).to_owned(),
    }
}
