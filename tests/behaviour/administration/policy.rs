//! Lines of the policy that are added and removed.

use serde_json::{Value, json};
use support::Backend;

use super::{administer, appoint, binding, checksum, world_with_administrators};
use crate::{
    policy::BUILT_IN,
    world::{EAST, World, division, give, global_id},
};

on_both_databases!(
    a_line_is_in_force_with_the_next_operation,
    the_policy_is_the_nations,
    a_line_that_does_not_hold_is_refused,
    the_policy_can_not_be_locked_up,
    a_role_that_somebody_holds_stays,
);

fn line(text: &str) -> Value {
    let mut values = text.split(", ");
    let section = values.next();
    json!({
        "section": section,
        "values": values.collect::<Vec<_>>(),
        "reason": "a decision of the commission",
    })
}

/// The global id of a line of the policy.
async fn rule(world: &World, text: &str) -> String {
    let columns = ["ptype", "v0", "v1", "v2", "v3", "v4", "v5"];
    let conditions = columns
        .iter()
        .zip(text.split(", "))
        .map(|(column, value)| format!("{column} = '{value}'"));
    let conditions: Vec<String> = conditions.collect();
    let sql = format!(
        "select id from policy_rule where {}",
        conditions.join(" and ")
    );
    global_id("PolicyRule", world.sql.number(&sql).await)
}

const BEDS: &str = "{ facilities { nodes { bedsActual } } }";

async fn a_line_is_in_force_with_the_next_operation(backend: Backend) {
    let world = world_with_administrators(backend).await;
    world.instance.ask("steward", BEDS).await.good();
    let group = line("g2, col:facility.beds_actual, cols:beds");
    administer(&world, "administrator", "addPolicyRule", group)
        .await
        .good();
    let deny = "p, role:steward, res:facility, read, subtree, cols:beds, deny";
    let added = administer(&world, "administrator", "addPolicyRule", line(deny)).await;
    assert_eq!(added.good()["addPolicyRule"]["rule"]["v0"], "role:steward");
    let refused = world.instance.ask("steward", BEDS).await;
    assert_eq!(refused.codes[0], "FORBIDDEN");
    let twice = administer(&world, "administrator", "addPolicyRule", line(deny)).await;
    assert_eq!(twice.codes, ["CONFLICT"]);
    let input = json!({ "id": rule(&world, deny).await, "reason": "withdrawn" });
    administer(&world, "administrator", "removePolicyRule", input.clone())
        .await
        .good();
    world.instance.ask("steward", BEDS).await.good();
    let gone = administer(&world, "administrator", "removePolicyRule", input).await;
    assert_eq!(gone.codes, ["NOT_FOUND"]);
}

async fn the_policy_is_the_nations(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = checksum(&world).await;
    let more = line("p, role:administrator, res:role_binding, grant, subtree, roles:all, allow");
    let deny = "g, role:steward, role:observer";
    let less = json!({ "id": rule(&world, deny).await, "reason": "an attempt" });
    for subject in [
        "near", "east", "analyst", "steward", "manager", "host", "newcomer",
    ] {
        let answer = administer(&world, subject, "addPolicyRule", more.clone()).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
        let answer = administer(&world, subject, "removePolicyRule", less.clone()).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
    }
    assert_eq!(checksum(&world).await, before);
}

async fn a_line_that_does_not_hold_is_refused(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = checksum(&world).await;
    for bad in [
        "p, role:steward, res:facility, read, subtree, cols:all, alow",
        "p, role:steward, res:facility, read, subtree, cols:beds, deny",
        "p, role:steward, res:facility, read, subtree, cols:all",
        "p, role:steward, res:role_binding, grant, subtree, roles:some, allow",
        "p, role:steward, res:facility, read, subtree, cols:all, allow, more",
        "p, role:steward, res:facility, read, sub tree, cols:all, allow",
        "g, role:member, role:administrator",
        "q, role:steward, role:member",
        "g, role:steward, ",
    ] {
        let answer = administer(&world, "administrator", "addPolicyRule", line(bad)).await;
        assert_eq!(
            answer.codes,
            ["INVALID_INPUT"],
            "{bad}: {:?}",
            answer.messages
        );
    }
    // Others rest on it.
    let input = json!({
        "id": rule(&world, "g2, col:partnership_site.project_id, cols:site").await,
        "reason": "not needed",
    });
    administer(&world, "administrator", "removePolicyRule", input)
        .await
        .good();
    for column in ["facility_id", "located_in"] {
        let text = format!("g2, col:partnership_site.{column}, cols:site");
        let input = json!({ "id": rule(&world, &text).await, "reason": "not needed" });
        let answer = administer(&world, "administrator", "removePolicyRule", input).await;
        let is_last = column == "located_in";
        assert_eq!(answer.codes.is_empty(), !is_last, "{:?}", answer.messages);
    }
    assert_ne!(checksum(&world).await, before);
}

/// Whatever line is removed or denied, the nation's administrator can undo it.
async fn the_policy_can_not_be_locked_up(backend: Backend) {
    let world = world_with_administrators(backend).await;
    for action in ["create", "deactivate"] {
        let text =
            format!("p, role:administrator, res:policy_rule, {action}, nation, cols:all, allow");
        assert!(BUILT_IN.contains(&text), "{text}");
        let input = json!({ "id": rule(&world, &text).await, "reason": "an attempt" });
        let answer = administer(&world, "administrator", "removePolicyRule", input).await;
        assert_eq!(answer.codes, ["CONFLICT"], "{text}");
    }
    for (action, scope) in [
        ("create", "nation"),
        ("create", "subtree"),
        ("create", "reference"),
        ("deactivate", "subtree"),
        ("deactivate", "reference"),
        ("read", "subtree"),
    ] {
        let deny =
            format!("p, role:administrator, res:policy_rule, {action}, {scope}, cols:all, deny");
        let answer = administer(&world, "administrator", "addPolicyRule", line(&deny)).await;
        assert_eq!(answer.codes, ["CONFLICT"], "{deny}");
    }
    // Neither by another role of the only one who keeps it.
    let deny = line("p, role:barred, res:policy_rule, create, subtree, cols:all, deny");
    administer(&world, "administrator", "addPolicyRule", deny)
        .await
        .good();
    let seen = line("p, role:barred, res:facility, list, subtree, cols:all, allow");
    administer(&world, "administrator", "addPolicyRule", seen)
        .await
        .good();
    give(&world, "newcomer", "administrator", "0").await;
    let mut input = appoint("administrator", "barred", ("division", division("0")));
    administer(&world, "newcomer", "grantRole", input.clone())
        .await
        .good();
    input["account"]["subject"] = json!("newcomer");
    let answer = administer(&world, "administrator", "grantRole", input).await;
    assert_eq!(answer.codes, ["CONFLICT"], "{:?}", answer.messages);
}

async fn a_role_that_somebody_holds_stays(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let defined = "p, role:intern, res:facility, list, subtree, cols:all, allow";
    administer(&world, "administrator", "addPolicyRule", line(defined))
        .await
        .good();
    let input = appoint("somebody", "intern", ("division", division(EAST)));
    administer(&world, "administrator", "grantRole", input)
        .await
        .good();
    let input = json!({ "id": rule(&world, defined).await, "reason": "not needed" });
    let answer = administer(&world, "administrator", "removePolicyRule", input.clone()).await;
    assert_eq!(answer.codes, ["CONFLICT"]);
    // Also one that no line speaks of any more is taken back.
    world
        .sql
        .run("delete from policy_rule where v0 = 'role:intern'")
        .await;
    let held = json!({ "id": binding(&world, "somebody", "intern").await, "reason": "it is gone" });
    administer(&world, "administrator", "revokeRole", held)
        .await
        .good();
}
