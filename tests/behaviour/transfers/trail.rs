//! What the audit trail holds of transfers.

use serde_json::{Value, json};
use support::Backend;

use super::{EASTERN, NATIONAL, WESTERN, hired, let_go, stewards, taken_in, transfer};
use crate::world::{EAST, WEST, WEST_CENTER, World, give};

on_both_databases!(
    both_sides_find_their_part,
    reading_a_candidates_number_is_written_down,
);

/// What an auditor finds, but for what was read.
async fn found(world: &World, auditor: &str) -> Vec<(Value, Value, Value, Value)> {
    let query = "{ auditEvents(filter: { not: { action: { eq: \"read\" } } }) { nodes {
        action kind columns user { subject } } } }";
    let answer = world.instance.ask(auditor, query).await;
    let nodes = answer.good()["auditEvents"]["nodes"].as_array().unwrap();
    let told = nodes.iter().map(|event| {
        let part = |name: &str| event[name].clone();
        (
            event["user"]["subject"].clone(),
            part("action"),
            part("kind"),
            part("columns"),
        )
    });
    told.collect()
}

async fn both_sides_find_their_part(backend: Backend) {
    let world = stewards(backend).await;
    give(&world, "manager", "auditor", EAST).await;
    give(&world, "analyst", "auditor", WEST).await;
    let id = let_go(&world, 2, WEST).await;
    transfer(
        &world,
        WESTERN,
        "acceptTransfer",
        taken_in(&id, WEST_CENTER),
    )
    .await
    .good();
    let event = |subject: &str, action: &str, kind: &str, columns: Value| {
        (json!(subject), json!(action), json!(kind), columns)
    };
    let ended = event(WESTERN, "update", "Employment", json!(["endedOn"]));
    let moved = event(WESTERN, "update", "StaffMember", json!(["mainEmployment"]));
    let asked = json!(["division", "person", "from", "startsOn"]);
    let offered = event(EASTERN, "create", "Transfer", asked.clone());
    let left = [offered.clone(), ended, moved.clone()];
    assert_eq!(found(&world, "manager").await, left);
    let post = [
        "facility",
        "employer",
        "tenure",
        "keyPost",
        "titleEngaged",
        "person",
        "main",
        "startedOn",
    ];
    let decided = [
        "status",
        "active",
        "facility",
        "tenure",
        "keyPost",
        "titleEngaged",
    ];
    let expected = [
        event(EASTERN, "create", "Transfer", asked),
        event(WESTERN, "create", "Employment", json!(post)),
        moved,
        event(WESTERN, "update", "Transfer", json!(decided)),
    ];
    assert_eq!(found(&world, "analyst").await, expected);
    // What comes to nothing is told to both as well.
    let id = let_go(&world, 1, WEST).await;
    let declined = json!({ "id": id, "version": 1, "reason": "no post is free" });
    transfer(&world, WESTERN, "declineTransfer", declined)
        .await
        .good();
    let declined = event(WESTERN, "update", "Transfer", json!(["status", "active"]));
    for auditor in ["manager", "analyst"] {
        let told = found(&world, auditor).await;
        let last = told.last_chunk().unwrap();
        assert_eq!(last, &[offered.clone(), declined.clone()], "{auditor}");
    }
    // Each says by which role.
    let nameless = "select count(*) from audit_event where bindings = ''";
    assert_eq!(world.sql.number(nameless).await, 0);
}

async fn reading_a_candidates_number_is_written_down(backend: Backend) {
    let world = stewards(backend).await;
    let id = hired(&world, "99000019900101001X").await;
    let read = "select count(*) from audit_event where action = 'read' and kind = 'transfer'
        and columns = 'identity_number' and record_id = 1";
    // The answer to who asked tells it, too.
    assert_eq!(world.sql.number(read).await, 1);
    let query = format!("{{ node(id: {id}) {{ ... on Transfer {{ name identityNumber }} }} }}");
    let answer = world.instance.ask(NATIONAL, &query).await;
    let masked = json!({ "name": "Dan", "identityNumber": "9****************X" });
    assert_eq!(answer.good()["node"], masked);
    assert_eq!(world.sql.number(read).await, 1);
    world.instance.ask(EASTERN, &query).await.good();
    assert_eq!(world.sql.number(read).await, 2);
    // In the database it is sealed.
    let plain = "select count(*) from transfer where identity_number is not null
        and identity_number_digest is not null and cast(identity_number as text) not like '%9900001%'";
    assert_eq!(world.sql.number(plain).await, 1);
}
