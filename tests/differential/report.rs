//! What a failed case has to say.

use serde_json::Value as Json;

use crate::{
    case::{Shown, masked},
    expectation::Expectation,
    world::{World, in_force},
};

/// Where the response is not the one expected, if anywhere.
pub(crate) fn difference(expected: &Expectation, actual: &Shown) -> Option<String> {
    let refused = expected.refused.iter();
    let refused: Vec<_> = refused
        .map(|path| (path.clone(), "FORBIDDEN".to_owned()))
        .collect();
    let data = differing("", &expected.data, &masked(&actual.data));
    if data.is_none() && refused == actual.errors {
        return None;
    }
    let mut text = String::new();
    if let Some((path, expected, actual)) = data {
        text += &format!("at {path}\n  expected {expected}\n  actual   {actual}\n");
    }
    for (path, code) in refused
        .iter()
        .filter(|error| !actual.errors.contains(error))
    {
        text += &format!("missing error {code} at {path}\n");
    }
    for (path, code) in actual
        .errors
        .iter()
        .filter(|error| !refused.contains(error))
    {
        text += &format!("unexpected error {code} at {path}\n");
    }
    Some(text)
}

fn differing(path: &str, expected: &Json, actual: &Json) -> Option<(String, Json, Json)> {
    let whole = || Some((path.to_owned(), expected.clone(), actual.clone()));
    match (expected, actual) {
        (Json::Object(one), Json::Object(other)) if one.len() == other.len() => {
            one.iter().find_map(|(key, value)| match other.get(key) {
                Some(other) => differing(&format!("{path}/{key}"), value, other),
                None => whole(),
            })
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            let mut found =
                pairs.map(|(n, (one, other))| differing(&format!("{path}/{n}"), one, other));
            found.find_map(|difference| difference)
        }
        _ if expected == actual => None,
        _ => whole(),
    }
}

/// The policy of a world and what the user holds.
pub(crate) fn rights(world: &World, user: i64) -> String {
    let mut text = format!("policy\n{}user {user} holds\n", world.policy());
    for binding in world
        .tables
        .bindings
        .iter()
        .filter(|binding| binding.user_id == user)
    {
        let targets = [
            ("division", binding.division_id),
            ("facility", binding.facility_id),
            ("program", binding.program_id),
            ("partnership", binding.partnership_id),
        ];
        let targets = targets
            .iter()
            .filter_map(|(kind, id)| Some(format!("{kind} {}", (*id)?)));
        let target: String = targets.collect();
        let when = if in_force(binding) {
            ""
        } else {
            ", not in force"
        };
        text += &format!("  {} @ {target}{when}\n", binding.role);
    }
    text
}
