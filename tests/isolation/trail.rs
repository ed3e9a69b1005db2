//! The audit trail of the demonstration: what was done in places that auditors are told
//! apart by, by some of the personas.

use access::System;
use chrono::{TimeDelta, Utc};
use entity::audit_event;
use grassroots::seed::Dataset;
use grassroots_tests::record::{Record, Value};
use serde_json::Value as Json;

use crate::{
    table::{Kind, camel},
    world::{WORLD, global_id},
};

/// Divisions of the events: the nation, a province, counties within it and others.
const PLACES: [&str; 7] = ["0", "11", "110105", "110108", "210681", "41", "110105"];
const KINDS: [&str; 3] = ["person", "staff_member", "facility"];

/// The events.
pub(crate) fn of(data: &Dataset) -> Vec<audit_event::Model> {
    let division = |code: &str| data.divisions.iter().find(|row| row.code == code).unwrap();
    let first: chrono::DateTime<Utc> = "2020-09-01T00:00:00Z".parse().unwrap();
    let event = |id: i64| {
        let number = id as usize;
        audit_event::Model {
            id,
            at: first + TimeDelta::hours(id % 17),
            user_id: data.users[number * 5 % 9].id,
            action: ["read", "update", "reveal"][number % 3].to_owned(),
            kind: KINDS[number / 2 % 3].to_owned(),
            record_id: id,
            records: (id % 4 == 0).then(|| format!(" {id} {} ", id + 100)),
            columns: ["phone birth_date", "facility_id"][number % 2].to_owned(),
            division_id: division(PLACES[number % PLACES.len()]).id,
            bindings: ["", "1", "1 2"][number % 3].to_owned(),
            purpose: (id % 3 == 0).then(|| format!("purpose {id}")),
            request_id: (id % 5 != 0).then(|| format!("request-{}", id / 2)),
            address: (id % 7 != 0).then(|| format!("192.0.2.{id}")),
        }
    };
    (1..=40).map(event).collect()
}

/// Loads them.
pub(crate) async fn load(system: &System) {
    let mut load = system.load().await.unwrap();
    let loaded = load.insert::<audit_event::Entity>(WORLD.events.clone(), &|_| {});
    loaded.await.unwrap();
    load.commit().await.unwrap();
}

/// The name of the type: `staff_member` → `StaffMember`.
pub(crate) fn kind(event: &Record) -> Json {
    type_of(event).name().into()
}

fn type_of(event: &Record) -> Kind {
    let name = camel(text(event, "kind"));
    let mut kinds = Kind::ALL.iter();
    let found = kinds.find(|kind| kind.name().eq_ignore_ascii_case(&name));
    *found.unwrap()
}

pub(crate) fn records(event: &Record) -> Json {
    let one = event.key("record_id").unwrap().to_string();
    let keys = event
        .get("records")
        .map_or(one.as_str(), |_| text(event, "records"));
    ids(type_of(event), keys)
}

pub(crate) fn columns(event: &Record) -> Json {
    let columns = text(event, "columns").split_whitespace();
    let fields = columns.map(|column| camel(column.trim_end_matches("_id")));
    fields.collect::<Vec<_>>().into()
}

pub(crate) fn bindings(event: &Record) -> Json {
    ids(Kind::RoleBinding, text(event, "bindings"))
}

fn text<'a>(event: &'a Record, column: &str) -> &'a str {
    match event.get(column) {
        Some(Value::Text(text)) => text,
        other => panic!("{column} holds {other:?}"),
    }
}

fn ids(kind: Kind, keys: &str) -> Json {
    let keys = keys.split_whitespace().map(|key| key.parse().unwrap());
    let ids = keys.map(|key| global_id(kind, key));
    ids.collect::<Vec<_>>().into()
}
