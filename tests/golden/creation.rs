//! Where a caller may make records, and with which fields.

use std::sync::atomic::{AtomicI32, Ordering};

use grassroots_tests::{REFUSED, global_id};
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    change::{target, value},
    finding::{Action, Findings},
    shape::SCHEMA,
    world,
};

/// Makes a record of a type wherever one may belong, and for each field that may be left
/// out another with it.
pub(crate) async fn run(caller: &Caller<'_>, kind: &str, findings: &mut Findings) {
    let fields = SCHEMA.fields(&format!("Create{kind}Input"));
    let places = places(kind);
    let optional = fields.iter().filter(|field| !field.needed);
    let ways = std::iter::once(None).chain(optional.map(Some));
    for way in ways {
        let path = match way {
            Some(field) => format!("{kind}.{}", field.name),
            None => kind.to_owned(),
        };
        findings.reached(&path, Action::Create, [], places.len());
        for (number, place) in places.iter().enumerate() {
            let mut input = place.clone();
            for field in fields.iter().filter(|field| field.needed) {
                if input[&field.name].is_null() {
                    input[&field.name] = value(kind, field);
                }
            }
            if let Some(field) = way {
                // Where it belongs already stands in its place.
                if !input[&field.name].is_null() {
                    continue;
                }
                input[&field.name] = value(kind, field);
            }
            // The facility tells the division.
            if !input["facility"].is_null() && kind == "Enrollment" {
                input["division"] = Json::Null;
            }
            make_unique(&mut input);
            if is_made(caller, kind, &input).await {
                NEXT.fetch_add(1, Ordering::Relaxed);
                let place = number.to_string();
                findings.reached(&path, Action::Create, [place.as_str()], places.len());
            }
        }
    }
}

async fn is_made(caller: &Caller<'_>, kind: &str, input: &Json) -> bool {
    let operation = format!(
        "mutation($input: Create{kind}Input!) {{ made: create{kind}(input: $input) {{ __typename }} }}"
    );
    let answer = caller.ask(&operation, json!({ "input": input })).await;
    match &answer["made"] {
        Json::Object(_) => true,
        refused if refused == REFUSED => false,
        // Of what it refers to.
        Json::String(absent) if absent.starts_with("«NOT_FOUND") => false,
        // Each has a record, and who might open one is told that it is taken.
        Json::String(taken) if kind == "StaffMember" && taken.starts_with("«CONFLICT") => true,
        // A stage of another program, say.
        Json::String(odd) if odd.contains("does not belong together") => false,
        other => panic!("create{kind} {input}: {other}"),
    }
}

/// What a record is given to belong somewhere.
fn places(kind: &str) -> Vec<Json> {
    let each = |field: &'static str| {
        let ids = ids(target(kind, field)).into_iter();
        ids.map(move |id| json!({ field: id }))
    };
    match kind {
        "Facility" => {
            let divisions = ids("Division").into_iter();
            let place = |id| json!({ "locatedIn": id, "administeredBy": id });
            divisions.map(place).collect()
        }
        "Enrollment" => {
            let person = global_id("Person", world::keys("Person")[0]);
            let of_division = |mut place: Json| {
                place["person"] = json!(person);
                place
            };
            each("division").map(of_division).collect()
        }
        "Employment" => {
            let person = global_id("Person", world::keys("Person")[0]);
            let of_person = |mut place: Json| {
                place["person"] = json!(person);
                place
            };
            each("facility").map(of_person).collect()
        }
        "StaffMember" => {
            let of_record = |(person, employment)| {
                let employment = global_id("Employment", employment);
                json!({ "person": global_id("Person", person), "mainEmployment": employment })
            };
            world::employed().map(of_record).collect()
        }
        // By the first record that it must name, if there is one.
        kind => {
            let fields = SCHEMA.fields(&format!("Create{kind}Input")).iter();
            let mut links = fields.filter(|field| field.needed && field.of == "ID");
            match links.next() {
                Some(link) => each(&link.name).collect(),
                None => vec![json!({})],
            }
        }
    }
}

/// The number of the next record that is made.
static NEXT: AtomicI32 = AtomicI32::new(100);

/// Gives what must be unique a value that nothing else has.
fn make_unique(input: &mut Json) {
    let next = NEXT.load(Ordering::Relaxed);
    if !input["code"].is_null() {
        input["code"] = json!(format!("CODE-{next}"));
    }
    if !input["subject"].is_null() {
        input["subject"] = json!(format!("SUBJECT-{next}"));
    }
    if !input["ordinal"].is_null() {
        input["ordinal"] = json!(next);
    }
}
