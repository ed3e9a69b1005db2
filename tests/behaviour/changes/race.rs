//! Changes at the same time, by one and by several, and while rights are taken back.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use support::Backend;
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{change, of_facility};
use crate::{
    database::Sql,
    world::{EAST, EAST_CENTER, World, give, global_id},
};

on_both_databases!(
    a_version_is_followed_by_one_other,
    nothing_is_written_after_the_right_to_it_was_taken_back,
    a_change_that_nobody_waits_for_any_more_takes_nothing_along,
);

async fn a_version_is_followed_by_one_other(backend: Backend) {
    let world = Arc::new(World::make(backend).await);
    for version in 1..=20 {
        let mut writers = JoinSet::new();
        for beds in 0..8 {
            let world = world.clone();
            writers.spawn(async move {
                let mut input = of_facility(EAST_CENTER, json!({ "bedsActual": beds }));
                input["version"] = json!(version);
                change(&world, "steward", "updateFacility", input)
                    .await
                    .codes
            });
        }
        let mut codes = writers.join_all().await.concat();
        codes.sort();
        assert_eq!(codes, ["CONFLICT"; 7], "version {version}");
    }
    let written = "select count(*) from facility where id = 1 and version = 21";
    assert_eq!(world.sql.number(written).await, 1);
    let noted = "select count(*) from audit_event";
    assert_eq!(world.sql.number(noted).await, 20);
}

const SCHEDULES: u64 = 1_000;

/// In each schedule somebody holds the record for a moment, a steward writes it, and the
/// steward's role is taken away: whoever sees that it is gone sees the last of the writes.
async fn nothing_is_written_after_the_right_to_it_was_taken_back(backend: Backend) {
    let world = Arc::new(World::make(backend).await);
    let holder = Sql::single(&world.url).await;
    let version = "select cast(version as bigint) from facility where id = 1";
    let revoke = "delete from role_binding
        where user_id = (select id from app_user where subject = 'newcomer')";
    let (mut written, mut refused) = (0, 0);
    for schedule in 0..SCHEDULES {
        give(&world, "newcomer", "steward", EAST).await;
        let [held, asked, taken] = moments(schedule);
        let begin = match backend {
            Backend::Sqlite => "begin immediate",
            Backend::Postgres => "begin",
        };
        holder.run(begin).await;
        holder
            .run("update facility set beds_approved = 1 where id = 1")
            .await;
        let current = world.sql.number(version).await;
        let writer = tokio::spawn({
            let world = world.clone();
            async move {
                sleep(asked).await;
                let mut input = of_facility(EAST_CENTER, json!({ "bedsActual": 5 }));
                input["version"] = json!(current);
                change(&world, "newcomer", "updateFacility", input).await
            }
        });
        let revoker = tokio::spawn({
            let world = world.clone();
            async move {
                sleep(taken).await;
                world.sql.run(revoke).await;
                world.sql.number(version).await
            }
        });
        sleep(held).await;
        holder.run("commit").await;
        let answer = writer.await.unwrap();
        let seen = revoker.await.unwrap();
        let last = world.sql.number(version).await;
        assert_eq!(seen, last, "schedule {schedule}: {answer:?}");
        // Who is not answered because the right is gone is told what stands.
        let stands = answer.codes == ["STALE_POLICY"] && answer.messages[0].contains("stands");
        match answer.codes.as_slice() {
            [] => written += 1,
            _ if stands => written += 1,
            [code] if ["FORBIDDEN", "NOT_FOUND"].contains(&code.as_str()) => refused += 1,
            other => panic!("schedule {schedule}: {other:?} {:?}", answer.messages),
        }
        assert_eq!(last, current + i64::from(answer.codes.is_empty() || stands));
    }
    assert!(written > 50 && refused > 50, "{written} {refused}");
}

/// For how long the record is held, and when the others begin, within some milliseconds.
fn moments(schedule: u64) -> [Duration; 3] {
    let mut state = schedule.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    [8, 4, 8].map(|most| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Duration::from_micros(state % (most * 1_000))
    })
}

const REVEAL: &str = "mutation($input: RevealPersonalDataInput!) {
    revealPersonalData(input: $input) { phone }
}";

/// Changes are given up at any point while personal data is revealed over the same
/// connections: who is answered is in the trail.
async fn a_change_that_nobody_waits_for_any_more_takes_nothing_along(backend: Backend) {
    let world = Arc::new(World::make(backend).await);
    // Another version is refused, after all that comes before.
    let refused = async |world: &World| {
        let mut input = of_facility(EAST_CENTER, json!({ "bedsActual": 1 }));
        input["version"] = json!(99);
        change(world, "steward", "updateFacility", input).await
    };
    let reveal = async |world: &World| {
        let input = json!({
            "person": global_id("Person", 1), "fields": ["PHONE"], "purpose": "a transfer",
        });
        let variables = json!({ "input": input });
        let instance = &world.instance;
        instance.ask_with("administrator", REVEAL, variables).await
    };
    // What is read once is known from here on.
    assert_eq!(refused(&world).await.codes, ["CONFLICT"]);
    reveal(&world).await.good();
    let quitter = tokio::spawn({
        let world = world.clone();
        async move {
            for schedule in 0.. {
                let [_, _, moment] = moments(schedule);
                let _ = timeout(moment, refused(&world)).await;
            }
        }
    });
    for _ in 0..REVEALS {
        reveal(&world).await.good();
    }
    quitter.abort();
    // As another connection sees it.
    let other = Sql::connect(&world.url).await;
    let noted = "select count(*) from audit_event where action = 'reveal'";
    assert_eq!(other.number(noted).await, REVEALS + 1);
    let input = of_facility(EAST_CENTER, json!({ "bedsActual": 3 }));
    change(&world, "steward", "updateFacility", input)
        .await
        .good();
}

const REVEALS: i64 = 100;
