//! Who registers persons, employs them and opens their professional records.

use serde_json::{Value, json};
use support::Backend;

use super::{based_on, change, checksum};
use crate::world::{
    EAST, EAST_CENTER, EAST_CLINIC, FAR_CENTER, PROGRAM_ROOT, WEST, WEST_CENTER, World, division,
    give, global_id,
};

on_both_databases!(
    the_nation_alone_registers_persons,
    a_number_that_is_masked_is_not_told_to_be_taken,
    who_is_hired_belongs_to_the_worksite,
    a_county_hires_its_students,
    a_worksite_is_ones_own,
    who_reads_a_person_elsewhere_ties_them_to_nothing,
    who_may_change_a_person_employs_them_at_a_further_site,
    a_second_main_employment_is_refused_without_telling_of_the_first,
    a_professional_record_stands_on_a_current_main_employment,
);

const ANN: i64 = 1;
const DAN: i64 = 4;

fn person(name: &str) -> Value {
    json!({
        "name": name, "sex": "FEMALE", "identityKind": "RESIDENT_IDENTITY_CARD",
        "identityNumber": "990000 19990101 007x", "phone": "13900001111",
    })
}

fn employment(person: &str, facility: i64, main: bool) -> Value {
    let facility = global_id("Facility", facility);
    json!({
        "person": person, "facility": facility, "employer": facility, "main": main,
        "tenure": "CONTRACT", "keyPost": "GENERAL_PRACTICE", "titleEngaged": "JUNIOR",
        "startedOn": "2025-09-01",
    })
}

fn record(person: &str, employment: &str) -> Value {
    json!({
        "person": person, "mainEmployment": employment, "education": "BACHELOR",
        "professionCategory": "REGISTERED_NURSE", "title": "JUNIOR",
    })
}

fn enrollment(person: &str, code: &str) -> Value {
    json!({
        "program": global_id("Program", PROGRAM_ROOT), "person": person,
        "division": division(code), "enteredOn": "2025-09-01", "status": "ENTERED",
    })
}

/// Makes a record and gives its global id.
async fn make(world: &World, subject: &str, mutation: &str, input: Value) -> String {
    let answer = change(world, subject, mutation, input).await;
    let made = &answer.good()[mutation][super::payload(mutation)]["id"];
    made.as_str().unwrap().to_owned()
}

/// Registers somebody who is enrolled in this division and employed nowhere.
async fn make_student(world: &World, code: &str) -> String {
    let student = make(world, "administrator", "createPerson", person("Gus")).await;
    let enrolled = enrollment(&student, code);
    make(world, "administrator", "createEnrollment", enrolled).await;
    student
}

/// What of a person a caller is shown, null for one who is not theirs to open.
async fn shown(world: &World, subject: &str, person: &str) -> Value {
    let query = format!("{{ node(id: \"{person}\") {{ ... on Person {{ name phone }} }} }}");
    let answer = world.instance.ask(subject, &query).await;
    answer.data["node"].clone()
}

async fn the_nation_alone_registers_persons(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", "31").await;
    let before = checksum(&world).await;
    for subject in ["newcomer", "steward", "manager", "analyst", "host"] {
        let answer = change(&world, subject, "createPerson", person("Fay")).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
    }
    assert_eq!(checksum(&world).await, before);
    let fay = make(&world, "administrator", "createPerson", person("Fay")).await;
    let seen = json!({ "name": "Fay", "phone": "139****1111" });
    assert_eq!(shown(&world, "administrator", &fay).await, seen);
    for subject in ["newcomer", "steward"] {
        assert_eq!(shown(&world, subject, &fay).await, Value::Null, "{subject}");
    }
    for row in checksum(&world).await {
        assert!(
            !row.contains("13900001111") && !row.contains("007X"),
            "{row}"
        );
    }
    let written = "select count(*) from audit_event
        where action = 'create' and kind = 'person' and division_id = 0";
    assert_eq!(world.sql.number(written).await, 1);
}

/// Whoever might try numbers would learn who is registered.
async fn a_number_that_is_masked_is_not_told_to_be_taken(backend: Backend) {
    let world = World::make(backend).await;
    for name in ["Fay", "Gus"] {
        make(&world, "administrator", "createPerson", person(name)).await;
    }
}

async fn who_is_hired_belongs_to_the_worksite(backend: Backend) {
    let world = World::make(backend).await;
    let fay = make(&world, "administrator", "createPerson", person("Fay")).await;
    let hired = employment(&fay, EAST_CENTER, true);
    let hired = make(&world, "administrator", "createEmployment", hired).await;
    assert_eq!(shown(&world, "steward", &fay).await, Value::Null);
    let opened = record(&fay, &hired);
    make(&world, "administrator", "createStaffMember", opened).await;
    let clear = json!({ "name": "Fay", "phone": "13900001111" });
    for subject in ["steward", "manager"] {
        assert_eq!(shown(&world, subject, &fay).await, clear, "{subject}");
    }
    let kept =
        "select count(*) from staff_member s join employment e on e.id = s.main_employment_id
        where s.name = 'Fay' and e.person_name = 'Fay' and s.facility_id = 1
            and s.administered_by = e.administered_by and s.key_post = e.key_post";
    assert_eq!(world.sql.number(kept).await, 1);
    // Who left may come back; the record stays where it was.
    let ended = based_on(hired, 1, json!({ "endedOn": "2026-01-31" }));
    change(&world, "steward", "updateEmployment", ended)
        .await
        .good();
    let back = employment(&fay, EAST_CLINIC, true);
    make(&world, "steward", "createEmployment", back).await;
    let kept = "select count(*) from staff_member where name = 'Fay' and facility_id = 1";
    assert_eq!(world.sql.number(kept).await, 1);
    // The managers of a center employ nobody.
    let further = employment(&fay, EAST_CENTER, false);
    let answer = change(&world, "manager", "createEmployment", further).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
}

async fn a_county_hires_its_students(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let student = make_student(&world, EAST).await;
    // A steward has no students.
    let hired = employment(&student, EAST_CENTER, true);
    let answer = change(&world, "steward", "createEmployment", hired.clone()).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    let hired = make(&world, "newcomer", "createEmployment", hired).await;
    let opened = record(&student, &hired);
    make(&world, "newcomer", "createStaffMember", opened.clone()).await;
    assert_eq!(shown(&world, "steward", &student).await["name"], "Gus");
    let again = change(&world, "newcomer", "createStaffMember", opened).await;
    assert_eq!(again.codes, ["CONFLICT"]);
}

async fn a_worksite_is_ones_own(backend: Backend) {
    let world = World::make(backend).await;
    // It stands in the county, and belongs to another.
    let stands = "update facility set located_in = (select id from division where code = '310101')
        where id = 3";
    world.sql.run(stands).await;
    let before = checksum(&world).await;
    let ann = global_id("Person", ANN);
    let mut messages = Vec::new();
    for (facility, code) in [
        (WEST_CENTER, "FORBIDDEN"),
        (FAR_CENTER, "NOT_FOUND"),
        (99, "NOT_FOUND"),
    ] {
        // Ann has a main employment already, which is not said here.
        for main in [false, true] {
            let mut input = employment(&ann, facility, main);
            input["employer"] = json!(global_id("Facility", EAST_CENTER));
            let answer = change(&world, "steward", "createEmployment", input).await;
            assert_eq!(answer.codes, [code], "{facility} {main}");
            messages.push(answer.messages);
        }
    }
    assert_eq!(messages[0], messages[1]);
    assert!(messages[3..].iter().all(|message| *message == messages[2]));
    assert_eq!(checksum(&world).await, before);
}

/// The name that somebody sees masked would stand on the new record, and whoever has rights
/// there would have them on the person.
async fn who_reads_a_person_elsewhere_ties_them_to_nothing(backend: Backend) {
    let world = World::make(backend).await;
    for (role, code) in [
        ("analyst", WEST),
        ("administrator", EAST),
        ("steward", EAST),
    ] {
        give(&world, "newcomer", role, code).await;
    }
    let student = make_student(&world, WEST).await;
    let works = employment(&student, EAST_CENTER, true);
    let works = make(&world, "administrator", "createEmployment", works).await;
    let dan = global_id("Person", DAN);
    assert_eq!(shown(&world, "newcomer", &dan).await["name"], "D**");
    assert_eq!(shown(&world, "newcomer", &student).await["name"], "G**");
    let before = checksum(&world).await;
    for (mutation, input) in [
        ("createEmployment", employment(&dan, EAST_CENTER, false)),
        ("createEmployment", employment(&dan, EAST_CENTER, true)),
        ("createEmployment", employment(&student, EAST_CENTER, false)),
        ("createStaffMember", record(&student, &works)),
        ("createEnrollment", enrollment(&dan, EAST)),
        ("createEnrollment", enrollment(&student, EAST)),
    ] {
        let answer = change(&world, "newcomer", mutation, input).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{mutation}");
        let told = "`person` names a record that is not yours to change";
        assert_eq!(answer.messages, [told], "{mutation}");
    }
    // Whom they may not even read is nobody.
    let mut messages = Vec::new();
    for key in [5, 99] {
        let input = employment(&global_id("Person", key), EAST_CENTER, false);
        let answer = change(&world, "newcomer", "createEmployment", input).await;
        assert_eq!(answer.codes, ["NOT_FOUND"]);
        messages.push(answer.messages);
    }
    assert_eq!(messages[0], messages[1]);
    assert_eq!(checksum(&world).await, before);
    // Hired in the east, the student is the west's no more.
    let opened = record(&student, &works);
    make(&world, "administrator", "createStaffMember", opened).await;
    assert_eq!(shown(&world, "newcomer", &student).await["name"], "Gus");
}

/// Nothing of the person comes along: the record stays where the main employment is.
async fn who_may_change_a_person_employs_them_at_a_further_site(backend: Backend) {
    let world = World::make(backend).await;
    for code in [WEST, EAST] {
        give(&world, "newcomer", "steward", code).await;
    }
    let dan = global_id("Person", DAN);
    let further = employment(&dan, EAST_CENTER, false);
    let further = make(&world, "newcomer", "createEmployment", further).await;
    let query = format!(
        "{{ node(id: \"{further}\") {{ ... on Employment {{ personName person {{ phone }} }} }} }}"
    );
    let seen = world.instance.ask("steward", &query).await;
    assert_eq!(
        seen.data["node"],
        json!({ "personName": "Dan", "person": null })
    );
    assert_eq!(shown(&world, "steward", &dan).await, Value::Null);
    let kept = "select count(*) from staff_member where person_id = 4 and facility_id = 3";
    assert_eq!(world.sql.number(kept).await, 1);
}

async fn a_second_main_employment_is_refused_without_telling_of_the_first(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let student = make_student(&world, EAST).await;
    let elsewhere = employment(&student, FAR_CENTER, true);
    make(&world, "administrator", "createEmployment", elsewhere).await;
    // One of them sees the first, the other does not.
    let mut messages = Vec::new();
    for person in [global_id("Person", ANN), student.clone()] {
        let second = employment(&person, EAST_CLINIC, true);
        let answer = change(&world, "newcomer", "createEmployment", second).await;
        assert_eq!(answer.codes, ["CONFLICT"]);
        messages.push(answer.messages);
    }
    assert_eq!(messages[0], messages[1]);
    // A further one, and one that has ended, stand beside it.
    for (main, ended_on) in [(false, None), (true, Some("2025-12-31"))] {
        let mut other = employment(&student, EAST_CLINIC, main);
        other["endedOn"] = json!(ended_on);
        make(&world, "newcomer", "createEmployment", other).await;
    }
    let mut reversed = employment(&student, EAST_CLINIC, false);
    reversed["endedOn"] = json!("2025-08-31");
    let answer = change(&world, "newcomer", "createEmployment", reversed).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

/// Else a past employment would draw the person away from where they work now.
async fn a_professional_record_stands_on_a_current_main_employment(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let student = make_student(&world, EAST).await;
    let further = employment(&student, EAST_CENTER, false);
    let mut past = employment(&student, EAST_CENTER, true);
    past["endedOn"] = json!("2025-12-31");
    for input in [further, past] {
        let made = make(&world, "newcomer", "createEmployment", input).await;
        let opened = record(&student, &made);
        let answer = change(&world, "newcomer", "createStaffMember", opened).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"]);
        let problem = &answer.messages[0];
        assert!(problem.starts_with("`mainEmployment` takes"), "{problem}");
    }
    // Another's.
    let of_ann = record(&student, &global_id("Employment", ANN));
    let answer = change(&world, "newcomer", "createStaffMember", of_ann).await;
    assert_eq!(answer.codes, ["CONFLICT"]);
    let unread = record(&student, &global_id("Employment", DAN));
    let answer = change(&world, "newcomer", "createStaffMember", unread).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    // Whether it lasts can't be found out by who may not read it.
    let line = "'p', 'role:administrator', 'res:employment', 'read', 'subtree',
        'col:employment.ended_on', 'deny'";
    let deny = format!("insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values ({line})");
    world.sql.run(&deny).await;
    let current = employment(&student, EAST_CENTER, true);
    let current = make(&world, "newcomer", "createEmployment", current).await;
    let opened = record(&student, &current);
    let answer = change(&world, "newcomer", "createStaffMember", opened).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}
