//! Answers, and how one differs from another.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value as Json, json};

use crate::table::Kind;

pub(crate) use grassroots_tests::{REFUSED, answer as of};

/// An object of these members.
pub(crate) fn object(members: impl IntoIterator<Item = (String, Json)>) -> Json {
    Json::Object(Map::from_iter(members))
}

/// Where and how two answers differ, in a few lines; nothing where they don't.
pub(crate) fn difference(expected: &Json, came: &Json) -> Option<String> {
    let mut found = Vec::new();
    compare(expected, came, "", &mut found);
    const SHOWN: usize = 4;
    if found.len() > SHOWN {
        let more = found.len() - SHOWN;
        found.truncate(SHOWN);
        found.push(format!("and {more} more differences"));
    }
    (!found.is_empty()).then(|| found.join("\n    "))
}

fn compare(expected: &Json, came: &Json, path: &str, found: &mut Vec<String>) {
    match (expected, came) {
        (Json::Object(expected), Json::Object(came))
            if expected.len() == came.len()
                && expected.keys().all(|name| came.contains_key(name)) =>
        {
            for (name, value) in expected {
                compare(value, &came[name], &format!("{path}.{name}"), found);
            }
        }
        (Json::Array(expected), Json::Array(came)) if expected.len() == came.len() => {
            for (place, (expected, came)) in expected.iter().zip(came).enumerate() {
                compare(expected, came, &format!("{path}[{place}]"), found);
            }
        }
        (Json::Array(expected), Json::Array(came)) => {
            let only = |some: &[Json], others: &[Json]| {
                let only: Vec<&Json> = some.iter().filter(|one| !others.contains(one)).collect();
                brief(&json!(only))
            };
            found.push(format!(
                "{path}: expected {} items, came {}; missing {}; too many {}",
                expected.len(),
                came.len(),
                only(expected, came),
                only(came, expected),
            ));
        }
        (expected, came) if expected == came => {}
        (expected, came) => {
            found.push(format!(
                "{path}: expected {}, came {}",
                brief(expected),
                brief(came)
            ));
        }
    }
}

/// A value in at most a line, global ids as what they stand for.
fn brief(value: &Json) -> String {
    const LONGEST: usize = 160;
    let text = legible(value).to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn legible(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::from(record_of(text).unwrap_or_else(|| text.clone())),
        Json::Array(items) => items.iter().map(legible).collect(),
        Json::Object(members) => match (members.get("id"), members.len()) {
            (Some(id), 1) => legible(id),
            _ => object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), legible(value))),
            ),
        },
        other => other.clone(),
    }
}

/// `Facility:7` of its global id.
fn record_of(id: &str) -> Option<String> {
    let record = String::from_utf8(URL_SAFE_NO_PAD.decode(id).ok()?).ok()?;
    let (kind, _) = record.split_once(':')?;
    Kind::named(kind).is_some().then_some(record)
}
