//! Who reads the audit trail, and whom it shows.

use serde_json::{Value, json};
use support::Backend;

use super::{appoint, audited, listed, open};
use crate::world::{EAST, FAR, WEST, WEST_CENTER, World, division, global_id};

on_both_databases!(
    an_auditor_sees_the_events_of_the_subtree_and_no_others,
    nobody_else_sees_any,
    a_record_that_moved_is_told_of_on_both_sides,
    an_auditor_sees_who_acted_in_the_subtree_and_nobody_else,
    an_event_leads_to_no_record_that_is_not_open,
);

/// One event in each of two counties, by a steward of each.
async fn busy(backend: Backend) -> World {
    let world = audited(backend).await;
    appoint(&world, "west-steward", "steward", WEST).await;
    open(&world, "steward", &[1], "phone").await.good();
    open(&world, "west-steward", &[4], "phone").await.good();
    world
}

async fn an_auditor_sees_the_events_of_the_subtree_and_no_others(backend: Backend) {
    let world = busy(backend).await;
    appoint(&world, "near-auditor", "auditor", "31").await;
    let (east, west) = (global_id("Person", 1), global_id("Person", 4));
    for (auditor, people) in [
        ("auditor", vec![&east, &west]),
        ("near-auditor", vec![&east, &west]),
        ("east-auditor", vec![&east]),
        ("west-auditor", vec![&west]),
        ("far-auditor", vec![]),
    ] {
        let seen = listed(&world, auditor, "", "records").await;
        let expected: Vec<Value> = people.iter().map(|id| json!({ "records": [id] })).collect();
        assert_eq!(seen, expected, "{auditor}");
        let query = "{ auditEvents { totalCount } }";
        let answer = world.instance.ask(auditor, query).await;
        assert_eq!(
            answer.total("auditEvents"),
            people.len() as i64,
            "{auditor}"
        );
    }
    let ids = listed(&world, "auditor", "", "id").await;
    let node = |id: &Value| format!("{{ node(id: {id}) {{ ... on AuditEvent {{ action }} }} }}");
    for (auditor, shown) in [
        ("east-auditor", [true, false]),
        ("far-auditor", [false, false]),
    ] {
        for (event, shown) in ids.iter().zip(shown) {
            let answer = world.instance.ask(auditor, &node(&event["id"])).await;
            let expected = if shown {
                json!({ "action": "read" })
            } else {
                Value::Null
            };
            assert_eq!(answer.good()["node"], expected, "{auditor}");
        }
    }
    // What is not shown does not count in a filter either.
    let foreign = format!("(filter: {{ record: {{ eq: \"{west}\" }} }})");
    assert_eq!(
        listed(&world, "east-auditor", &foreign, "id").await,
        Vec::<Value>::new()
    );
}

async fn nobody_else_sees_any(backend: Backend) {
    let world = busy(backend).await;
    appoint(&world, "local", "administrator", EAST).await;
    appoint(&world, "statistician", "statistician", "0").await;
    let ids = listed(&world, "auditor", "", "id").await;
    for subject in [
        "administrator",
        "local",
        "analyst",
        "steward",
        "manager",
        "host",
        "sponsor",
        "statistician",
        "newcomer",
    ] {
        let seen = listed(&world, subject, "", "action").await;
        assert_eq!(seen, Vec::<Value>::new(), "{subject}");
        let query = format!("{{ node(id: {}) {{ id }} }}", ids[0]["id"]);
        let answer = world.instance.ask(subject, &query).await;
        assert_eq!(answer.good()["node"], Value::Null, "{subject}");
    }
}

async fn a_record_that_moved_is_told_of_on_both_sides(backend: Backend) {
    let world = audited(backend).await;
    let input = json!({
        "id": global_id("Facility", WEST_CENTER), "version": 1,
        "administeredBy": division(FAR), "locatedIn": division(FAR),
    });
    let query = "mutation($input: UpdateFacilityInput!) {
        updateFacility(input: $input) { facility { id } } }";
    let variables = json!({ "input": input });
    world
        .instance
        .ask_with("administrator", query, variables)
        .await
        .good();
    let expected = [json!({
        "action": "update", "kind": "Facility", "columns": ["administeredBy", "locatedIn"],
        "records": [global_id("Facility", WEST_CENTER)],
    })];
    for auditor in ["west-auditor", "far-auditor"] {
        let mut seen = listed(&world, auditor, "", "action kind columns records").await;
        for event in &mut seen {
            let columns = event["columns"].as_array_mut().unwrap();
            columns.sort_by_key(|column| column.to_string());
        }
        assert_eq!(seen, expected, "{auditor}");
    }
    let seen = listed(&world, "east-auditor", "", "id").await;
    assert_eq!(seen, Vec::<Value>::new());
}

async fn an_auditor_sees_who_acted_in_the_subtree_and_nobody_else(backend: Backend) {
    let world = busy(backend).await;
    let seen = listed(&world, "east-auditor", "", "user { name subject }").await;
    let expected = json!([{ "user": { "name": "The steward", "subject": "steward" } }]);
    assert_eq!(Value::from(seen), expected);
    let [east, west, analyst] = ["steward", "west-steward", "analyst"].map(async |subject| {
        let sql = format!("select id from app_user where subject = '{subject}'");
        global_id("User", world.sql.number(&sql).await)
    });
    let (east, west, analyst) = (east.await, west.await, analyst.await);
    for (auditor, user, name) in [
        ("east-auditor", &east, json!({ "name": "The steward" })),
        ("east-auditor", &west, Value::Null),
        ("east-auditor", &analyst, Value::Null),
        ("auditor", &east, json!({ "name": "The steward" })),
        ("auditor", &analyst, json!({ "name": "The analyst" })),
        ("far-auditor", &east, Value::Null),
    ] {
        let query = format!("{{ node(id: \"{user}\") {{ ... on User {{ name }} }} }}");
        let answer = world.instance.ask(auditor, &query).await;
        assert_eq!(answer.good()["node"], name, "{auditor} {user}");
    }
    // Whoever only acted there is opened, and not listed among those who hold a role there.
    let users = "{ users { nodes { name } } }";
    let answer = world.instance.ask("east-auditor", users).await;
    let holders = ["The steward", "The manager", "east-auditor"];
    assert_eq!(answer.names("users"), holders);
}

async fn an_event_leads_to_no_record_that_is_not_open(backend: Backend) {
    let world = busy(backend).await;
    let seen = listed(&world, "auditor", "", "records").await;
    for id in seen.iter().map(|event| &event["records"][0]) {
        let query = format!("{{ node(id: {id}) {{ id }} }}");
        let answer = world.instance.ask("auditor", &query).await;
        assert_eq!(answer.good()["node"], Value::Null);
    }
}
