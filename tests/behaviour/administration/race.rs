//! Rights that several change at the same time.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use support::Backend;
use tokio::task::JoinSet;

use super::{administer, appoint, binding, user, world_with_administrators};
use crate::world::{EAST, EAST_CENTER, World, division, give, global_id};

on_both_databases!(
    two_administrators_can_not_remove_each_other,
    two_administrators_can_not_both_resign,
    an_appointment_is_made_once,
    rights_are_changed_while_many_write,
);

const ROUNDS: usize = 40;

/// One of them stays, whichever: also where both could see that the other is there.
async fn two_administrators_can_not_remove_each_other(backend: Backend) {
    let world = Arc::new(World::make(backend).await);
    give(&world, "newcomer", "administrator", "0").await;
    let mutations = ["revokeRole", "disableUser"];
    for round in 0..ROUNDS {
        let mut both = JoinSet::new();
        for (subject, other, mutation) in [
            ("administrator", "newcomer", mutations[round % 2]),
            ("newcomer", "administrator", mutations[round / 2 % 2]),
        ] {
            let id = match mutation {
                "revokeRole" => binding(&world, other, "administrator").await,
                _ => user(&world, other).await,
            };
            let world = world.clone();
            both.spawn(async move {
                let input = json!({ "id": id, "reason": "a quarrel" });
                administer(&world, subject, mutation, input).await.codes
            });
        }
        let codes = both.join_all().await;
        let done = codes.iter().filter(|codes| codes.is_empty()).count();
        assert_eq!(done, 1, "round {round}: {codes:?}");
        let left = "select count(*) from role_binding b join app_user u on u.id = b.user_id
            where b.role = 'administrator' and u.active and b.valid_until is null";
        assert_eq!(world.sql.number(left).await, 1, "round {round}");
        world
            .sql
            .run("update role_binding set valid_until = null where role = 'administrator'")
            .await;
        world.sql.run("update app_user set active = true").await;
    }
}

/// Neither touches a record of the other's, and each could see that the other is there.
async fn two_administrators_can_not_both_resign(backend: Backend) {
    let world = Arc::new(World::make(backend).await);
    give(&world, "newcomer", "administrator", "0").await;
    for round in 0..ROUNDS {
        let mut both = JoinSet::new();
        for subject in ["administrator", "newcomer"] {
            let id = binding(&world, subject, "administrator").await;
            let world = world.clone();
            both.spawn(async move {
                let input = json!({ "id": id, "reason": "a resignation" });
                administer(&world, subject, "revokeRole", input).await.codes
            });
        }
        let mut codes = both.join_all().await.concat();
        // Who has resigned no longer sees that it is done.
        codes.retain(|code| code == "CONFLICT");
        assert_eq!(codes, ["CONFLICT"], "round {round}");
        let restore = "update role_binding set valid_until = null where role = 'administrator'";
        world.sql.run(restore).await;
    }
}

async fn an_appointment_is_made_once(backend: Backend) {
    let world = Arc::new(world_with_administrators(backend).await);
    let mut several = JoinSet::new();
    for subject in [
        "near",
        "east",
        "administrator",
        "near",
        "east",
        "administrator",
    ] {
        let world = world.clone();
        several.spawn(async move {
            let input = appoint("somebody", "steward", ("division", division(EAST)));
            administer(&world, subject, "grantRole", input).await.codes
        });
    }
    let mut codes = several.join_all().await.concat();
    codes.sort();
    assert_eq!(codes, ["CONFLICT"; 5]);
    let accounts = "select count(*) from app_user where subject = 'somebody'";
    assert_eq!(world.sql.number(accounts).await, 1);
}

/// Writers come one after the other without a pause between them; who changes rights gets a
/// turn among them.
async fn rights_are_changed_while_many_write(backend: Backend) {
    let world = Arc::new(world_with_administrators(backend).await);
    let mut writers = JoinSet::new();
    for _ in 0..12 {
        let world = world.clone();
        writers.spawn(async move {
            loop {
                // Of no version, so that it is refused at the very end.
                let input = json!({
                    "id": global_id("Facility", EAST_CENTER), "version": 0, "bedsActual": 1,
                });
                let query = "mutation($input: UpdateFacilityInput!) {
                    updateFacility(input: $input) { facility { id } } }";
                let variables = json!({ "input": input });
                world.instance.ask_with("steward", query, variables).await;
            }
        });
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    for round in 0..5 {
        let input = json!({
            "section": "g", "values": [format!("role:role-{round}"), "role:member"],
            "reason": "a new role",
        });
        administer(&world, "administrator", "addPolicyRule", input)
            .await
            .good();
    }
    writers.abort_all();
    // Far above what it takes, and far below what it took when it had no turn of its own.
    assert!(begun.elapsed() < Duration::from_secs(30));
}
