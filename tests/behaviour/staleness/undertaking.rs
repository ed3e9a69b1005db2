//! Programs and partnership projects that change.

use support::Backend;

use super::watch::Watch;
use crate::world::{PROGRAM_CHILD, PROGRAM_OTHER, WEST_CENTER, World};

on_both_databases!(
    a_program_moved_out_of_the_tree_takes_its_participants_along,
    a_program_moved_into_the_tree_brings_its_participants,
    a_site_that_leaves_a_project_is_out_of_the_sponsors_sight,
);

async fn a_program_moved_out_of_the_tree_takes_its_participants_along(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "host").await;
    let sight = watch.look().await;
    assert_eq!(sight.participants(), ["Ann"]);
    assert_eq!(sight.facilities(), ["East Center"]);

    let sql = format!("update program set parent_id = {PROGRAM_OTHER} where id = {PROGRAM_CHILD}");
    world.sql.run(&sql).await;

    let sight = watch.look().await;
    assert!(sight.participants().is_empty());
    assert!(sight.facilities().is_empty());
}

async fn a_program_moved_into_the_tree_brings_its_participants(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "host").await;

    let sql = format!("update program set parent_id = {PROGRAM_CHILD} where id = {PROGRAM_OTHER}");
    world.sql.run(&sql).await;

    let sight = watch.look().await;
    assert_eq!(sight.participants(), ["Ann", "Dan"]);
    assert_eq!(sight.facilities(), ["East Center", "West Center"]);
}

async fn a_site_that_leaves_a_project_is_out_of_the_sponsors_sight(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "sponsor").await;
    assert_eq!(
        watch.look().await.facilities(),
        ["East Center", "West Center"]
    );

    let sql = format!("delete from partnership_site where facility_id = {WEST_CENTER}");
    world.sql.run(&sql).await;

    assert_eq!(watch.look().await.facilities(), ["East Center"]);
}
