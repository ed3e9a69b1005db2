//! What the viewer says is readable, against what is read.

use std::collections::{BTreeMap, HashMap, HashSet};

use grassroots::seed::PERSONAS;
use grassroots_tests::{Demonstration, Schema};
use serde_json::{Value, json};
use support::Backend;

on_both_databases!(what_the_viewer_says_is_readable_is_what_can_be_read);

/// Each type, and how one comes to records of it from the root: by the fewest lists and
/// references. The nation's administrator, who shows the way, opens no audit trail.
fn ways() -> BTreeMap<String, String> {
    let schema = Schema::read();
    let mut ways = BTreeMap::new();
    let mut ends = vec![("Query".to_owned(), String::new())];
    while !ends.is_empty() {
        let mut next = Vec::new();
        for (end, way) in ends {
            for field in schema.fields(&end) {
                let is_node = |name: &str| schema.nodes().any(|node| node == name);
                let (target, step) = match field.of.strip_suffix("Connection") {
                    Some(listed) => (listed, format!("{} {{ nodes", field.name)),
                    None => (field.of.as_str(), field.name.clone()),
                };
                let is_list = target != field.of;
                if !is_node(target) || !is_list && way.is_empty() || ways.contains_key(target) {
                    continue;
                }
                let way = match way.is_empty() {
                    true => step,
                    false => format!("{way} {{ {step}"),
                };
                ways.insert(target.to_owned(), way.clone());
                next.push((target.to_owned(), way));
            }
        }
        ends = next;
    }
    assert_eq!(ways.len(), schema.nodes().count());
    ways.remove("AuditEvent");
    ways
}

const READABLE: &str = "{ viewer { readable { name extent fields { name extent masked } } } }";

/// A type's values and references, as selections.
async fn fields(demonstration: &Demonstration, name: &str) -> HashMap<String, String> {
    let query = "query($name: String!) { __type(name: $name) { fields { name
        type { kind name ofType { kind name } } } } }";
    let ask = demonstration.ask("national-administrator", query, json!({ "name": name }));
    let found = ask.await.data.into_json().unwrap();
    let fields = found["__type"]["fields"].as_array().unwrap().iter();
    let selections = fields.filter_map(|field| {
        let field_name = field["name"].as_str().unwrap().to_owned();
        let of = match &field["type"]["ofType"] {
            Value::Null => &field["type"],
            inner => inner,
        };
        let target = of["name"].as_str().unwrap();
        let selection = match of["kind"].as_str().unwrap() {
            "OBJECT" if target.ends_with("Connection") => return None,
            "OBJECT" if target == "Participant" => format!("{field_name} {{ name }}"),
            "OBJECT" => format!("{field_name} {{ __typename }}"),
            _ => field_name.clone(),
        };
        Some((field_name, selection))
    });
    selections.collect()
}

/// Some records' ids, from both ends of the list.
async fn some(demonstration: &Demonstration, way: &str) -> Vec<Value> {
    let (list, rest) = way.split_once(' ').unwrap();
    let ends = "}".repeat(rest.matches('{').count());
    let query = format!(
        "{{ a: {list}(first: 40) {rest} {{ id }} {ends} b: {list}(last: 40) {rest} {{ id }} {ends} }}"
    );
    let ask = demonstration.ask("national-administrator", &query, json!({}));
    let answer = ask.await;
    assert!(answer.errors.is_empty(), "{query} {:?}", answer.errors);
    let mut ids = HashSet::new();
    gather(&answer.data.into_json().unwrap(), &mut ids);
    assert!(!ids.is_empty(), "{query}");
    ids.into_iter().take(200).collect()
}

fn gather(value: &Value, ids: &mut HashSet<Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, ids)),
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "id" => drop(ids.insert(value.clone())),
                    _ => gather(value, ids),
                }
            }
        }
        _ => {}
    }
}

async fn what_the_viewer_says_is_readable_is_what_can_be_read(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut masks = 0;
    for (name, way) in &ways() {
        let fields = fields(&demonstration, name).await;
        let ids = some(&demonstration, way).await;
        let selections: Vec<&str> = fields.values().map(String::as_str).collect();
        let query = format!(
            "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {name} {{ {} }} }} }}",
            selections.join(" ")
        );
        for persona in PERSONAS {
            let said = demonstration.ask(persona.name, READABLE, json!({})).await;
            let said = said.data.into_json().unwrap();
            let said = said["viewer"]["readable"].as_array().unwrap().iter();
            let said = said.clone().find(|known| known["name"] == *name).unwrap();
            let named: HashSet<&str> = said["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| field["name"].as_str().unwrap())
                .collect();
            assert_eq!(named, fields.keys().map(String::as_str).collect(), "{name}");

            let read = demonstration
                .ask(persona.name, &query, json!({ "ids": ids }))
                .await;
            let refused: HashSet<(usize, String)> = read
                .errors
                .iter()
                .map(|error| {
                    let path = serde_json::to_value(&error.path).unwrap();
                    let place = path[1].as_u64().unwrap() as usize;
                    (place, path[2].as_str().unwrap().to_owned())
                })
                .collect();
            let data = read.data.into_json().unwrap();
            let nodes = data["nodes"].as_array().unwrap();
            let open: Vec<usize> = (0..nodes.len())
                .filter(|place| !nodes[*place].is_null())
                .collect();
            let told = format!("{} {name}: {said}", persona.name);
            match said["extent"].as_str().unwrap() {
                "EVERY_RECORD" => assert_eq!(open.len(), nodes.len(), "{told}"),
                "NO_RECORD" => assert!(open.is_empty(), "{told}"),
                extent => assert_eq!(extent, "SOME_RECORDS"),
            }
            for field in said["fields"].as_array().unwrap() {
                let field_name = field["name"].as_str().unwrap();
                let is_refused = |place: &usize| refused.contains(&(*place, field_name.to_owned()));
                let shown = |place: &usize| nodes[*place][field_name].to_string();
                let is_masked = |place: &usize| shown(place).contains('*');
                let [extent, masked] =
                    ["extent", "masked"].map(|part| field[part].as_str().unwrap());
                match (extent, masked) {
                    ("EVERY_RECORD", _) => {
                        let any = open
                            .iter()
                            .any(|place| is_refused(place) || is_masked(place));
                        assert!(!any, "{told} {field}");
                    }
                    ("NO_RECORD", "NO_RECORD") => {
                        assert!(open.iter().all(is_refused), "{told} {field}");
                    }
                    ("NO_RECORD", "EVERY_RECORD") => {
                        let all = open.iter().all(|place| {
                            is_masked(place)
                                || nodes[*place][field_name].is_null() && !is_refused(place)
                        });
                        assert!(all, "{told} {field}");
                        masks += open.len();
                    }
                    _ => {}
                }
                if !open.is_empty() {
                    let extent = ["EVERY_RECORD", "SOME_RECORDS", "NO_RECORD"]
                        .into_iter()
                        .find(|known| *known == extent)
                        .unwrap();
                    *counts.entry(extent).or_default() += 1;
                }
            }
        }
    }
    // The demonstration has some of each, so that each is seen to be told apart.
    assert!(
        counts["EVERY_RECORD"] > 100 && counts["NO_RECORD"] > 10 && masks > 10,
        "{counts:?}, {masks} masked"
    );
}
