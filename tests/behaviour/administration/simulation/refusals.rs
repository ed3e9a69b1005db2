//! What is refused where the change itself would be, and that nothing is written.

use access::LOCAL_ISSUER;
use serde_json::{Value, json};
use support::Backend;

use super::{done, line, simulate};
use crate::{
    administration::{administer, binding, user, world_with_administrators},
    world::{EAST, EAST_CENTER, FAR, WEST, division, give, global_id},
};

on_both_databases!(
    whoever_may_change_nothing_is_told_nothing,
    what_the_change_is_refused_for_is_said_of_its_simulation,
    too_much_at_a_time_is_refused,
    nothing_is_written,
    it_counts_as_many_counts,
);

const WIDE: &str = "p, role:steward, res:facility, list, reference, cols:all, allow";

async fn whoever_may_change_nothing_is_told_nothing(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let held = binding(&world, "steward", "steward").await;
    let given = json!({
        "user": user(&world, "manager").await, "role": "steward", "division": division(EAST),
    });
    let rule = global_id("PolicyRule", 1);
    for subject in ["steward", "analyst", "manager", "sponsor", "newcomer"] {
        for input in [
            json!({ "add": [line(WIDE)] }),
            json!({ "remove": [rule] }),
            json!({ "revoke": held }),
            json!({ "grant": given }),
            json!({}),
            json!({ "users": [user(&world, "steward").await] }),
        ] {
            let answer = simulate(&world, subject, input.clone()).await;
            assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}: {input}");
        }
    }
    // Who gives roles and does not keep the policy.
    for subject in ["near", "east", "host"] {
        for input in [
            json!({ "add": [line(WIDE)] }),
            json!({ "remove": [rule] }),
            json!({ "remove": [rule], "revoke": held }),
        ] {
            let answer = simulate(&world, subject, input.clone()).await;
            assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}: {input}");
        }
    }
}

/// The mutation and its simulation are refused in the same words.
async fn what_the_change_is_refused_for_is_said_of_its_simulation(backend: Backend) {
    let world = world_with_administrators(backend).await;
    give(&world, "newcomer", "overseer", EAST).await;
    let long = format!("g, role:{}, role:member", "x".repeat(300));
    let keeping = "p, role:administrator, res:policy_rule, create, nation, cols:all, deny";
    let lines = [
        "p, role:steward, res:facility, read, subtree, cols:all, alow",
        "p, role:steward, res:facility, read, subtree, cols:beds, deny",
        "p, role:steward, res:facility, read, subtree, cols:all, allow, more",
        "p, role:steward, res:facility, read, sub tree, cols:all, allow",
        "g, role:member, role:administrator",
        "q, role:steward, role:member",
        "g, role:steward, ",
        "g, role:steward, role:observer",
        &long,
        keeping,
    ];
    let mut tries: Vec<(&str, &str, Value, Value)> = Vec::new();
    for text in lines {
        let mut input = line(text);
        let simulated = json!({ "add": [input] });
        input["reason"] = json!("an attempt");
        tries.push(("administrator", "addPolicyRule", input, simulated));
    }
    let create = "select id from policy_rule where v1 = 'res:policy_rule' and v2 = 'create'";
    let create = world.sql.number(create).await;
    for key in [create, 9_999] {
        let id = global_id("PolicyRule", key);
        let input = json!({ "id": id, "reason": "an attempt" });
        let simulated = json!({ "remove": [id] });
        tries.push(("administrator", "removePolicyRule", input, simulated));
    }
    for id in [global_id("User", 1), "x".to_owned()] {
        let input = json!({ "id": id, "reason": "an attempt" });
        let simulated = json!({ "remove": [id] });
        tries.push(("administrator", "removePolicyRule", input, simulated));
    }
    for (asker, holder, role) in [
        ("east", "near", "administrator"),
        ("near", "administrator", "administrator"),
        ("near", "newcomer", "overseer"),
        ("administrator", "administrator", "administrator"),
    ] {
        let id = binding(&world, holder, role).await;
        let input = json!({ "id": id, "reason": "an attempt" });
        tries.push((asker, "revokeRole", input, json!({ "revoke": id })));
    }
    let manager = user(&world, "manager").await;
    for (asker, holder, role, place) in [
        ("near", &manager, "steward", ("division", division(FAR))),
        ("near", &manager, "steward", ("division", division("0"))),
        ("east", &manager, "steward", ("division", division(WEST))),
        ("near", &manager, "overseer", ("division", division(EAST))),
        ("near", &manager, "nobody", ("division", division(EAST))),
        (
            "near",
            &manager,
            &"x".repeat(300),
            ("division", division(EAST)),
        ),
        (
            "administrator",
            &manager,
            "steward",
            ("facility", global_id("Facility", EAST_CENTER)),
        ),
        (
            "near",
            &manager,
            "manager",
            ("facility", global_id("Facility", 9_999)),
        ),
        // Held already.
        (
            "near",
            &manager,
            "manager",
            ("facility", global_id("Facility", EAST_CENTER)),
        ),
        (
            "near",
            &user(&world, "near").await,
            "steward",
            ("division", division(EAST)),
        ),
        // Of others, and none.
        (
            "near",
            &user(&world, "host").await,
            "steward",
            ("division", division(EAST)),
        ),
        (
            "near",
            &global_id("User", 9_999),
            "steward",
            ("division", division(EAST)),
        ),
    ] {
        let (at, id) = place;
        let input = json!({ "user": holder, "role": role, at: id });
        tries.push((asker, "grantRole", input.clone(), json!({ "grant": input })));
    }
    for (asker, mutation, input, simulated) in tries {
        let refused = administer(&world, asker, mutation, input.clone()).await;
        let answer = simulate(&world, asker, simulated).await;
        assert_eq!(refused.codes.len(), 1, "{mutation} {input}");
        assert_eq!(
            (answer.codes, answer.messages),
            (refused.codes, refused.messages),
            "{asker} {mutation} {input}"
        );
    }
}

async fn too_much_at_a_time_is_refused(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let lines = |count: usize| -> Vec<Value> {
        let roles = (0..count).map(|number| format!("g, role:new-{number}, role:member"));
        roles.map(|text| line(&text)).collect()
    };
    let steward = user(&world, "steward").await;
    let named = json!({
        "account": { "issuer": LOCAL_ISSUER, "subject": "somebody", "name": "Somebody" },
        "role": "steward", "division": division(EAST),
    });
    for input in [
        json!({}),
        json!({ "users": [steward] }),
        json!({ "add": lines(21) }),
        json!({ "add": lines(20), "remove": [global_id("PolicyRule", 1)] }),
        json!({ "add": [line(WIDE)], "users": vec![&steward; 21] }),
        json!({ "grant": named }),
    ] {
        let answer = simulate(&world, "administrator", input.clone()).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{input}");
    }
    let input = json!({ "add": [line(WIDE)], "users": vec![&steward; 20] });
    simulate(&world, "administrator", input).await.good();
    // More roles than are looked at: all of them inherit it.
    for new in lines(20) {
        done(&world, "administrator", "addPolicyRule", new).await;
    }
    let all = "p, role:member, res:facility, list, reference, cols:all, allow";
    let answer = simulate(&world, "administrator", json!({ "add": [line(all)] })).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

async fn nothing_is_written(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = world.sql.contents(&[]).await;
    let held = binding(&world, "steward", "steward").await;
    let given = json!({
        "user": user(&world, "manager").await, "role": "steward", "division": division(EAST),
    });
    let rules = [global_id("PolicyRule", 1), global_id("PolicyRule", 9_999)];
    for (asker, input) in [
        ("administrator", json!({ "add": [line(WIDE)] })),
        ("administrator", json!({ "remove": [rules[0]] })),
        ("administrator", json!({ "remove": [rules[1]] })),
        (
            "administrator",
            json!({ "add": [line(WIDE)], "grant": given, "revoke": held }),
        ),
        ("east", json!({ "grant": given })),
        ("east", json!({ "revoke": held })),
        ("steward", json!({ "revoke": held })),
        ("near", json!({ "add": [line(WIDE)] })),
    ] {
        simulate(&world, asker, input).await;
    }
    assert_eq!(world.sql.contents(&[]).await, before);
}

/// One operation simulates once.
async fn it_counts_as_many_counts(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let field = "simulatePolicy(input: { revoke: $id }) { partial }";
    let variables = json!({ "id": binding(&world, "steward", "steward").await });
    let once = format!("query($id: ID!) {{ {field} }}");
    let twice = format!("query($id: ID!) {{ a: {field} b: {field} }}");
    let ask = async |query: &str| {
        let instance = &world.instance;
        instance.ask_with("east", query, variables.clone()).await
    };
    ask(&once).await.good();
    assert_eq!(ask(&twice).await.codes, ["TOO_COMPLEX"]);
}
