//! Records that callers make, change and take out of use.

pub(crate) mod chain;
mod input;
mod kill;
mod personal;
mod race;
mod rights;
mod staff;
mod ties;
mod trail;

use serde_json::{Value, json};

use crate::{
    instance::Answer,
    world::{World, global_id},
};

/// Runs a mutation that takes one input and shows what was written.
async fn change(world: &World, subject: &str, mutation: &str, input: Value) -> Answer {
    let (type_, shown) = (capital(mutation), payload(mutation));
    let query = format!(
        "mutation($input: {type_}Input!) {{ {mutation}(input: $input) {{ {shown} {{ id version active }} }} }}"
    );
    let variables = json!({ "input": input });
    world.instance.ask_with(subject, &query, variables).await
}

/// The name of an input: all that take records out of use share one.
fn capital(mutation: &str) -> String {
    if mutation.starts_with("deactivate") {
        return "Deactivate".to_owned();
    }
    let (first, rest) = mutation.split_at(1);
    first.to_uppercase() + rest
}

/// The field of the payload that shows the record.
fn payload(mutation: &str) -> String {
    let verbs = ["create", "update", "deactivate"];
    let name = verbs.iter().find_map(|verb| mutation.strip_prefix(verb));
    let (first, rest) = name.unwrap().split_at(1);
    first.to_lowercase() + rest
}

/// An input that changes this facility as it was loaded.
fn of_facility(key: i64, more: Value) -> Value {
    based_on(global_id("Facility", key), 1, more)
}

fn based_on(id: String, version: i32, more: Value) -> Value {
    let mut input = json!({ "id": id, "version": version });
    let fields = input.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    input
}

/// What all tables but the trail hold.
async fn checksum(world: &World) -> Vec<String> {
    world
        .sql
        .contents(&["audit_event", "audit_pending", "facility_delta"])
        .await
}

async fn events(world: &World) -> i64 {
    world.sql.number("select count(*) from audit_event").await
}
