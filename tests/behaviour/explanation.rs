//! Why somebody may do something to a record, or may not.

use grassroots_tests::Schema;
use serde_json::{Value, json};
use support::Backend;

use crate::{
    instance::Answer,
    world::{EAST, EAST_CENTER, FAR, FAR_CENTER, WEST_CENTER, World, give, global_id},
};

on_both_databases!(
    what_is_allowed_is_explained_by_role_line_and_path,
    what_is_refused_is_explained_by_what_it_would_take,
    a_denial_is_named,
    an_explanation_is_what_the_door_does,
    an_absent_record_and_one_of_others_are_explained_alike,
    whoever_administers_explains_within_the_own_place,
    how_others_see_accounts_is_explained_to_auditors_alone,
    a_question_that_makes_no_sense_is_refused,
);

const QUERY: &str = "query($subject: ID, $node: ID!, $action: AccessAction!, $field: String) {
    explainAccess(subject: $subject, node: $node, action: $action, field: $field) {
        outcome
        reasons { denies binding role line path { typeName name } }
        needs { roles line at { typeName name } }
    }
}";

async fn explain(world: &World, asker: &str, question: Value) -> Answer {
    world.instance.ask_with(asker, QUERY, question).await
}

fn about(kind: &str, key: i64, action: &str, field: Option<&str>) -> Value {
    json!({ "node": global_id(kind, key), "action": action, "field": field })
}

/// The names on the path of a reason.
fn path(reason: &Value) -> Vec<&str> {
    let path = reason["path"].as_array().unwrap().iter();
    path.map(|place| place["name"].as_str().unwrap_or("-"))
        .collect()
}

async fn what_is_allowed_is_explained_by_role_line_and_path(backend: Backend) {
    let world = World::make(backend).await;
    let beds = about("Facility", EAST_CENTER, "READ", Some("bedsActual"));
    let answer = explain(&world, "steward", beds.clone()).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "ALLOWED");
    assert_eq!(explained["needs"], json!([]));
    let reason = &explained["reasons"][0];
    assert_eq!(reason["role"], "steward");
    assert_eq!(
        reason["line"],
        "p, role:observer, res:facility, read, subtree, cols:all, allow"
    );
    assert_eq!(path(reason), ["East County", "East Center"]);
    // From the nation down.
    let answer = explain(&world, "administrator", beds).await;
    let reason = &answer.good()["explainAccess"]["reasons"][0];
    let down = [
        "Nation",
        "Near Province",
        "Near Prefecture",
        "East County",
        "East Center",
    ];
    assert_eq!(path(reason), down);
    let managed = about("Facility", 2, "UPDATE", Some("bedsActual"));
    let answer = explain(&world, "manager", managed).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "ALLOWED");
    assert_eq!(
        path(&explained["reasons"][0]),
        ["East Center", "East Clinic"]
    );
}

async fn what_is_refused_is_explained_by_what_it_would_take(backend: Backend) {
    let world = World::make(backend).await;
    let change = about("Facility", EAST_CENTER, "UPDATE", Some("name"));
    let answer = explain(&world, "manager", change).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "REFUSED");
    assert_eq!(explained["reasons"], json!([]));
    let line = "p, role:steward, res:facility, update, subtree, cols:facility-kept, allow";
    let needs = explained["needs"].as_array().unwrap();
    let need = needs.iter().find(|need| need["line"] == line).unwrap();
    assert_eq!(need["roles"], json!(["steward"]));
    assert_eq!(need["at"]["name"], "East County");
    // Not where they may not know: a sponsor sees by whom no site is administered.
    let beds = about("Facility", EAST_CENTER, "READ", Some("bedsActual"));
    let answer = explain(&world, "sponsor", beds).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "REFUSED");
    for need in explained["needs"].as_array().unwrap() {
        if need["line"].as_str().unwrap().contains(" subtree,") {
            assert_eq!(need["at"], Value::Null, "{need}");
        }
    }
    let name = about("Person", 1, "READ", Some("name"));
    let answer = explain(&world, "analyst", name).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "MASKED");
    assert!(!explained["needs"].as_array().unwrap().is_empty());
    let revealed = about("Person", 1, "REVEAL", Some("phone"));
    for (asker, outcome) in [("analyst", "REFUSED"), ("administrator", "ALLOWED")] {
        let answer = explain(&world, asker, revealed.clone()).await;
        assert_eq!(answer.good()["explainAccess"]["outcome"], outcome);
    }
}

async fn a_denial_is_named(backend: Backend) {
    let world = World::make(backend).await;
    let lines = "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values
        ('g2', 'col:facility.beds_actual', 'cols:beds', null, null, null, null),
        ('p', 'role:steward', 'res:facility', 'read', 'subtree', 'cols:beds', 'deny')";
    world.sql.run(lines).await;
    let beds = about("Facility", EAST_CENTER, "READ", Some("bedsActual"));
    let answer = explain(&world, "steward", beds).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "REFUSED");
    let reasons = explained["reasons"].as_array().unwrap();
    let last = reasons.last().unwrap();
    assert_eq!(last["denies"], true);
    assert_eq!(
        last["line"],
        "p, role:steward, res:facility, read, subtree, cols:beds, deny"
    );
    assert_eq!(reasons[0]["denies"], false);
}

/// Of each field of each record: it is refused exactly where that is explained.
async fn an_explanation_is_what_the_door_does(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "steward", "analyst", FAR).await;
    let schema = Schema::read();
    let fields = "{ viewer { readable { name fields { name } } } }";
    let fields = world.instance.ask("administrator", fields).await;
    let readable = fields.good()["viewer"]["readable"].as_array().unwrap();
    let kinds = [
        ("Facility", 4),
        ("Person", 5),
        ("StaffMember", 5),
        ("Employment", 5),
        ("Program", 3),
        ("Enrollment", 2),
        ("PartnershipProject", 1),
        ("PartnershipSite", 2),
        ("User", 7),
        ("RoleBinding", 6),
    ];
    let (mut allowed, mut masked, mut refused) = (0, 0, 0);
    for asker in [
        "administrator",
        "analyst",
        "steward",
        "manager",
        "host",
        "sponsor",
    ] {
        for (kind, most) in kinds {
            let of_kind = readable.iter().find(|type_| type_["name"] == kind).unwrap();
            let fields = of_kind["fields"].as_array().unwrap().iter();
            let fields = fields.map(|field| field["name"].as_str().unwrap());
            for field in fields.filter(|field| !["id", "participant"].contains(field)) {
                for key in 1..=most {
                    let id = global_id(kind, key);
                    let read = match is_reference(&schema, kind, field) {
                        true => format!("{field} {{ id }}"),
                        false => field.to_owned(),
                    };
                    let read = format!("{{ node(id: \"{id}\") {{ ... on {kind} {{ {read} }} }} }}");
                    let read = world.instance.ask(asker, &read).await;
                    let explained =
                        explain(&world, asker, about(kind, key, "READ", Some(field))).await;
                    let record = &read.data["node"];
                    if record.is_null() && read.codes.is_empty() {
                        assert_eq!(
                            explained.codes,
                            ["NOT_FOUND"],
                            "{asker} {kind} {key} {field}"
                        );
                        continue;
                    }
                    let told = match read.codes.is_empty() {
                        false => "REFUSED",
                        true if record[field]
                            .as_str()
                            .is_some_and(|text| text.contains('*')) =>
                        {
                            "MASKED"
                        }
                        true => "ALLOWED",
                    };
                    let outcome = &explained.good()["explainAccess"]["outcome"];
                    // Whether nothing is masked or clear, an empty field does not tell.
                    let is_empty = read.codes.is_empty() && record[field].is_null();
                    if !is_empty {
                        assert_eq!(outcome, told, "{asker} {kind} {key} {field}: {record}");
                    }
                    match told {
                        "REFUSED" => refused += 1,
                        "MASKED" => masked += 1,
                        _ => allowed += 1,
                    }
                }
            }
        }
    }
    assert!(
        allowed > 500 && masked > 30 && refused > 50,
        "{allowed} {masked} {refused}"
    );
}

/// Whether a field shows a record.
fn is_reference(schema: &Schema, kind: &str, field: &str) -> bool {
    let mut fields = schema.fields(kind).iter();
    let of = fields
        .find(|known| known.name == field)
        .map(|field| &field.of);
    schema
        .nodes()
        .any(|node| Some(node) == of.map(String::as_str))
}

async fn an_absent_record_and_one_of_others_are_explained_alike(backend: Backend) {
    let world = World::make(backend).await;
    let mut answers = Vec::new();
    for (kind, key) in [
        ("Facility", FAR_CENTER),
        ("Facility", 99),
        ("Person", 5),
        ("Person", 99),
    ] {
        for action in ["LIST", "READ", "UPDATE", "DEACTIVATE"] {
            let answer = explain(&world, "manager", about(kind, key, action, None)).await;
            answers.push((answer.codes, answer.messages, answer.data));
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0].0, ["NOT_FOUND"]);
}

async fn whoever_administers_explains_within_the_own_place(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    give(&world, "steward", "administrator", "0").await;
    let user = |key| global_id("User", key);
    let asked = |subject: i64, key, action| {
        let mut question = about("Facility", key, action, Some("bedsActual"));
        question["subject"] = json!(user(subject));
        question
    };
    // By the role of theirs in the east alone: of the one at the nation nothing is told.
    let answer = explain(&world, "newcomer", asked(3, EAST_CENTER, "UPDATE")).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "ALLOWED");
    let roles: Vec<&Value> = explained["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| &reason["role"])
        .collect();
    assert_eq!(roles, ["steward"]);
    world
        .sql
        .run("update facility set administered_by = 3200000000001 where id = 3")
        .await;
    let answer = explain(&world, "newcomer", asked(3, WEST_CENTER, "READ")).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    // Accounts that hold nothing there are as if they were not.
    for subject in [1, 6, 99] {
        let answer = explain(&world, "newcomer", asked(subject, EAST_CENTER, "READ")).await;
        assert_eq!(answer.codes, ["NOT_FOUND"], "{subject}");
    }
    // Whose account is disabled may do nothing.
    world
        .sql
        .run("update app_user set active = false where id = 3")
        .await;
    let answer = explain(&world, "newcomer", asked(3, EAST_CENTER, "UPDATE")).await;
    let explained = &answer.good()["explainAccess"];
    assert_eq!(explained["outcome"], "REFUSED");
    assert_eq!(explained["reasons"], json!([]));
}

async fn how_others_see_accounts_is_explained_to_auditors_alone(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let mut question = about("User", 4, "READ", None);
    question["subject"] = json!(global_id("User", 3));
    let answer = explain(&world, "newcomer", question.clone()).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    give(&world, "newcomer", "auditor", EAST).await;
    let answer = explain(&world, "newcomer", question).await;
    assert_eq!(answer.good()["explainAccess"]["outcome"], "REFUSED");
    // An auditor opens no facility, and learns nothing of one by asking.
    world
        .sql
        .run("delete from role_binding where role = 'administrator' and user_id = 7")
        .await;
    let mut question = about("Facility", EAST_CENTER, "UPDATE", None);
    question["subject"] = json!(global_id("User", 3));
    let answer = explain(&world, "newcomer", question).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
}

async fn a_question_that_makes_no_sense_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    for (kind, action, field) in [
        ("Facility", "READ", Some("no")),
        ("Facility", "READ", Some("staff")),
        ("Facility", "REVEAL", None),
        ("Facility", "REVEAL", Some("name")),
        ("Facility", "DEACTIVATE", Some("name")),
        ("Person", "READ", Some("phoneDigest")),
    ] {
        let answer = explain(&world, "administrator", about(kind, 1, action, field)).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{kind} {action} {field:?}");
    }
    let mut question = about("Facility", 1, "READ", None);
    question["subject"] = json!(global_id("Facility", 1));
    let answer = explain(&world, "administrator", question).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    let question = json!({ "node": global_id("Nothing", 1), "action": "READ" });
    let answer = explain(&world, "administrator", question).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
}
