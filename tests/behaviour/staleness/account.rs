//! Accounts disabled, renamed, handed over and deleted.

use support::Backend;

use super::watch::Watch;
use crate::world::World;

on_both_databases!(
    a_disabled_user_is_nobody_until_enabled_again,
    a_subject_that_is_taken_away_is_nobody,
    a_subject_that_is_handed_over_has_the_other_users_rights,
    a_deleted_user_is_nobody,
    a_deleted_user_stays_nobody_when_another_account_gets_the_key,
    a_changed_name_is_shown_at_once,
);

async fn a_disabled_user_is_nobody_until_enabled_again(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    world
        .sql
        .run("update app_user set active = false where subject = 'steward'")
        .await;
    assert!(watch.look().await.is_nobodys());

    world
        .sql
        .run("update app_user set active = true where subject = 'steward'")
        .await;
    assert_eq!(
        watch.look().await.facilities(),
        ["East Center", "East Clinic"]
    );
}

async fn a_subject_that_is_taken_away_is_nobody(backend: Backend) {
    let world = World::make(backend).await;
    let before = Watch::begin(&world, "steward").await;
    let after = Watch::begin(&world, "keeper").await;
    assert!(after.look().await.is_nobodys());

    world
        .sql
        .run("update app_user set subject = 'keeper' where subject = 'steward'")
        .await;

    assert!(before.look().await.is_nobodys());
    assert_eq!(
        after.look().await.facilities(),
        ["East Center", "East Clinic"]
    );
}

async fn a_subject_that_is_handed_over_has_the_other_users_rights(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    world
        .sql
        .run(
            "update app_user set subject = 'keeper' where subject = 'steward';
             update app_user set subject = 'steward' where subject = 'newcomer'",
        )
        .await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.facilities().is_empty());
    assert_eq!(sight.viewer()["name"], "The newcomer");
}

async fn a_deleted_user_is_nobody(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    world
        .sql
        .run("delete from app_user where subject = 'steward'")
        .await;

    assert!(watch.look().await.is_nobodys());
}

/// SQLite gives a deleted row's key to the next one by itself; on PostgreSQL a
/// restored backup may.
async fn a_deleted_user_stays_nobody_when_another_account_gets_the_key(backend: Backend) {
    let world = World::make(backend).await;
    let id = "select id from app_user where subject = 'steward'";
    let epoch = "select binding_epoch from app_user where subject = 'steward'";
    let (id, epoch) = (world.sql.number(id).await, world.sql.number(epoch).await);
    let watch = Watch::begin(&world, "steward").await;

    let replace = format!(
        "delete from app_user where subject = 'steward';
         insert into app_user (id, issuer, subject, name, binding_epoch)
         select {id}, issuer, 'other', 'The other', 0 from app_user where subject = 'newcomer'"
    );
    world.sql.run(&replace).await;
    // The other account gets as many bindings as the first one had.
    for _ in 0..epoch {
        let bind = format!(
            "insert into role_binding (user_id, role, division_id) values ({id}, 'auditor', 0)"
        );
        world.sql.run(&bind).await;
    }

    assert!(watch.look().await.is_nobodys());
}

async fn a_changed_name_is_shown_at_once(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    world
        .sql
        .run("update app_user set name = 'Another' where subject = 'steward'")
        .await;

    assert_eq!(watch.look().await.viewer()["name"], "Another");
}
