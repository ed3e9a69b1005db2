//! Bindings that begin and end by the clock, with nobody writing.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use support::Backend;

use super::watch::Watch;
use crate::world::World;

on_both_databases!(
    a_binding_ends_on_time,
    a_binding_begins_on_time,
    a_binding_in_the_past_or_the_future_gives_nothing,
);

/// Long enough for a watch to ask everything, on a busy machine too.
const AHEAD: TimeDelta = TimeDelta::milliseconds(1500);
/// The databases' clocks are read to the millisecond.
const BLUR: TimeDelta = TimeDelta::milliseconds(2);

async fn a_binding_ends_on_time(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;
    let end = limit(&world, "valid_until", Utc::now() + AHEAD).await;
    assert_eq!(watch.ask().await.staff(), ["Ann", "Bob", "Cai"]);

    until(end).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.facilities().is_empty());
    assert!(sight.staff().is_empty());
}

async fn a_binding_begins_on_time(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;
    let beginning = limit(&world, "valid_from", Utc::now() + AHEAD).await;
    assert!(watch.ask().await.staff().is_empty());

    until(beginning).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);
}

async fn a_binding_in_the_past_or_the_future_gives_nothing(backend: Backend) {
    let world = World::make(backend).await;
    for (column, hours) in [("valid_from", 1), ("valid_until", -1)] {
        limit(&world, column, Utc::now() + TimeDelta::hours(hours)).await;
        let answer = world
            .instance
            .ask("steward", "{ staff { totalCount } }")
            .await;
        assert_eq!(answer.total("staff"), 0, "{column}");
    }
}

/// Limits the steward's binding in time.
async fn limit(world: &World, column: &str, instant: DateTime<Utc>) -> DateTime<Utc> {
    let text = instant.to_rfc3339();
    let sql = format!("update role_binding set {column} = '{text}' where role = 'steward'");
    world.sql.run(&sql).await;
    instant
}

async fn until(instant: DateTime<Utc>) {
    let rest = instant + BLUR - Utc::now();
    tokio::time::sleep(rest.to_std().unwrap_or(Duration::ZERO)).await;
}
