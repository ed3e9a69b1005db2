//! A policy with a bad line is not taken.

use support::Backend;

use super::{BAD, BUILT_IN};
use crate::world::World;

on_both_databases!(
    a_policy_with_a_bad_line_changes_nothing,
    a_line_of_an_unknown_section_is_not_passed_over,
    the_built_in_policy_is_taken,
    a_policy_that_is_not_one_changes_nothing,
);

/// Every write to the policy raises it.
async fn epoch(world: &World) -> i64 {
    world.sql.number("select value from policy_epoch").await
}

async fn refuses(world: &World, what: &str, policy: &str) {
    let before = epoch(world).await;
    let taken = world.instance.system.replace_policy(policy).await;
    assert!(taken.is_err(), "{what} was taken");
    assert_eq!(epoch(world).await, before, "{what} changed the policy");
}

async fn a_policy_with_a_bad_line_changes_nothing(backend: Backend) {
    let world = World::make(backend).await;
    for (what, line) in BAD {
        refuses(
            &world,
            &format!("{what}: {line}"),
            &format!("{BUILT_IN}\n{line}"),
        )
        .await;
        refuses(
            &world,
            &format!("{what}: {line}"),
            &format!("{line}\n{BUILT_IN}"),
        )
        .await;
    }
    let answer = world
        .instance
        .ask("steward", "{ staff { totalCount } }")
        .await;
    assert_eq!(answer.total("staff"), 3);
}

/// A deny behind a mistyped section, left out without a word, would let through
/// what it was meant to stop.
async fn a_line_of_an_unknown_section_is_not_passed_over(backend: Backend) {
    let world = World::make(backend).await;
    for section in ["q", "P", "p2", "pp", "g3", "policy", "\"p\" ", ""] {
        let line = format!("{section}, role:steward, res:facility, list, subtree, cols:all, deny");
        refuses(&world, &line, &format!("{BUILT_IN}\n{line}")).await;
    }
}

async fn the_built_in_policy_is_taken(backend: Backend) {
    let world = World::make(backend).await;
    let lines = "select count(*) from policy_rule";
    let before = world.sql.number(lines).await;
    world
        .instance
        .system
        .replace_policy(BUILT_IN)
        .await
        .unwrap();
    assert_eq!(world.sql.number(lines).await, before);
    let written = BUILT_IN
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    assert_eq!(written.count() as i64, before);
}

async fn a_policy_that_is_not_one_changes_nothing(backend: Backend) {
    let world = World::make(backend).await;
    for text in [
        "p",
        "p,",
        "<html></html>",
        "{\"p\": []}",
        "\u{feff}p, role:steward",
    ] {
        refuses(&world, text, text).await;
    }
}
