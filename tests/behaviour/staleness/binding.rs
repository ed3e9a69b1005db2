//! Bindings given, moved and taken away.

use access::Interval;
use support::Backend;

use super::watch::Watch;
use crate::world::{EAST, WEST, World, give};

on_both_databases!(
    a_revoked_binding_shows_nothing_more,
    a_binding_shows_its_rows_as_soon_as_it_is_given,
    a_binding_that_is_added_to_others_adds_its_rows_at_once,
    a_binding_moved_to_another_target_shows_only_that,
    a_binding_of_another_role_gives_only_what_that_role_may,
    a_binding_moved_to_another_user_leaves_the_first,
);

/// Key of the division with this code.
fn key(code: &str) -> i64 {
    Interval::of_code(code).unwrap().first
}

async fn give_newcomer(world: &World, role: &str, code: &str) {
    give(world, "newcomer", role, code).await;
}

async fn a_revoked_binding_shows_nothing_more(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;
    let sight = watch.look().await;
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);
    assert!(!sight.was_run_again());

    world
        .sql
        .run("delete from role_binding where role = 'steward'")
        .await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.facilities().is_empty());
    assert!(sight.staff().is_empty());
    assert_eq!(sight.viewer()["bindings"]["totalCount"], 0);
}

async fn a_binding_shows_its_rows_as_soon_as_it_is_given(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "newcomer").await;
    assert!(watch.look().await.facilities().is_empty());

    give_newcomer(&world, "steward", WEST).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(sight.facilities(), ["West Center"]);
    assert_eq!(sight.staff(), ["Dan"]);
    assert_eq!(sight.viewer()["bindings"]["totalCount"], 1);
}

async fn a_binding_that_is_added_to_others_adds_its_rows_at_once(backend: Backend) {
    let world = World::make(backend).await;
    give_newcomer(&world, "steward", WEST).await;
    let watch = Watch::begin(&world, "newcomer").await;

    give_newcomer(&world, "steward", EAST).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(
        sight.facilities(),
        ["East Center", "East Clinic", "West Center"]
    );
}

async fn a_binding_moved_to_another_target_shows_only_that(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    let west = key(WEST);
    let sql = format!("update role_binding set division_id = {west} where role = 'steward'");
    world.sql.run(&sql).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(sight.facilities(), ["West Center"]);
    assert_eq!(sight.staff(), ["Dan"]);
}

async fn a_binding_of_another_role_gives_only_what_that_role_may(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    world
        .sql
        .run("update role_binding set role = 'statistician' where role = 'steward'")
        .await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.facilities().is_empty());
    assert!(sight.staff().is_empty());
}

async fn a_binding_moved_to_another_user_leaves_the_first(backend: Backend) {
    let world = World::make(backend).await;
    let steward = Watch::begin(&world, "steward").await;
    let newcomer = Watch::begin(&world, "newcomer").await;

    world
        .sql
        .run(
            "update role_binding set user_id = (select id from app_user where subject = 'newcomer')
             where role = 'steward'",
        )
        .await;

    assert!(steward.look().await.facilities().is_empty());
    assert_eq!(
        newcomer.look().await.facilities(),
        ["East Center", "East Clinic"]
    );
}
