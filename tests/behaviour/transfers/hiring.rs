//! Hiring by an identity number.

use serde_json::{Value, json};
use support::Backend;

use super::{
    EASTERN, NATIONAL, OF_OTHER_PROVINCE, PROVINCIAL, WESTERN, checksum, give_employments_back,
    hired, keep_employments, of_candidate, shown, staff, stewards, taken_back, transfer,
};
use crate::world::{
    EAST, PROGRAM_ROOT, WEST, WEST_CENTER, World, division, give, global_id, identity_number,
};

on_both_databases!(
    the_answer_is_the_same_for_whom_nobody_knows,
    a_clash_is_told_to_who_may_open_both,
    a_clash_follows_what_is_written_later,
    a_clash_of_ones_own_tells_of_no_other,
    nobody_is_asked_for_twice,
    nobody_hides_a_clash,
    who_is_out_of_use_is_no_clash,
    who_has_rights_on_both_sides_has_somebody_come,
    who_may_open_everybody_has_somebody_known,
    somebody_of_ones_own_is_no_second_person,
    who_opens_a_student_elsewhere_does_not_hire_them,
    a_county_hires_its_students_by_number,
);

const CAI: i64 = 3;
const DAN: i64 = 4;
const EVE: i64 = 5;
const UNKNOWN: &str = "99000019900101001X";

async fn the_answer_is_the_same_for_whom_nobody_knows(backend: Backend) {
    let world = stewards(backend).await;
    let numbers = [
        UNKNOWN.to_owned(),
        identity_number(DAN),
        identity_number(EVE),
    ];
    let mut answers = Vec::new();
    for number in numbers {
        let input = of_candidate(&number);
        let answer = transfer(&world, EASTERN, "requestHire", input).await;
        let mut told = shown(&answer, "requestHire").clone();
        let id = told["id"].take();
        assert_eq!(told["identityNumber"].take(), number);
        // Nor does it change afterwards for who asked, or can it be sought.
        let query = format!(
            "{{ node(id: {id}) {{ ... on Transfer {{ status active version clashes {{ totalCount }} }} }}
                clashes: transfers(filter: {{ clashes: {{ some: {{}} }} }}) {{ totalCount }}
                open: transfers(filter: {{ clashes: {{ none: {{}} }} }}) {{ totalCount }} }}"
        );
        let mut later = world.instance.ask(EASTERN, &query).await;
        let open = later.data["open"].take();
        assert_eq!(open["totalCount"], answers.len() as i64 + 1);
        let decided = json!({ "id": id, "version": 1 });
        let refused = transfer(&world, EASTERN, "acceptTransfer", decided).await;
        let reason = refused.messages[0].as_str();
        assert!(reason.contains("who may open everybody"), "{reason}");
        answers.push((
            told,
            answer.statements,
            later.good().clone(),
            later.statements,
            (refused.codes, refused.messages, refused.statements),
        ));
    }
    let (told, ..) = &answers[0];
    assert_eq!(told["status"], "PENDING");
    assert_eq!(answers[1], answers[0]);
    assert_eq!(answers[2], answers[0]);
}

/// The names in the requests whose clashes somebody is told of, with who is known.
async fn clashes(world: &World, subject: &str) -> Vec<(Value, Value)> {
    let query = "{ transfers(filter: { active: { eq: true }, clashes: { some: {} } }) {
        nodes { id clashes { nodes { person { name } } } } totalCount } }";
    let answer = world.instance.ask(subject, query).await;
    let nodes = answer.good()["transfers"]["nodes"].as_array().unwrap();
    assert_eq!(answer.total("transfers"), nodes.len() as i64);
    let told = nodes.iter();
    let known = |node: &Value| node["clashes"]["nodes"][0]["person"]["name"].clone();
    told.map(|node| (node["id"].clone(), known(node))).collect()
}

async fn a_clash_is_told_to_who_may_open_both(backend: Backend) {
    let world = stewards(backend).await;
    hired(&world, UNKNOWN).await;
    let of_dan = (hired(&world, &identity_number(DAN)).await, json!("Dan"));
    let of_eve = (hired(&world, &identity_number(EVE)).await, json!("Eve"));
    assert_eq!(clashes(&world, EASTERN).await, []);
    // Who keeps the one side is not told that somebody asks.
    for subject in [WESTERN, OF_OTHER_PROVINCE] {
        let listed = world.instance.ask(subject, "{ transfers { totalCount } }");
        assert_eq!(listed.await.total("transfers"), 0, "{subject}");
    }
    let both = [of_dan, of_eve];
    assert_eq!(clashes(&world, PROVINCIAL).await, both[..1]);
    assert_eq!(clashes(&world, NATIONAL).await, both);
}

/// Has somebody write a person's identity number.
pub(super) async fn renumber(
    world: &World,
    subject: &str,
    person: (i64, i32),
    number: Option<&str>,
) {
    let (key, version) = person;
    let input = json!({
        "id": global_id("Person", key), "version": version, "identityNumber": number,
    });
    let query = "mutation($input: UpdatePersonInput!) {
        updatePerson(input: $input) { person { version } } }";
    let variables = json!({ "input": input });
    let answer = world.instance.ask_with(subject, query, variables).await;
    answer.good();
}

async fn a_clash_follows_what_is_written_later(backend: Backend) {
    let world = stewards(backend).await;
    let id = hired(&world, UNKNOWN).await;
    assert_eq!(clashes(&world, PROVINCIAL).await, []);
    renumber(&world, WESTERN, (DAN, 1), Some(UNKNOWN)).await;
    assert_eq!(clashes(&world, PROVINCIAL).await, [(id, json!("Dan"))]);
    renumber(&world, WESTERN, (DAN, 2), None).await;
    assert_eq!(clashes(&world, PROVINCIAL).await, []);
}

/// Who gives one of their own a number can't tell by it whether another has the same.
async fn a_clash_of_ones_own_tells_of_no_other(backend: Backend) {
    let world = stewards(backend).await;
    let numbers = [
        UNKNOWN.to_owned(),
        identity_number(DAN),
        identity_number(EVE),
    ];
    let mut told = Vec::new();
    for (round, number) in numbers.iter().enumerate() {
        for (turn, is_before) in [true, false].into_iter().enumerate() {
            let version = 4 * round as i32 + 2 * turn as i32 + 1;
            let mut id = Value::Null;
            for asks in [is_before, !is_before] {
                if asks {
                    id = hired(&world, number).await;
                } else {
                    renumber(&world, EASTERN, (CAI, version), Some(number)).await;
                }
            }
            let query = "query($id: ID!) {
                node(id: $id) { ... on Transfer {
                    version clashes { totalCount nodes { person { id name } } }
                } }
                transfers(filter: { clashes: { some: {} } }) { totalCount }
            }";
            let variables = json!({ "id": id });
            let answer = world.instance.ask_with(EASTERN, query, variables).await;
            told.push((answer.good().clone(), answer.statements));
            renumber(&world, EASTERN, (CAI, version + 1), None).await;
            taken_back(&world, &id).await;
        }
    }
    let clashes = &told[0].0["node"]["clashes"]["nodes"];
    assert_eq!(clashes[0]["person"]["name"], "Cai");
    for other in &told[1..] {
        assert_eq!(*other, told[0]);
    }
}

/// Hundreds of requests for one number would tell by the time that they take whether it is
/// known elsewhere.
async fn nobody_is_asked_for_twice(backend: Backend) {
    let world = stewards(backend).await;
    for number in [UNKNOWN.to_owned(), identity_number(DAN)] {
        let id = hired(&world, &number).await;
        let before = checksum(&world).await;
        let input = of_candidate(&number);
        let again = transfer(&world, EASTERN, "requestHire", input).await;
        assert_eq!(again.codes, ["CONFLICT"], "{:?}", again.messages);
        assert_eq!(checksum(&world).await, before);
        taken_back(&world, &id).await;
        hired(&world, &number).await;
    }
    // What one does not see stands in nobody's way.
    let mut elsewhere = of_candidate(UNKNOWN);
    elsewhere["facility"] = json!(global_id("Facility", WEST_CENTER));
    let elsewhere = transfer(&world, WESTERN, "requestHire", elsewhere).await;
    shown(&elsewhere, "requestHire");
}

/// What is known elsewhere stays told to who may know it, whatever others write.
async fn nobody_hides_a_clash(backend: Backend) {
    let world = stewards(backend).await;
    let number = identity_number(EVE);
    renumber(&world, EASTERN, (CAI, 1), Some(&number)).await;
    let id = hired(&world, &number).await;
    renumber(&world, EASTERN, (CAI, 2), None).await;
    assert_eq!(clashes(&world, NATIONAL).await, [(id, json!("Eve"))]);
}

async fn who_is_out_of_use_is_no_clash(backend: Backend) {
    let world = stewards(backend).await;
    hired(&world, &identity_number(DAN)).await;
    let query = r#"mutation($input: DeactivateInput!) {
        deactivatePerson(input: $input) { person { active } } }"#;
    let input = json!({
        "id": global_id("Person", DAN), "version": 1, "reason": "entered twice",
    });
    let variables = json!({ "input": input });
    let answer = world.instance.ask_with(WESTERN, query, variables).await;
    answer.good();
    assert_eq!(clashes(&world, NATIONAL).await, []);
}

async fn who_has_rights_on_both_sides_has_somebody_come(backend: Backend) {
    let world = stewards(backend).await;
    let id = hired(&world, &identity_number(DAN)).await;
    let before = checksum(&world).await;
    let decided = json!({ "id": id, "version": 1, "person": global_id("Person", DAN) });
    for subject in [WESTERN, OF_OTHER_PROVINCE, "analyst", "manager"] {
        let answer = transfer(&world, subject, "acceptTransfer", decided.clone()).await;
        assert!(
            ["NOT_FOUND", "FORBIDDEN"].contains(&answer.codes[0].as_str()),
            "{subject} {:?}",
            answer.messages
        );
    }
    assert_eq!(checksum(&world).await, before);
    let answer = transfer(&world, PROVINCIAL, "acceptTransfer", decided).await;
    let told = shown(&answer, "acceptTransfer");
    assert_eq!(
        (&told["status"], &told["active"], &told["version"]),
        (&json!("ACCEPTED"), &json!(false), &json!(2))
    );
    assert_eq!(staff(&world, EASTERN).await, ["Ann", "Bob", "Cai", "Dan"]);
    assert_eq!(staff(&world, WESTERN).await, [""; 0]);
    // He is the same as before, and left where he was.
    let same = "select count(*) from staff_member s join employment e on e.id = main_employment_id
        where s.id = 4 and s.person_id = 4 and s.version = 2 and s.title = 'JUNIOR'
        and e.main and e.started_on = '2026-01-01' and e.facility_id = 1 and e.ended_on is null";
    assert_eq!(world.sql.number(same).await, 1);
    let left = "select count(*) from employment where id = 4 and ended_on = '2025-12-31'";
    assert_eq!(world.sql.number(left).await, 1);
    let people = "select count(*) from person";
    assert_eq!(world.sql.number(people).await, 5);
}

async fn who_may_open_everybody_has_somebody_known(backend: Backend) {
    let world = stewards(backend).await;
    let unknown = hired(&world, UNKNOWN).await;
    let hidden = hired(&world, &identity_number(EVE)).await;
    // The province does not learn that another knows her.
    let mut refused = Vec::new();
    for id in [&unknown, &hidden] {
        let decided = json!({ "id": id, "version": 1 });
        let answer = transfer(&world, PROVINCIAL, "acceptTransfer", decided).await;
        refused.push((answer.codes, answer.messages, answer.statements));
    }
    assert_eq!(refused[0].0, ["FORBIDDEN"]);
    assert_eq!(refused[0], refused[1]);
    // Who is meant is named, and nobody who is not known.
    let eve = json!(global_id("Person", EVE));
    for (id, person) in [
        (&unknown, &eve),
        (&hidden, &Value::Null),
        (&hidden, &json!(global_id("Person", DAN))),
    ] {
        let decided = json!({ "id": id, "version": 1, "person": person });
        let answer = transfer(&world, NATIONAL, "acceptTransfer", decided).await;
        assert_eq!(answer.codes, ["CONFLICT"], "{person}");
    }
    for (id, person) in [(&unknown, Value::Null), (&hidden, eve)] {
        let decided = json!({ "id": id, "version": 1, "person": person });
        let answer = transfer(&world, NATIONAL, "acceptTransfer", decided).await;
        assert_eq!(shown(&answer, "acceptTransfer")["status"], "ACCEPTED");
    }
    assert_eq!(
        staff(&world, EASTERN).await,
        ["Ann", "Bob", "Cai", "Dan", "Eve"]
    );
    let query = format!(
        r#"{{ staff(filter: {{ person: {{ identityNumber: {{ eq: "{UNKNOWN}" }} }} }}) {{ nodes {{
            professionCategory education title keyPost facility {{ name }}
            person {{ name sex identityKind identityNumber }}
            mainEmployment {{ tenure titleEngaged startedOn endedOn employer {{ name }} }}
        }} }} }}"#
    );
    let answer = world.instance.ask(EASTERN, &query).await;
    let made = &answer.good()["staff"]["nodes"];
    let expected = json!([{
        "professionCategory": "REGISTERED_NURSE", "education": "BACHELOR", "title": "JUNIOR",
        "keyPost": "NURSING", "facility": { "name": "East Center" },
        "person": {
            "name": "Dan", "sex": "MALE", "identityKind": "RESIDENT_IDENTITY_CARD",
            "identityNumber": UNKNOWN,
        },
        "mainEmployment": {
            "tenure": "CONTRACT", "titleEngaged": "JUNIOR", "startedOn": "2026-01-01",
            "endedOn": null, "employer": { "name": "East Center" },
        },
    }]);
    assert_eq!(made, &expected);
}

async fn somebody_of_ones_own_is_no_second_person(backend: Backend) {
    let world = stewards(backend).await;
    // Cai of the clinic, whom the steward may open and let go.
    let mut input = of_candidate(&identity_number(CAI));
    input["name"] = json!("Cai");
    let answer = transfer(&world, EASTERN, "requestHire", input).await;
    let told = shown(&answer, "requestHire");
    let known = json!({ "nodes": [{ "person": { "name": "Cai" } }] });
    assert_eq!(told["clashes"], known);
    let cai = global_id("Person", CAI);
    let decided = json!({ "id": told["id"], "version": 1, "person": cai });
    // Who may change the person, but not end the employment, has nobody come.
    keep_employments(&world).await;
    let before = checksum(&world).await;
    let refused = transfer(&world, EASTERN, "acceptTransfer", decided.clone()).await;
    assert_eq!(refused.codes, ["FORBIDDEN"], "{:?}", refused.messages);
    assert_eq!(checksum(&world).await, before);
    give_employments_back(&world).await;
    transfer(&world, EASTERN, "acceptTransfer", decided)
        .await
        .good();
    let moved = "select count(*) from staff_member where person_id = 3 and facility_id = 1";
    assert_eq!(world.sql.number(moved).await, 1);
    let people = "select count(*) from person";
    assert_eq!(world.sql.number(people).await, 5);
}

const OF_STUDENT: &str = "99000020050101001X";

/// Registers a student who is enrolled in this division and employed nowhere.
async fn make_student(world: &World, code: &str) -> Value {
    let make = async |mutation: &str, type_: &str, payload: &str, input: Value| {
        let query = format!(
            "mutation($input: {type_}!) {{ {mutation}(input: $input) {{ {payload} {{ id }} }} }}"
        );
        let variables = json!({ "input": input });
        let answer = world.instance.ask_with(NATIONAL, &query, variables).await;
        answer.good()[mutation][payload]["id"].clone()
    };
    let person = json!({ "name": "Gus", "sex": "MALE", "identityNumber": OF_STUDENT });
    let student = make("createPerson", "CreatePersonInput", "person", person).await;
    let enrollment = json!({
        "program": global_id("Program", PROGRAM_ROOT), "person": student,
        "division": division(code), "enteredOn": "2025-09-01", "status": "ENTERED",
    });
    let (mutation, type_) = ("createEnrollment", "CreateEnrollmentInput");
    make(mutation, type_, "enrollment", enrollment).await;
    student
}

/// Whoever reads a person there, without the right to change them, gets no more by hiring.
async fn who_opens_a_student_elsewhere_does_not_hire_them(backend: Backend) {
    let world = stewards(backend).await;
    let student = make_student(&world, WEST).await;
    give(&world, EASTERN, "analyst", WEST).await;
    let id = hired(&world, OF_STUDENT).await;
    let before = checksum(&world).await;
    let decided = json!({ "id": id, "version": 1, "person": student });
    let answer = transfer(&world, EASTERN, "acceptTransfer", decided).await;
    assert_eq!(answer.codes, ["FORBIDDEN"], "{:?}", answer.messages);
    assert_eq!(checksum(&world).await, before);
}

async fn a_county_hires_its_students_by_number(backend: Backend) {
    let world = stewards(backend).await;
    let student = make_student(&world, EAST).await;
    let id = hired(&world, OF_STUDENT).await;
    let decided = json!({ "id": id, "version": 1, "person": student });
    let answer = transfer(&world, NATIONAL, "acceptTransfer", decided).await;
    assert_eq!(shown(&answer, "acceptTransfer")["status"], "ACCEPTED");
    assert_eq!(staff(&world, EASTERN).await, ["Ann", "Bob", "Cai", "Gus"]);
}
