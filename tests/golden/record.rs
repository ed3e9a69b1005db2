//! What may be read of records, field by field.

use grassroots_tests::{Field, REFUSED};
use serde_json::Value as Json;

use crate::{
    caller::Caller,
    finding::{Action, Findings},
    shape::{SCHEMA, Shape},
    world,
};

/// Reads every field of every record that the caller may open.
pub(crate) async fn read(caller: &Caller<'_>, findings: &mut Findings) {
    for kind in SCHEMA.nodes() {
        let records = caller.open(kind, &selection(kind)).await;
        let opened = records.iter().map(|record| record["id"].as_str().unwrap());
        findings.reached(kind, Action::Open, opened, world::keys(kind).len());
        expect(kind, kind, findings);
        for record in &records {
            look(kind, kind, record, findings);
        }
    }
}

/// All of an object's fields; of other records only that they are there.
pub(crate) fn selection(object: &str) -> String {
    let fields = SCHEMA.fields(object).iter().map(|field| {
        let name = &field.name;
        match Shape::of(field) {
            Shape::Value => name.clone(),
            Shape::One(_) => format!("{name} {{ id }}"),
            Shape::Many(_) => format!("{name}(first: 200) {{ nodes {{ id }} }}"),
            Shape::Part => format!("{name} {{ {} }}", selection(&field.of)),
        }
    });
    fields.collect::<Vec<_>>().join(" ")
}

/// Notes that an object's fields are asked for.
pub(crate) fn expect(object: &str, path: &str, findings: &mut Findings) {
    for field in SCHEMA.fields(object) {
        let path = format!("{path}.{}", field.name);
        match Shape::of(field) {
            Shape::Value | Shape::One(_) => findings.tried(&path, Action::Read),
            Shape::Many(_) => findings.tried(&path, Action::List),
            Shape::Part => expect(&field.of, &path, findings),
        }
    }
}

/// Notes what came of an object's fields.
pub(crate) fn look(object: &str, path: &str, value: &Json, findings: &mut Findings) {
    for field in SCHEMA.fields(object) {
        let path = format!("{path}.{}", field.name);
        let value = &value[&field.name];
        match Shape::of(field) {
            Shape::Value | Shape::One(_) => {
                findings.came(&path, Action::Read, word(field, value));
            }
            Shape::Many(_) if value == REFUSED => findings.came(&path, Action::List, "refused"),
            Shape::Many(kind) => {
                findings.reached(&path, Action::List, listed(value), world::keys(kind).len());
            }
            Shape::Part => match value {
                Json::Array(values) => {
                    for value in values {
                        look(&field.of, &path, value, findings);
                    }
                }
                Json::Object(_) => look(&field.of, &path, value, findings),
                value => findings.came(&path, Action::Read, word(field, value)),
            },
        }
    }
}

/// The ids on a page.
pub(crate) fn listed(page: &Json) -> impl Iterator<Item = &str> {
    let nodes = page["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("no page: {page}")).iter();
    nodes.map(|node| node["id"].as_str().unwrap())
}

fn word(field: &Field, value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::String(text) if text == REFUSED => "refused",
        Json::String(text) if text.starts_with('«') => panic!("{}: {text}", field.name),
        Json::String(text) if field.of == "PersonalText" && text.contains('*') => "masked",
        _ => "clear",
    }
}
