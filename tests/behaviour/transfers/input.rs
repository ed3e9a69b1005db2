//! Bad input: told clearly, and nothing is written.

use serde_json::{Value, json};
use support::Backend;

use super::{checksum, hired, let_go, of_candidate, stewards, taken_in, transfer};
use crate::world::{EAST_CENTER, WEST, WEST_CENTER, World, division, global_id};

on_both_databases!(bad_input_is_told_and_nothing_is_written);

/// Whether bad input of a mutation is tried here.
pub(crate) fn is_tried(mutation: &str) -> bool {
    const TRIED: [&str; 4] = [
        "requestHire",
        "requestTransfer",
        "acceptTransfer",
        "declineTransfer",
    ];
    TRIED.contains(&mutation)
}

/// A mutation with a good input, and what each of its fields is spoilt by with what code;
/// what may be left out is told by its name with a question mark.
struct Tried {
    mutation: &'static str,
    input: Value,
    spoilt: Vec<(&'static str, Value, &'static str)>,
}

fn tries(offered: &Value, other: &Value, asked: &Value) -> Vec<Tried> {
    let invalid = "INVALID_INPUT";
    let days = || json!(["2020-02-30", "", 5, "0001-01-01", "2300-01-01"]);
    let texts = || {
        json!([
            "",
            "  ",
            "a\nb",
            "a\u{0}b",
            "a\u{202e}b",
            "長".repeat(201),
            "a*",
            5
        ])
    };
    let numbers = || {
        json!([
            "",
            "x",
            "123",
            "1234;",
            "１２３４５",
            "1".repeat(41),
            "12*45"
        ])
    };
    let reasons = || json!(["", "abc", "a\nbcd", "ab\u{202e}cd", "x".repeat(501)]);
    let terms = || json!(["NONE_OF_THEM", "", 1]);
    let ids = || json!(["x", "", global_id("Priority", 1)]);
    let versions = || json!([0, 2, -1]);
    let absent = |type_: &str| json!([global_id(type_, 99), global_id(type_, i64::MIN)]);
    let reversed = json!(["2020-09-01", "2019-01-01"]);
    let decline = json!({ "id": other, "version": 1, "reason": "not needed" });
    vec![
        Tried {
            mutation: "requestHire",
            input: of_candidate("99000019900101001X"),
            spoilt: vec![
                ("name", texts(), invalid),
                ("sex", terms(), invalid),
                ("identityKind?", terms(), invalid),
                ("identityNumber", numbers(), invalid),
                ("professionCategory", terms(), invalid),
                ("education", terms(), invalid),
                ("title", terms(), invalid),
                ("facility", ids(), invalid),
                ("facility", absent("Facility"), "NOT_FOUND"),
                ("tenure", terms(), invalid),
                ("keyPost", terms(), invalid),
                ("titleEngaged", terms(), invalid),
                ("startsOn", days(), invalid),
            ],
        },
        Tried {
            mutation: "requestTransfer",
            input: json!({
                "staffMember": global_id("StaffMember", 1), "division": division(WEST),
                "startsOn": "2026-01-01",
            }),
            spoilt: vec![
                ("staffMember", ids(), invalid),
                ("staffMember", absent("StaffMember"), "NOT_FOUND"),
                ("division", ids(), invalid),
                ("division", absent("Division"), "NOT_FOUND"),
                ("startsOn", days(), invalid),
                ("startsOn", reversed, invalid),
            ],
        },
        Tried {
            mutation: "acceptTransfer",
            input: taken_in(offered, WEST_CENTER),
            spoilt: vec![
                ("id", ids(), invalid),
                ("id", absent("Transfer"), "NOT_FOUND"),
                ("id", json!([asked]), invalid),
                ("version", versions(), "CONFLICT"),
                ("post", json!([null, {}, 5]), invalid),
                ("post.facility", ids(), invalid),
                ("post.facility", absent("Facility"), "NOT_FOUND"),
                (
                    "post.facility",
                    json!([global_id("Facility", EAST_CENTER)]),
                    invalid,
                ),
                ("post.employer?", ids(), invalid),
                ("post.employer?", absent("Facility"), "NOT_FOUND"),
                ("post.tenure", terms(), invalid),
                ("post.keyPost", terms(), invalid),
                ("post.titleEngaged", terms(), invalid),
                ("person?", ids(), invalid),
                ("person?", json!([global_id("Person", 2)]), invalid),
            ],
        },
        Tried {
            mutation: "declineTransfer",
            input: decline,
            spoilt: vec![
                ("id", ids(), invalid),
                ("id", absent("Transfer"), "NOT_FOUND"),
                ("version", versions(), "CONFLICT"),
                ("reason", reasons(), invalid),
            ],
        },
    ]
}

/// The place of a field in an input, by its path.
fn place<'a>(input: &'a mut Value, path: &str) -> (&'a mut Value, String) {
    match path.split_once('.') {
        Some((outer, inner)) => (&mut input[outer], inner.to_owned()),
        None => (input, path.to_owned()),
    }
}

async fn bad_input_is_told_and_nothing_is_written(backend: Backend) {
    let world: World = stewards(backend).await;
    let offered = let_go(&world, 2, WEST).await;
    let other = let_go(&world, 3, WEST).await;
    let asked = hired(&world, "99000019900101002X").await;
    let before = checksum(&world).await;
    let events = "select count(*) from audit_event";
    let noted = world.sql.number(events).await;
    let tries = tries(&offered, &other, &asked);
    for tried in &tries {
        let mutation = tried.mutation;
        for (path, spoilt, code) in &tried.spoilt {
            let may_be_left_out = path.ends_with('?');
            let path = path.trim_end_matches('?');
            if !may_be_left_out {
                let mut input = tried.input.clone();
                let (object, field) = place(&mut input, path);
                object.as_object_mut().unwrap().remove(&field);
                let answer = transfer(&world, "administrator", mutation, input).await;
                let codes = answer.codes;
                assert_eq!(codes, ["INVALID_INPUT"], "{mutation} without {path}");
            }
            for bad in spoilt.as_array().unwrap() {
                let mut input = tried.input.clone();
                let (object, field) = place(&mut input, path);
                object[field] = bad.clone();
                let answer = transfer(&world, "administrator", mutation, input).await;
                let messages = &answer.messages;
                assert_eq!(
                    answer.codes,
                    [*code],
                    "{mutation} {path} {bad} {messages:?}"
                );
            }
        }
    }
    // What a request to hire says already is not given again.
    let again = taken_in(&asked, EAST_CENTER);
    let answer = transfer(&world, "administrator", "acceptTransfer", again).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    assert_eq!(checksum(&world).await, before);
    assert_eq!(world.sql.number(events).await, noted);
    // Each of them was good but for what was spoilt.
    for tried in tries {
        transfer(&world, "administrator", tried.mutation, tried.input)
            .await
            .good();
    }
}
