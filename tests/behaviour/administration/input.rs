//! Bad input: told clearly, and nothing is written.

use access::LOCAL_ISSUER;
use serde_json::{Value, json};
use support::Backend;

use super::{administer, checksum};
use crate::world::{EAST, World, division, global_id};

on_both_databases!(bad_input_is_told_and_nothing_is_written);

/// A mutation with a good input, and what each of its fields is spoilt by. A field whose
/// list begins with null may be left out.
struct Tried {
    mutation: &'static str,
    input: Value,
    spoilt: Vec<(&'static str, Value)>,
}

/// Whether bad input of a mutation is tried here.
pub(crate) fn is_tried(mutation: &str) -> bool {
    tries().iter().any(|tried| tried.mutation == mutation)
}

fn tries() -> Vec<Tried> {
    let texts = || {
        json!([
            "",
            "  ",
            "a\nb",
            "a\u{0}b",
            "a\u{202e}b",
            "a\u{200b}",
            "長".repeat(201),
            5
        ])
    };
    let reasons = || json!(["", "abc", "a\nbcd", "ab\u{202e}cd", "x".repeat(501)]);
    let instants = || {
        json!([
            null,
            "x",
            "2020-01-01T00:00:00Z",
            "2030-13-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            5
        ])
    };
    let ids = |type_: &str| {
        let other = if type_ == "Priority" {
            "User"
        } else {
            "Priority"
        };
        json!(["x", "", global_id(other, 1)])
    };
    let account = || json!({ "issuer": LOCAL_ISSUER, "subject": "somebody", "name": "Somebody" });
    let mut organization = ids("Organization");
    organization.as_array_mut().unwrap().insert(0, json!(null));
    let mut granted = account();
    granted["organization"] = json!(global_id("Organization", 1));
    vec![
        Tried {
            mutation: "createUser",
            input: granted.clone(),
            spoilt: vec![
                ("issuer", texts()),
                ("subject", texts()),
                ("name", texts()),
                ("organization", organization),
            ],
        },
        Tried {
            mutation: "disableUser",
            input: json!({ "id": global_id("User", 2), "reason": "an error" }),
            spoilt: vec![("id", ids("User")), ("reason", reasons())],
        },
        Tried {
            mutation: "enableUser",
            input: json!({ "id": global_id("User", 2), "reason": "an error" }),
            spoilt: vec![("id", ids("User")), ("reason", reasons())],
        },
        Tried {
            mutation: "grantRole",
            input: json!({
                "account": account(), "role": "steward", "division": division(EAST),
                "validFrom": "2030-01-01T00:00:00Z", "validUntil": "2031-01-01T00:00:00Z",
            }),
            spoilt: vec![
                (
                    "account",
                    json!([
                        {}, "x",
                        { "issuer": "", "subject": "s", "name": "n" },
                        { "issuer": "i", "subject": "s", "name": "n\u{202e}" },
                    ]),
                ),
                ("role", texts()),
                ("division", ids("Division")),
                ("validFrom", instants()),
                (
                    "validUntil",
                    json!([null, "x", "2029-01-01T00:00:00Z", "2030-01-01T00:00:00Z",]),
                ),
                ("user", json!([null, global_id("User", 2), "x"])),
                ("facility", json!([null, global_id("Facility", 1), "x"])),
                ("program", json!([null, global_id("Program", 1), "x"])),
                (
                    "partnership",
                    json!([null, global_id("PartnershipProject", 1), "x"]),
                ),
            ],
        },
        Tried {
            mutation: "revokeRole",
            input: json!({
                "id": global_id("RoleBinding", 2), "at": "2031-01-01T00:00:00Z",
                "reason": "an error",
            }),
            spoilt: vec![
                ("id", ids("RoleBinding")),
                (
                    "at",
                    json!([
                        null,
                        "2020-01-01T00:00:00Z",
                        "+200000-01-01T00:00:00Z",
                        "x",
                        5
                    ]),
                ),
                ("reason", reasons()),
            ],
        },
        Tried {
            mutation: "addPolicyRule",
            input: json!({
                "section": "g", "values": ["role:intern", "role:member"], "reason": "a new role",
            }),
            spoilt: vec![
                ("section", json!(["", "q", "p", "g2", "g "])),
                (
                    "values",
                    json!([
                        [],
                        ["role:intern"],
                        ["", "role:member"],
                        ["role:in tern", "role:member"],
                        ["role:intern", "role:member", "x"],
                        ["1", "2", "3", "4", "5", "6", "7"],
                        ["role:intern", null],
                        ["intern", "role:member"],
                        [format!("role:{}", "x".repeat(300)), "role:member"],
                    ]),
                ),
                ("reason", reasons()),
            ],
        },
        Tried {
            mutation: "removePolicyRule",
            input: json!({ "id": global_id("PolicyRule", 1), "reason": "an error" }),
            spoilt: vec![("id", ids("PolicyRule")), ("reason", reasons())],
        },
    ]
}

async fn bad_input_is_told_and_nothing_is_written(backend: Backend) {
    let world = World::make(backend).await;
    let before = checksum(&world).await;
    for tried in tries() {
        let mutation = tried.mutation;
        for (field, spoilt) in tried.spoilt {
            let mut spoilt = spoilt.as_array().unwrap().as_slice();
            match spoilt {
                [Value::Null, others @ ..] => spoilt = others,
                _ => {
                    let mut input = tried.input.clone();
                    input.as_object_mut().unwrap().remove(field);
                    let answer = administer(&world, "administrator", mutation, input).await;
                    assert_eq!(
                        answer.codes,
                        ["INVALID_INPUT"],
                        "{mutation} without {field}"
                    );
                }
            }
            for bad in spoilt {
                let mut input = tried.input.clone();
                input[field] = bad.clone();
                let answer = administer(&world, "administrator", mutation, input).await;
                let messages = &answer.messages;
                assert_eq!(
                    answer.codes,
                    ["INVALID_INPUT"],
                    "{mutation} {field} {bad} {messages:?}"
                );
            }
            let absent = match (mutation, field) {
                ("createUser", "organization") => global_id("Organization", 99),
                ("disableUser" | "enableUser", "id") => global_id("User", 99),
                ("grantRole", "division") => global_id("Division", i64::MIN),
                ("revokeRole", "id") => global_id("RoleBinding", 99),
                ("removePolicyRule", "id") => global_id("PolicyRule", 9_999),
                _ => continue,
            };
            let mut input = tried.input.clone();
            input[field] = json!(absent);
            let answer = administer(&world, "administrator", mutation, input).await;
            assert_eq!(answer.codes, ["NOT_FOUND"], "{mutation} {field}");
        }
    }
    assert_eq!(checksum(&world).await, before);
    let events = "select count(*) from audit_event";
    assert_eq!(world.sql.number(events).await, 0);
    // Each of them was good but for what was spoilt.
    for tried in tries() {
        administer(&world, "administrator", tried.mutation, tried.input)
            .await
            .good();
    }
}
