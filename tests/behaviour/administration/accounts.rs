//! Accounts that are made and disabled.

use access::LOCAL_ISSUER;
use serde_json::json;
use support::Backend;

use super::{administer, appoint, binding, user, world_with_administrators};
use crate::world::{EAST, FAR, World, division, give, global_id};

on_both_databases!(
    an_account_is_made_by_those_who_appoint,
    whom_an_account_acts_for_the_nation_says,
    a_disabled_account_is_refused,
    an_account_with_roles_elsewhere_is_not_disabled,
    the_last_who_keeps_the_policy_stays,
);

async fn an_account_is_made_by_those_who_appoint(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let account =
        |subject: &str| json!({ "issuer": LOCAL_ISSUER, "subject": subject, "name": "Somebody" });
    for subject in ["steward", "analyst", "manager", "sponsor", "newcomer"] {
        let answer = administer(&world, subject, "createUser", account("another")).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
    }
    let made = administer(&world, "administrator", "createUser", account("another")).await;
    assert_eq!(made.good()["createUser"]["user"]["name"], "Somebody");
    // Of whoever holds no role in their place they see nothing.
    for subject in ["near", "host"] {
        let made = administer(
            &world,
            subject,
            "createUser",
            account(&format!("by-{subject}")),
        )
        .await;
        assert_eq!(made.good()["createUser"]["user"], json!(null));
    }
    let made = "select count(*) from app_user where name = 'Somebody'";
    assert_eq!(world.sql.number(made).await, 3);
    let again = administer(&world, "administrator", "createUser", account("another")).await;
    assert_eq!(again.codes, ["CONFLICT"]);
}

async fn whom_an_account_acts_for_the_nation_says(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let account = json!({
        "issuer": LOCAL_ISSUER, "subject": "agent", "name": "An agent",
        "organization": global_id("Organization", 1),
    });
    let answer = administer(&world, "near", "createUser", account.clone()).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    administer(&world, "administrator", "createUser", account)
        .await
        .good();
}

async fn a_disabled_account_is_refused(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let viewer = "{ viewer { name } }";
    world.instance.ask("steward", viewer).await.good();
    let input = json!({ "id": user(&world, "steward").await, "reason": "left the county" });
    for subject in ["steward", "manager", "host", "analyst", "near"] {
        for mutation in ["disableUser", "enableUser"] {
            let answer = administer(&world, subject, mutation, input.clone()).await;
            assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
        }
    }
    let answer = administer(&world, "administrator", "disableUser", input.clone()).await;
    assert_eq!(answer.good()["disableUser"]["user"]["active"], false);
    let refused = world.instance.ask("steward", viewer).await;
    assert_eq!(refused.codes, ["UNAUTHENTICATED"]);
    let again = administer(&world, "administrator", "disableUser", input.clone()).await;
    assert_eq!(again.codes, ["CONFLICT"]);
    let mut input = appoint("", "analyst", ("division", division(EAST)));
    input["account"] = json!(null);
    input["user"] = json!(user(&world, "steward").await);
    let answer = administer(&world, "near", "grantRole", input).await;
    assert_eq!(answer.codes, ["CONFLICT"]);
    let input = json!({ "id": user(&world, "steward").await, "reason": "came back" });
    administer(&world, "administrator", "enableUser", input.clone())
        .await
        .good();
    world.instance.ask("steward", viewer).await.good();
    let again = administer(&world, "administrator", "enableUser", input).await;
    assert_eq!(again.codes, ["CONFLICT"]);
}

async fn an_account_with_roles_elsewhere_is_not_disabled(backend: Backend) {
    let world = world_with_administrators(backend).await;
    give(&world, "steward", "analyst", FAR).await;
    // Also where a line lets administrators disable whom they see.
    let line = "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values
        ('p', 'role:administrator', 'res:user', 'deactivate', 'subtree', 'cols:all', 'allow')";
    world.sql.run(line).await;
    let input = json!({ "id": user(&world, "steward").await, "reason": "left the county" });
    let answer = administer(&world, "near", "disableUser", input.clone()).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    let sees = world.instance.ask("steward", "{ viewer { name } }").await;
    sees.good();
    let manager = json!({ "id": user(&world, "manager").await, "reason": "left the county" });
    administer(&world, "near", "disableUser", manager)
        .await
        .good();
    // Not theirs to see.
    for subject in ["analyst", "administrator"] {
        let input = json!({ "id": user(&world, subject).await, "reason": "an attempt" });
        let answer = administer(&world, "near", "disableUser", input).await;
        assert_eq!(answer.codes, ["NOT_FOUND"]);
    }
    administer(&world, "administrator", "disableUser", input)
        .await
        .good();
}

async fn the_last_who_keeps_the_policy_stays(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let stays = async |world: &World, reason: &str| {
        let (id, role) = (
            user(world, "administrator").await,
            binding(world, "administrator", "administrator").await,
        );
        for (mutation, id) in [("disableUser", id), ("revokeRole", role)] {
            let input = json!({ "id": id, "reason": "an attempt" });
            let answer = administer(world, "administrator", mutation, input).await;
            assert_eq!(answer.codes, ["CONFLICT"], "{mutation}, {reason}");
        }
    };
    stays(&world, "nobody else").await;
    give(&world, "newcomer", "administrator", "31").await;
    stays(&world, "another of a province").await;
    world
        .sql
        .run("update role_binding set division_id = 0, valid_until = '2999-01-01 00:00:00+00:00' where user_id = 7")
        .await;
    stays(&world, "another until a day").await;
    world
        .sql
        .run("update role_binding set valid_until = null, valid_from = '2998-01-01 00:00:00+00:00' where user_id = 7")
        .await;
    stays(&world, "another from a day on").await;
    world
        .sql
        .run("update role_binding set valid_from = null where user_id = 7")
        .await;
    world
        .sql
        .run("update app_user set active = false where id = 7")
        .await;
    stays(&world, "another who is disabled").await;
    world
        .sql
        .run("update app_user set active = true where id = 7")
        .await;
    let input = json!({
        "id": binding(&world, "administrator", "administrator").await, "reason": "a successor is there",
    });
    administer(&world, "newcomer", "revokeRole", input)
        .await
        .good();
}
