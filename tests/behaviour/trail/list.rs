//! Lists of events: what they may be filtered by, and how they are ordered.

use serde_json::{Value, json};
use support::Backend;

use super::{audited, listed, open};
use crate::world::{EAST, EAST_CENTER, World, global_id};

on_both_databases!(
    events_are_found_by_what_they_say,
    events_stand_in_the_order_of_time,
    pages_of_events_follow_each_other,
    a_condition_that_says_nothing_known_is_refused_or_finds_nothing,
);

/// A change, a reading of three people and one of another county.
async fn busy(backend: Backend) -> World {
    let world = audited(backend).await;
    let input = json!({ "id": global_id("Facility", EAST_CENTER), "version": 1, "name": "East" });
    let query = "mutation($input: UpdateFacilityInput!) {
        updateFacility(input: $input) { facility { id } } }";
    let variables = json!({ "input": input });
    let changed = world.instance.ask_with("steward", query, variables);
    changed.await.good();
    open(&world, "steward", &[1, 2, 3], "phone").await.good();
    super::give(&world, "newcomer", "steward", super::WEST).await;
    open(&world, "newcomer", &[4], "phone").await.good();
    world
}

async fn found(world: &World, filter: &str) -> Vec<i64> {
    let all = listed(world, "auditor", "", "id").await;
    let found = listed(world, "auditor", &format!("(filter: {filter})"), "id").await;
    let place = |event: &Value| all.iter().position(|known| known == event).unwrap() as i64;
    found.iter().map(place).collect()
}

async fn events_are_found_by_what_they_say(backend: Backend) {
    let world = busy(backend).await;
    let person = |key| global_id("Person", key);
    let facility = global_id("Facility", EAST_CENTER);
    let steward = world
        .sql
        .number("select id from app_user where subject = 'steward'");
    let steward = global_id("User", steward.await);
    for (filter, expected) in [
        ("{}", vec![0, 1, 2]),
        ("{ action: { eq: \"read\" } }", vec![1, 2]),
        ("{ kind: { eq: \"Facility\" } }", vec![0]),
        (
            "{ kind: { in: [\"Facility\", \"Person\"] } }",
            vec![0, 1, 2],
        ),
        (
            &format!("{{ division: {{ within: \"{EAST}\" }} }}"),
            vec![0, 1],
        ),
        (
            &format!("{{ user: {{ id: {{ eq: \"{steward}\" }} }} }}"),
            vec![0, 1],
        ),
        ("{ user: { subject: { eq: \"newcomer\" } } }", vec![2]),
        (
            &format!("{{ record: {{ eq: \"{}\" }} }}", person(2)),
            vec![1],
        ),
        (
            &format!("{{ record: {{ eq: \"{}\" }} }}", person(4)),
            vec![2],
        ),
        (
            &format!(
                "{{ record: {{ in: [\"{}\", \"{facility}\"] }} }}",
                person(4)
            ),
            vec![0, 2],
        ),
        // Another type's record of the same key.
        (
            &format!(
                "{{ record: {{ eq: \"{}\" }} }}",
                global_id("StaffMember", 2)
            ),
            vec![],
        ),
        ("{ record: { in: [] } }", vec![]),
        (
            &format!("{{ not: {{ record: {{ eq: \"{}\" }} }} }}", person(2)),
            vec![0, 2],
        ),
        (
            "{ at: { gte: \"2020-01-01T00:00:00Z\", lt: \"2990-01-01T00:00:00Z\" } }",
            vec![0, 1, 2],
        ),
        ("{ at: { lt: \"2020-01-01T00:00:00Z\" } }", vec![]),
        ("{ requestId: { isNull: true } }", vec![0, 1, 2]),
    ] {
        assert_eq!(found(&world, filter).await, expected, "{filter}");
    }
}

async fn events_stand_in_the_order_of_time(backend: Backend) {
    let world = busy(backend).await;
    let rising = listed(&world, "auditor", "(orderBy: AT_ASC)", "at").await;
    let times: Vec<&str> = rising
        .iter()
        .map(|event| event["at"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted() && times.len() == 3, "{times:?}");
    let written = listed(&world, "auditor", "", "at").await;
    assert_eq!(written, rising);
    for falling in ["(orderBy: AT_DESC)", "(orderBy: OFFICIAL_DESC)"] {
        let mut falling = listed(&world, "auditor", falling, "at").await;
        falling.reverse();
        assert_eq!(falling, rising);
    }
}

async fn pages_of_events_follow_each_other(backend: Backend) {
    let world = busy(backend).await;
    let mut seen = Vec::new();
    let mut after = Value::Null;
    for _ in 0..3 {
        let query =
            "query($after: String) { auditEvents(first: 1, after: $after, orderBy: AT_DESC) {
            nodes { id } pageInfo { endCursor } } }";
        let answer = world
            .instance
            .ask_with("auditor", query, json!({ "after": after }));
        let answer = answer.await;
        let page = &answer.good()["auditEvents"];
        seen.push(page["nodes"][0].clone());
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(
        seen,
        listed(&world, "auditor", "(orderBy: AT_DESC)", "id").await
    );
}

async fn a_condition_that_says_nothing_known_is_refused_or_finds_nothing(backend: Backend) {
    let world = busy(backend).await;
    assert_eq!(
        found(&world, "{ kind: { eq: \"Secret\" } }").await,
        Vec::<i64>::new()
    );
    let query = "{ auditEvents(filter: { record: { eq: \"?\" } }) { totalCount } }";
    let answer = world.instance.ask("auditor", query).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}
