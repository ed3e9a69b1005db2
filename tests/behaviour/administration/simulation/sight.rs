//! Of what whoever asks may not see nothing is told.

use serde_json::{Value, json};
use support::Backend;

use super::{done, effects, key, line, listed, seen, simulate};
use crate::{
    administration::{binding, user, world_with_administrators},
    world::{EAST, FAR, World, division, give},
};

on_both_databases!(
    records_out_of_sight_do_not_count,
    roles_out_of_sight_do_not_count,
    how_others_see_accounts_is_told_to_auditors_alone,
    a_role_of_which_the_place_is_hidden_does_not_count,
);

/// A world in which stewards list all facilities there are.
async fn world_of_wide_stewards(backend: Backend) -> World {
    let world = world_with_administrators(backend).await;
    let wide = "p, role:steward, res:facility, list, reference, cols:all, allow";
    done(&world, "administrator", "addPolicyRule", line(wide)).await;
    world
}

async fn records_out_of_sight_do_not_count(backend: Backend) {
    let world = world_of_wide_stewards(backend).await;
    assert_eq!(seen(&world, "steward").await["Facility"].len(), 4);
    let held = binding(&world, "steward", "steward").await;
    for (asker, facilities) in [("administrator", 4), ("near", 3), ("east", 2)] {
        let told = effects(&world, asker, json!({ "revoke": held })).await;
        for whose in ["steward", "role:steward"] {
            let lost = listed(&told, whose)["Facility"];
            assert_eq!(lost, (0, facilities), "{asker}: {whose}");
        }
        let given = json!({
            "user": user(&world, "manager").await, "role": "steward", "division": division(EAST),
        });
        let told = effects(&world, asker, json!({ "grant": given })).await;
        // The manager sees the two of the east already.
        let gained = listed(&told, "manager").get("Facility").copied();
        let more = (facilities > 2).then_some((facilities - 2, 0));
        assert_eq!(gained, more, "{asker}");
    }
}

/// What is told where somebody has another role there is what is told where they have none.
async fn roles_out_of_sight_do_not_count(backend: Backend) {
    let world = world_of_wide_stewards(backend).await;
    let revoke = json!({ "revoke": binding(&world, "steward", "steward").await });
    let asked = async |asker: &str| -> Value {
        let answer = simulate(&world, asker, revoke.clone()).await;
        answer.good().clone()
    };
    let (before, near) = (asked("east").await, asked("near").await);
    // These are held where neither of them looks.
    give(&world, "steward", "analyst", FAR).await;
    give(&world, "steward", "analyst", "0").await;
    give(&world, "host", "steward", FAR).await;
    assert_eq!(asked("east").await, before);
    assert_eq!(asked("near").await, near);
    // One who sees them is told what they come to.
    let told = effects(&world, "administrator", revoke.clone()).await;
    assert_eq!(listed(&told, "steward").get("Facility"), None);
    assert_eq!(listed(&told, "role:steward").get("Facility"), None);
    // Absent users, and those of others, are alike.
    for id in [
        user(&world, "host").await,
        crate::world::global_id("User", 9_999),
    ] {
        let input = json!({ "revoke": revoke["revoke"], "users": [id] });
        let answer = simulate(&world, "east", input).await;
        assert_eq!(answer.codes, ["NOT_FOUND"]);
    }
}

async fn how_others_see_accounts_is_told_to_auditors_alone(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let lines = [
        "p, role:steward, res:user, list, subtree, cols:all, allow",
        "p, role:steward, res:user, read, acted, cols:all, allow",
        "p, role:steward, res:audit_event, list, subtree, cols:all, allow",
    ];
    let input = json!({ "add": lines.map(line), "users": [user(&world, "steward").await] });
    let told = effects(&world, "administrator", input.clone()).await;
    assert!(told.is_empty(), "{told:?}");
    give(&world, "administrator", "auditor", "0").await;
    let told = effects(&world, "administrator", input).await;
    // Besides itself the manager and the county's administrator.
    assert_eq!(told[&key("steward", "User", "LIST", "")], (2, 0));
}

/// Where somebody holds a role is not to be found out from what it comes to.
async fn a_role_of_which_the_place_is_hidden_does_not_count(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let revoke = json!({ "revoke": binding(&world, "steward", "steward").await });
    let told = effects(&world, "near", revoke.clone()).await;
    assert_eq!(listed(&told, "role:steward")["Facility"], (0, 2));
    for text in [
        "g2, col:role_binding.division_id, cols:held-at",
        "p, role:administrator, res:role_binding, read, reference, cols:held-at, deny",
    ] {
        done(&world, "administrator", "addPolicyRule", line(text)).await;
    }
    let told = effects(&world, "near", revoke).await;
    assert!(told.is_empty(), "{told:?}");
}
