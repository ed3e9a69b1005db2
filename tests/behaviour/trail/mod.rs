//! The audit trail: what is written into it of reading, and who reads it.

mod list;
mod reading;
mod sight;

use grassroots_tests::global_id;
use serde_json::{Value, json};
use support::Backend;

use crate::{
    instance::Answer,
    world::{EAST, FAR, WEST, World, give},
};

/// A world where the nation and three counties have an auditor each.
async fn audited(backend: Backend) -> World {
    let world = World::make(backend).await;
    for (auditor, code) in [
        ("auditor", "0"),
        ("east-auditor", EAST),
        ("west-auditor", WEST),
        ("far-auditor", FAR),
    ] {
        appoint(&world, auditor, "auditor", code).await;
    }
    world
}

/// Makes an account and gives it a role at a division.
async fn appoint(world: &World, subject: &str, role: &str, code: &str) {
    let account = format!(
        "insert into app_user (issuer, subject, name, active, binding_epoch)
         select issuer, '{subject}', '{subject}', true, 0 from app_user where subject = 'steward'"
    );
    world.sql.run(&account).await;
    give(world, subject, role, code).await;
}

/// What a list of events shows of each: it takes `arguments`, in brackets if there are any.
async fn listed(world: &World, auditor: &str, arguments: &str, fields: &str) -> Vec<Value> {
    let query = format!("{{ auditEvents{arguments} {{ nodes {{ {fields} }} }} }}");
    let answer = world.instance.ask(auditor, &query).await;
    let nodes = &answer.good()["auditEvents"]["nodes"];
    nodes.as_array().unwrap().clone()
}

/// What was opened of people by their keys.
async fn open(world: &World, subject: &str, people: &[i64], fields: &str) -> Answer {
    let query =
        format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Person {{ {fields} }} }} }}");
    let ids: Vec<String> = people.iter().map(|key| global_id("Person", *key)).collect();
    let variables = json!({ "ids": ids });
    world.instance.ask_with(subject, &query, variables).await
}

async fn events(world: &World) -> i64 {
    world.sql.number("select count(*) from audit_event").await
}
