//! Policies that are edited, on one instance, while another one serves.

use support::Backend;

use super::watch::Watch;
use crate::{policy::BUILT_IN, world::World};

on_both_databases!(
    a_line_taken_away_takes_its_rows_away,
    a_line_that_is_added_shows_its_rows,
    a_deny_hides_what_other_lines_allow,
    what_may_not_be_read_is_not_listed,
    two_policies_put_in_at_once_leave_one,
    a_role_that_no_longer_inherits_has_lost_what_it_inherited,
);

const LIST_WORKFORCE: &str = "p, role:steward, res:workforce, list, subtree, cols:all, allow\n";

async fn a_line_taken_away_takes_its_rows_away(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    edit(&world, &BUILT_IN.replace(LIST_WORKFORCE, "")).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.staff().is_empty());
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);

    edit(&world, BUILT_IN).await;
    assert_eq!(watch.look().await.staff(), ["Ann", "Bob", "Cai"]);
}

async fn a_line_that_is_added_shows_its_rows(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run("update role_binding set role = 'statistician' where role = 'steward'")
        .await;
    let watch = Watch::begin(&world, "steward").await;
    assert!(watch.look().await.facilities().is_empty());

    edit(
        &world,
        &format!("{BUILT_IN}\ng, role:statistician, role:steward"),
    )
    .await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);
}

async fn a_deny_hides_what_other_lines_allow(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    let deny = "p, role:steward, res:staff_member, list, subtree, cols:all, deny\n\
                p, role:steward, res:staff_member, read, subtree, cols:all, deny";
    edit(&world, &format!("{BUILT_IN}\n{deny}")).await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.staff().is_empty());
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
}

async fn what_may_not_be_read_is_not_listed(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    for scope in ["subtree", "reference"] {
        let deny = format!("p, role:steward, res:staff_member, read, {scope}, cols:all, deny");
        edit(&world, &format!("{BUILT_IN}\n{deny}")).await;

        let sight = watch.look().await;
        assert!(sight.staff().is_empty(), "{scope}");
        assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    }
}

async fn a_role_that_no_longer_inherits_has_lost_what_it_inherited(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    edit(
        &world,
        &BUILT_IN.replace("g, role:steward, role:observer\n", ""),
    )
    .await;

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert!(sight.facilities().is_empty());
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);
}

async fn two_policies_put_in_at_once_leave_one(backend: Backend) {
    let world = World::make(backend).await;
    let count = "select count(*) from policy_rule";
    edit(&world, BUILT_IN).await;
    let lines = world.sql.number(count).await;
    for _ in 0..10 {
        tokio::join!(edit(&world, BUILT_IN), edit(&world, BUILT_IN));
        assert_eq!(world.sql.number(count).await, lines);
    }
}

async fn edit(world: &World, policy: &str) {
    world.instance.system.replace_policy(policy).await.unwrap();
}
