//! Everything in the schema says what it is.

use serde_json::Value;
use support::Backend;

use super::tell_everything;
use crate::world::World;

const INTROSPECTION: &str = "{ __schema { types { name kind description
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description }
    enumValues(includeDeprecated: true) { name description }
    } } }";

/// What the language itself brings.
const SCALARS: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let world = World::make(Backend::Sqlite).await;
    let answers = tell_everything(&world, INTROSPECTION).await;
    let types = answers
        .iter()
        .flat_map(|answer| each(&answer["__schema"], "types"));
    let own = types.filter(|found| {
        let name = found["name"].as_str().unwrap();
        !name.starts_with("__") && !SCALARS.contains(&name)
    });
    let mut silent = Vec::new();
    let mut described = 0;
    for found in own {
        let name = found["name"].as_str().unwrap();
        check(found, name, &mut silent);
        for part in ["fields", "inputFields", "enumValues"] {
            for member in each(found, part) {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                check(member, &path, &mut silent);
                described += 1;
                for argument in each(member, "args") {
                    let path = format!("{path}({})", argument["name"].as_str().unwrap());
                    check(argument, &path, &mut silent);
                }
            }
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:#?}");
    assert!(described > 500);
}

fn each<'a>(parent: &'a Value, part: &str) -> impl Iterator<Item = &'a Value> {
    parent[part].as_array().into_iter().flatten()
}

fn check(described: &Value, path: &str, silent: &mut Vec<String>) {
    let text = described["description"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        silent.push(path.to_owned());
    }
}
