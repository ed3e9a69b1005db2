//! Bad input: told clearly, and nothing is written.

use serde_json::{Value, json};
use support::Backend;

use super::{change, checksum, events};
use crate::administration;
use crate::world::{EAST_CENTER, PROGRAM_ROOT, World, division, global_id};

on_both_databases!(bad_input_is_told_and_nothing_is_written);

/// A good input of each mutation, as the country is loaded.
fn inputs() -> Vec<(&'static str, Value)> {
    let id = |type_: &str| global_id(type_, 1);
    let end = |type_: &str| json!({ "id": id(type_), "version": 1, "reason": "an error" });
    let of = |type_: &str, name: &str| json!({ "id": id(type_), "version": 1, "name": name });
    let project = id("PartnershipProject");
    vec![
        (
            "createFacility",
            json!({
                "name": "Post", "facilityType": "VILLAGE_CLINIC", "level": "UNGRADED",
                "class": "UNGRADED", "sponsorBody": "GOVERNMENT", "openedOn": "2020-01-01",
                "closedOn": "2021-01-01", "locatedIn": division("310101"),
                "administeredBy": division("310101"), "branchOf": id("Facility"), "bedsActual": 1,
            }),
        ),
        ("updateFacility", of("Facility", "Post")),
        ("deactivateFacility", end("Facility")),
        (
            "createProgram",
            json!({
                "division": division("31"), "code": "NEW", "name": "New", "kind": "POST_SKILLS",
                "tier": "PLAN", "host": id("Organization"), "parent": id("Program"),
                "startsOn": "2020-01-01", "endsOn": "2021-01-01", "target": 5,
            }),
        ),
        ("updateProgram", of("Program", "New")),
        ("deactivateProgram", end("Program")),
        (
            "updatePerson",
            json!({
                "id": id("Person"), "version": 1, "name": "Anna", "sex": "FEMALE",
                "identityNumber": "H-1234(5)", "phone": "+86 10 1234", "birthDate": "1985-03-21",
            }),
        ),
        ("deactivatePerson", end("Person")),
        (
            "updateStaffMember",
            json!({ "id": id("StaffMember"), "version": 1, "education": "POSTGRADUATE" }),
        ),
        ("deactivateStaffMember", end("StaffMember")),
        (
            "updateEmployment",
            json!({
                "id": id("Employment"), "version": 1, "tenure": "CONTRACT",
                "startedOn": "2020-09-01", "endedOn": "2021-01-01",
                "employer": global_id("Facility", EAST_CENTER),
            }),
        ),
        ("deactivateEmployment", end("Employment")),
        (
            "createStage",
            json!({ "program": global_id("Program", PROGRAM_ROOT), "ordinal": 2, "name": "New" }),
        ),
        ("updateStage", of("Stage", "New")),
        ("deactivateStage", end("Stage")),
        (
            "createEnrollment",
            json!({
                "program": id("Program"), "person": id("Person"), "stage": id("Stage"),
                "facility": global_id("Facility", EAST_CENTER), "enteredOn": "2024-01-01",
                "endedOn": "2025-01-01", "status": "PASSED", "score": 60,
            }),
        ),
        (
            "updateEnrollment",
            json!({ "id": id("Enrollment"), "version": 1, "score": 60, "endedOn": "2025-01-01" }),
        ),
        ("deactivateEnrollment", end("Enrollment")),
        (
            "createPartnershipProject",
            json!({
                "name": "New", "tier": "PROJECT", "agreementKind": "MEMORANDUM", "parent": project,
                "signedOn": "2020-01-01", "agreementEndsOn": "2021-01-01", "signedAt": "Here",
            }),
        ),
        ("updatePartnershipProject", of("PartnershipProject", "New")),
        ("deactivatePartnershipProject", end("PartnershipProject")),
        (
            "createPartnershipActivity",
            json!({
                "project": project, "name": "New", "kind": "SEMINAR", "heldOn": "2020-01-01",
                "place": "Here",
            }),
        ),
        (
            "updatePartnershipActivity",
            of("PartnershipActivity", "New"),
        ),
        ("deactivatePartnershipActivity", end("PartnershipActivity")),
    ]
}

/// What a field of this name and value is spoilt by, and the code that tells.
fn spoilt(field: &str, value: &Value) -> Vec<(Value, &'static str)> {
    let invalid = "INVALID_INPUT";
    let days = ["endedOn", "endsOn", "closedOn", "agreementEndsOn"];
    match (field, value) {
        ("version", _) => vec![
            (json!(0), "CONFLICT"),
            (json!(2), "CONFLICT"),
            (json!("1"), invalid),
            (Value::Null, invalid),
        ],
        (field, Value::String(_)) if field.ends_with("On") => {
            let mut spoilt = vec![
                (json!("2020-02-30"), invalid),
                (json!("0001-01-01"), invalid),
                (json!("2300-01-01"), invalid),
                (json!(""), invalid),
            ];
            if days.contains(&field) {
                spoilt.push((json!("1999-12-31"), invalid));
            }
            spoilt
        }
        ("identityNumber" | "phone", _) => ["", "x", "123", "1234;", "１２３４５", &"1".repeat(41)]
            .iter()
            .map(|text| (json!(text), invalid))
            .collect(),
        ("birthDate", _) => ["", "1985-3-21", "1985-02-30", "1785-01-01", "21.03.1985"]
            .iter()
            .map(|text| (json!(text), invalid))
            .collect(),
        ("name" | "code" | "place" | "signedAt", _) => {
            let texts = [
                "",
                "  ",
                "a\nb",
                "a\u{0}b",
                "a\u{202e}b",
                "\u{feff}a",
                "a\u{200b}",
            ];
            let mut spoilt: Vec<_> = texts.iter().map(|text| (json!(text), invalid)).collect();
            spoilt.push((json!("長".repeat(201)), invalid));
            spoilt.push((json!(5), invalid));
            spoilt
        }
        ("reason", _) => ["", "abc", "a\nbcd", &"x".repeat(501)]
            .iter()
            .map(|text| (json!(text), invalid))
            .collect(),
        (_, Value::Number(_)) => vec![
            (json!(-1), invalid),
            (json!(10_000_001), invalid),
            (json!(1.5), invalid),
            (json!(3_000_000_000_i64), invalid),
        ],
        (_, Value::String(text))
            if text
                .chars()
                .all(|letter| letter.is_uppercase() || letter == '_') =>
        {
            vec![(json!("NONE_OF_THEM"), invalid), (json!(1), invalid)]
        }
        // An id.
        _ => vec![
            (json!("x"), invalid),
            (json!(""), invalid),
            (json!(global_id("Priority", 1)), invalid),
            (json!(global_id("User", 1)), invalid),
            (json!(id_like(value, 99)), "NOT_FOUND"),
            (json!(id_like(value, i64::MIN)), "NOT_FOUND"),
        ],
    }
}

/// The id of another record of the same type.
fn id_like(id: &Value, key: i64) -> String {
    let types = [
        "Facility",
        "Program",
        "Stage",
        "Enrollment",
        "PartnershipProject",
        "PartnershipActivity",
        "Division",
        "Organization",
        "Person",
        "StaffMember",
        "Employment",
    ];
    let id = id.as_str().unwrap();
    let divisions = ["31", "310101"].map(division);
    let known = types.iter().find(|type_| global_id(type_, 1) == id);
    match known {
        Some(type_) => global_id(type_, key),
        None if divisions.contains(&id.to_owned()) => global_id("Division", key),
        None => panic!("{id}"),
    }
}

async fn bad_input_is_told_and_nothing_is_written(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run(
            "insert into partnership_activity (project_id, kind, name, held_on, place)
             values (1, 'SEMINAR', 'Old', '2020-01-01', 'There')",
        )
        .await;
    let mutations = "{ __schema { mutationType { fields { name } } } }";
    let told = world.instance.ask("administrator", mutations).await;
    let fields = told.good()["__schema"]["mutationType"]["fields"].clone();
    let inputs = inputs();
    for field in fields.as_array().unwrap() {
        let name = field["name"].as_str().unwrap();
        let is_tried = inputs.iter().any(|(mutation, _)| *mutation == name);
        assert!(
            is_tried || name == "revealPersonalData" || administration::is_tried(name),
            "tell a good input of {name}"
        );
    }
    let before = checksum(&world).await;
    for (mutation, input) in &inputs {
        let mut tries = Vec::new();
        for (field, value) in input.as_object().unwrap() {
            for (bad, code) in spoilt(field, value) {
                tries.push((field, Some(bad), code));
            }
            tries.push((field, None, "INVALID_INPUT"));
        }
        for (field, bad, code) in tries {
            let mut input = input.clone();
            let is_update = mutation.starts_with("update");
            match &bad {
                Some(bad) => input[field] = bad.clone(),
                // What may be left out is not spoilt by that.
                None if is_update && !["id", "version"].contains(&field.as_str()) => continue,
                None if OPTIONAL.contains(&field.as_str()) => continue,
                None => drop(input.as_object_mut().unwrap().remove(field)),
            }
            let answer = change(&world, "administrator", mutation, input).await;
            assert_eq!(
                answer.codes,
                [code],
                "{mutation} {field} {bad:?} {:?}",
                answer.messages
            );
        }
    }
    assert_eq!(checksum(&world).await, before);
    assert_eq!(events(&world).await, 0);
    // Each of them was good but for what was spoilt. What makes records comes first, since
    // nothing refers to what is out of use.
    for verb in ["create", "update", "deactivate"] {
        for (mutation, input) in inputs.iter().filter(|(name, _)| name.starts_with(verb)) {
            let mut input = input.clone();
            if verb == "deactivate" {
                input["version"] = json!(2);
            }
            change(&world, "administrator", mutation, input)
                .await
                .good();
        }
    }
}

const OPTIONAL: [&str; 15] = [
    "openedOn",
    "closedOn",
    "branchOf",
    "bedsActual",
    "parent",
    "startsOn",
    "endsOn",
    "target",
    "stage",
    "facility",
    "endedOn",
    "score",
    "signedOn",
    "agreementEndsOn",
    "signedAt",
];
