//! What a caller may do to the rights of others: which roles may be given where and taken
//! back, which accounts disabled, and whether the policy may be changed.
//!
//! What may be done is asked for with something that is refused for another reason, after
//! the right to it has been looked at; so that nothing changes.

use access::LOCAL_ISSUER;
use grassroots_tests::{REFUSED, global_id};
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    finding::{Action, Findings},
    seat, world,
};

/// An instant that has passed.
const PASSED: &str = "2020-01-01T00:00:00Z";

/// Tries a mutation, if it is one of rights.
pub(crate) async fn run(caller: &Caller<'_>, mutation: &str, findings: &mut Findings) -> bool {
    match mutation {
        "grantRole" => grant(caller, findings).await,
        "revokeRole" => revoke(caller, findings).await,
        "disableUser" => disable(caller, findings).await,
        // Whoever may disable may enable: the one is refused where the other is.
        "enableUser" => enable(caller).await,
        "addPolicyRule" | "removePolicyRule" => edit(caller, mutation, findings).await,
        _ => return false,
    }
    true
}

/// Tries to give each role at each place.
async fn grant(caller: &Caller<'_>, findings: &mut Findings) {
    let places = [
        ("division", "Division"),
        ("facility", "Facility"),
        ("program", "Program"),
        ("partnership", "PartnershipProject"),
    ];
    let account = json!({ "issuer": LOCAL_ISSUER, "subject": "nobody", "name": "Nobody" });
    for role in seat::roles() {
        for (field, kind) in places {
            let path = format!("RoleBinding.{field} of {role}");
            let inputs = ids(kind).into_iter().map(
                |id| json!({ "account": account, "role": role, field: id, "validUntil": PASSED }),
            );
            let told = "`validUntil` must";
            // A role that gives nothing there is nobody's to give.
            let others = ["gives nothing", "names no record"];
            let inputs: Vec<Json> = inputs.collect();
            let reached = reached(caller, "grantRole", &inputs, told, &others).await;
            if kind == "Division" || !reached.is_empty() {
                let reached = reached.iter().map(String::as_str);
                findings.reached(&path, Action::Grant, reached, inputs.len());
            }
        }
    }
}

async fn revoke(caller: &Caller<'_>, findings: &mut Findings) {
    let inputs = ids("RoleBinding").into_iter();
    let inputs = inputs.map(|id| json!({ "id": id, "at": PASSED, "reason": "the golden table" }));
    let inputs: Vec<Json> = inputs.collect();
    let others = ["there is no such record"];
    let reached = reached(caller, "revokeRole", &inputs, "`at` has passed", &others).await;
    let reached = reached.iter().map(String::as_str);
    findings.reached("RoleBinding", Action::Revoke, reached, inputs.len());
}

/// Tries to disable those who are disabled already.
async fn disable(caller: &Caller<'_>, findings: &mut Findings) {
    let inputs = world::disabled();
    let inputs =
        inputs.map(|key| json!({ "id": global_id("User", key), "reason": "the golden table" }));
    let inputs: Vec<Json> = inputs.collect();
    let others = ["there is no such record"];
    let reached = reached(caller, "disableUser", &inputs, "the account is", &others).await;
    let reached = reached.iter().map(String::as_str);
    findings.reached("User", Action::Deactivate, reached, inputs.len());
}

/// Tries to enable those who are enabled, which only those may who may disable others.
async fn enable(caller: &Caller<'_>) {
    let inputs = world::disabled();
    let disables = inputs.map(|key| global_id("User", key));
    let input = |id: &String| json!({ "id": id, "reason": "the golden table" });
    let disables: Vec<String> = disables.collect();
    let others = ["there is no such record"];
    let tried: Vec<Json> = disables.iter().map(input).collect();
    let told = "the account is";
    let reached_disabled = reached(caller, "disableUser", &tried, told, &others).await;
    let active: Vec<Json> = ids("User")
        .iter()
        .filter(|id| !disables.contains(id))
        .map(input)
        .collect();
    let reached_active = reached(caller, "enableUser", &active, told, &others).await;
    assert_eq!(reached_disabled.is_empty(), reached_active.is_empty());
}

/// Tries to add a line that is there, and to remove the one by which lines are added.
async fn edit(caller: &Caller<'_>, mutation: &str, findings: &mut Findings) {
    let keeping = "p, role:administrator, res:policy_rule, create, nation, cols:all, allow";
    let mut lines = (1..).zip(seat::policy());
    let (key, _) = lines.find(|(_, line)| *line == keeping).unwrap();
    let mut values = keeping.split(", ");
    let (input, told, action) = match mutation {
        "addPolicyRule" => (
            json!({
                "section": values.next(), "values": values.collect::<Vec<_>>(),
                "reason": "the golden table",
            }),
            "the policy has",
            Action::Create,
        ),
        _ => (
            json!({ "id": global_id("PolicyRule", key), "reason": "the golden table" }),
            "nobody would be left",
            Action::Deactivate,
        ),
    };
    let reached = reached(caller, mutation, &[input], told, &[]).await;
    let reached = reached.iter().map(String::as_str);
    findings.reached("PolicyRule", action, reached, 1);
}

/// Which of these inputs are refused for what is told alone, by their places.
pub(crate) async fn reached(
    caller: &Caller<'_>,
    mutation: &str,
    inputs: &[Json],
    told: &str,
    others: &[&str],
) -> Vec<String> {
    let (first, rest) = mutation.split_at(1);
    let type_ = match mutation {
        "disableUser" | "enableUser" => "SwitchUser".to_owned(),
        _ => first.to_uppercase() + rest,
    };
    let (mut variables, mut fields, mut given) = (json!({}), String::new(), String::new());
    for (place, input) in inputs.iter().enumerate() {
        variables[format!("i{place}")] = input.clone();
        given += &format!("$i{place}: {type_}Input! ");
        fields += &format!("a{place}: {mutation}(input: $i{place}) {{ __typename }} ");
    }
    let operation = format!("mutation({given}) {{ {fields} }}");
    let answer = caller.ask(&operation, variables).await;
    let mut reached = Vec::new();
    for place in 0..inputs.len() {
        match &answer[format!("a{place}")] {
            refused if refused == REFUSED => {}
            Json::String(text) if text.contains(told) => reached.push(place.to_string()),
            Json::String(text) if others.iter().any(|other| text.contains(other)) => {}
            other => panic!("{mutation} {}: {other}", inputs[place]),
        }
    }
    reached
}
