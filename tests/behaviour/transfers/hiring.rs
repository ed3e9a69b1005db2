//! Hiring by an identity number.

use serde_json::{Value, json};
use support::Backend;

use super::{
    EASTERN, NATIONAL, OF_OTHER_PROVINCE, PROVINCIAL, WESTERN, checksum, hired, of_candidate,
    shown, staff, stewards, transfer,
};
use crate::world::{World, global_id, identity_number};

on_both_databases!(
    the_answer_is_the_same_for_whom_nobody_knows,
    a_clash_is_told_to_who_may_open_both,
    a_clash_follows_what_is_written_later,
    who_has_rights_on_both_sides_has_somebody_come,
    who_may_open_everybody_has_somebody_known,
    somebody_of_ones_own_is_no_second_person,
);

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
            "{{ node(id: {id}) {{ ... on Transfer {{ status active version holder {{ id }} }} }}
                clashes: transfers(filter: {{ holder: {{}} }}) {{ totalCount }}
                open: transfers(filter: {{ not: {{ holder: {{}} }} }}) {{ totalCount }} }}"
        );
        let mut later = world.instance.ask(EASTERN, &query).await;
        let open = later.data["open"].take();
        assert_eq!(open["totalCount"], answers.len() as i64 + 1);
        let decided = json!({ "id": id, "version": 1 });
        let refused = transfer(&world, EASTERN, "acceptTransfer", decided).await;
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
    assert_eq!(told["holder"], Value::Null);
    assert_eq!(answers[1], answers[0]);
    assert_eq!(answers[2], answers[0]);
}

/// The names in the requests whose clashes somebody is told of, with who is known.
async fn clashes(world: &World, subject: &str) -> Vec<(Value, Value)> {
    let query = "{ transfers(filter: { active: { eq: true }, holder: {} }) {
        nodes { id holder { name } } totalCount } }";
    let answer = world.instance.ask(subject, query).await;
    let nodes = answer.good()["transfers"]["nodes"].as_array().unwrap();
    assert_eq!(answer.total("transfers"), nodes.len() as i64);
    let told = nodes.iter();
    told.map(|node| (node["id"].clone(), node["holder"]["name"].clone()))
        .collect()
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
    assert_eq!(clashes(&world, PROVINCIAL).await, [of_dan.clone()]);
    assert_eq!(clashes(&world, NATIONAL).await, [of_dan, of_eve]);
}

async fn a_clash_follows_what_is_written_later(backend: Backend) {
    let world = stewards(backend).await;
    let id = hired(&world, UNKNOWN).await;
    let write = async |version: i32, number: Option<&str>| {
        let input = json!({
            "id": global_id("Person", DAN), "version": version, "identityNumber": number,
        });
        let query = "mutation($input: UpdatePersonInput!) {
            updatePerson(input: $input) { person { version } } }";
        let variables = json!({ "input": input });
        let answer = world.instance.ask_with(WESTERN, query, variables).await;
        answer.good();
    };
    assert_eq!(clashes(&world, PROVINCIAL).await, []);
    write(1, Some(UNKNOWN)).await;
    assert_eq!(clashes(&world, PROVINCIAL).await, [(id, json!("Dan"))]);
    write(2, None).await;
    assert_eq!(clashes(&world, PROVINCIAL).await, []);
}

async fn who_has_rights_on_both_sides_has_somebody_come(backend: Backend) {
    let world = stewards(backend).await;
    let id = hired(&world, &identity_number(DAN)).await;
    let before = checksum(&world).await;
    let decided = json!({ "id": id, "version": 1 });
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
    for id in [&unknown, &hidden] {
        let decided = json!({ "id": id, "version": 1 });
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
    let mut input = of_candidate(&identity_number(3));
    input["name"] = json!("Cai");
    let answer = transfer(&world, EASTERN, "requestHire", input).await;
    let told = shown(&answer, "requestHire");
    assert_eq!(told["holder"], json!({ "name": "Cai" }));
    let decided = json!({ "id": told["id"], "version": 1 });
    transfer(&world, EASTERN, "acceptTransfer", decided)
        .await
        .good();
    let moved = "select count(*) from staff_member where person_id = 3 and facility_id = 1";
    assert_eq!(world.sql.number(moved).await, 1);
    let people = "select count(*) from person";
    assert_eq!(world.sql.number(people).await, 5);
}
