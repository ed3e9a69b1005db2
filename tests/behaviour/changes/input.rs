//! Bad input: told clearly, and nothing is written.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use grassroots_tests::Schema;
use serde_json::{Value, json};
use support::Backend;

use super::{change, checksum, events};
use crate::world::{EAST_CENTER, PROGRAM_ROOT, World, division, global_id};
use crate::{administration, transfers};

on_both_databases!(bad_input_is_told_and_nothing_is_written);

/// Who is employed, and has no professional record yet.
const NEWLY_HIRED: i64 = 50;

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
            "createPerson",
            json!({
                "name": "Anna", "sex": "FEMALE", "identityKind": "RESIDENT_IDENTITY_CARD",
                "identityNumber": "H-1234(5)", "phone": "+86 10 1234", "birthDate": "1985-03-21",
            }),
        ),
        (
            "updatePerson",
            json!({
                "id": id("Person"), "version": 1, "name": "Anna", "sex": "FEMALE",
                "identityNumber": "H-1234(5)", "phone": "+86 10 1234", "birthDate": "1985-03-21",
            }),
        ),
        ("deactivatePerson", end("Person")),
        (
            "createStaffMember",
            json!({
                "person": global_id("Person", NEWLY_HIRED),
                "mainEmployment": global_id("Employment", NEWLY_HIRED),
                "professionCategory": "REGISTERED_NURSE", "education": "BACHELOR",
                "title": "JUNIOR",
            }),
        ),
        (
            "updateStaffMember",
            json!({ "id": id("StaffMember"), "version": 1, "education": "POSTGRADUATE" }),
        ),
        ("deactivateStaffMember", end("StaffMember")),
        (
            "createEmployment",
            json!({
                "person": id("Person"), "facility": id("Facility"), "main": true,
                "startedOn": "2020-09-01", "endedOn": "2021-01-01", "tenure": "CONTRACT",
                "keyPost": "GENERAL_PRACTICE", "titleEngaged": "JUNIOR",
                "employer": global_id("Facility", EAST_CENTER), "deployment": "POSTED",
            }),
        ),
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

/// A good input of any other mutation of records, after the schema.
fn drawn(schema: &Schema, mutation: &str) -> Option<Value> {
    let of = |verb| {
        schema
            .nodes()
            .find(|node| mutation.strip_prefix(verb) == Some(*node))
    };
    let (type_, is_made) = match (of("create"), of("update"), of("deactivate")) {
        (Some(type_), ..) => (type_, true),
        (_, Some(type_), _) => (type_, false),
        (.., type_) => {
            let id = global_id(type_?, 1);
            return Some(json!({ "id": id, "version": 1, "reason": "an error" }));
        }
    };
    let mut input = json!({});
    for field in schema.fields(&input_of(mutation)) {
        input[&field.name] = match (field.name.as_str(), field.of.as_str()) {
            ("id", _) => json!(global_id(type_, 1)),
            ("version", _) => json!(1),
            (_, "String") => json!("New"),
            (_, "Int") => json!(2),
            (_, "NaiveDate") => json!("2020-01-01"),
            // What it refers to stays as it is.
            (_, "ID") if !is_made => continue,
            (name, "ID") => {
                let mut shown = schema.fields(type_).iter();
                let target = &shown.find(|shown| shown.name == name).unwrap().of;
                match target.as_str() {
                    "Division" => json!(division("310101")),
                    target => json!(global_id(target, 1)),
                }
            }
            (_, term) => json!(schema.values(term)[0]),
        };
    }
    Some(input)
}

fn input_of(mutation: &str) -> String {
    match mutation.starts_with("deactivate") {
        true => "DeactivateInput".to_owned(),
        false => format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]),
    }
}

/// What a field of this name, value and type is spoilt by, and the code that tells.
fn spoilt(field: &str, value: &Value, of: &str) -> Vec<(Value, &'static str)> {
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
        (field, _) if of == "String" && field != "reason" => {
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
        (_, Value::Bool(_)) => vec![(json!("true"), invalid), (json!(1), invalid)],
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
    let id = URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    let id = String::from_utf8(id).unwrap();
    let (type_, _) = id.split_once(':').unwrap();
    global_id(type_, key)
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
    for sql in [
        "insert into person (id, name, sex) values (50, 'Fay', 'FEMALE')",
        "insert into employment (id, person_id, person_name, facility_id, employer_id,
            administered_by, located_in, main, tenure, key_post, title_engaged, started_on)
         select id + 49, 50, 'Fay', facility_id, employer_id, administered_by, located_in, main,
            tenure, key_post, title_engaged, started_on from employment where id = 1",
    ] {
        world.sql.run(sql).await;
    }
    let mutations = "{ __schema { mutationType { fields { name } } } }";
    let told = world.instance.ask("administrator", mutations).await;
    let fields = told.good()["__schema"]["mutationType"]["fields"].clone();
    let schema = Schema::read();
    let mut inputs: Vec<(String, Value)> = inputs()
        .into_iter()
        .map(|(mutation, input)| (mutation.to_owned(), input))
        .collect();
    for field in fields.as_array().unwrap() {
        let name = field["name"].as_str().unwrap();
        let is_told = inputs.iter().any(|(mutation, _)| *mutation == name);
        let is_tried = administration::is_tried(name) || transfers::is_tried(name);
        if is_told || name == "revealPersonalData" || is_tried {
            continue;
        }
        let input = drawn(&schema, name);
        let input = input.unwrap_or_else(|| panic!("tell a good input of {name}"));
        inputs.push((name.to_owned(), input));
    }
    let before = checksum(&world).await;
    for (mutation, input) in &inputs {
        let fields = schema.fields(&input_of(mutation));
        let type_of = |name: &str| fields.iter().find(|field| field.name == name).unwrap();
        let mut tries = Vec::new();
        for (field, value) in input.as_object().unwrap() {
            let of = &type_of(field).of;
            for (bad, code) in spoilt(field, value, of) {
                tries.push((field, Some(bad), code));
            }
            tries.push((field, None, "INVALID_INPUT"));
        }
        for (field, bad, code) in tries {
            let mut input = input.clone();
            match &bad {
                Some(bad) => input[field] = bad.clone(),
                // What may be left out is not spoilt by that.
                None if !type_of(field).needed => continue,
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
