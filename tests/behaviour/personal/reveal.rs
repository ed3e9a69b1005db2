//! Personal data revealed for a purpose, and what the audit trail holds of it.

use serde_json::{Value, json};
use support::Backend;

use crate::{
    instance::Answer,
    world::{EAST, WEST, World, give, global_id, identity_number, phone},
};

on_both_databases!(
    what_is_masked_is_revealed_and_noted,
    what_is_not_the_callers_to_reveal_stays_masked,
    nothing_is_told_that_is_not_noted,
    a_purpose_is_asked_for,
);

const REVEAL: &str = "mutation($input: RevealPersonalDataInput!) {
    revealPersonalData(input: $input) { identityNumber phone birthDate }
}";

async fn reveal(world: &World, subject: &str, person: i64, fields: &[&str]) -> Answer {
    let input = json!({
        "person": global_id("Person", person),
        "fields": fields,
        "purpose": "  confirm a transfer of Ann ",
    });
    let variables = json!({ "input": input });
    world.instance.ask_with(subject, REVEAL, variables).await
}

async fn events(world: &World) -> i64 {
    world.sql.number("select count(*) from audit_event").await
}

async fn what_is_masked_is_revealed_and_noted(backend: Backend) {
    let world = World::make(backend).await;
    let answer = reveal(&world, "administrator", 1, &["PHONE", "IDENTITY_NUMBER"]).await;
    assert_eq!(
        answer.good()["revealPersonalData"],
        json!({ "identityNumber": identity_number(1), "phone": phone(1), "birthDate": null })
    );
    let noted = "select count(*) from audit_event e join app_user u on u.id = e.user_id
            join division d on d.id = e.division_id join role_binding b on b.user_id = u.id
        where u.subject = 'administrator' and action = 'reveal' and e.kind = 'person'
            and d.code = '310101' and e.bindings = cast(b.id as text) and record_id = 1 and columns = 'identity_number phone'
            and purpose = 'confirm a transfer of Ann'";
    assert_eq!(world.sql.number(noted).await, 1);
    // What one sees in clear may be asked for as well, and is noted too.
    give(&world, "newcomer", "steward", EAST).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let answer = reveal(&world, "newcomer", 1, &["BIRTH_DATE"]).await;
    assert_eq!(
        answer.good()["revealPersonalData"]["birthDate"],
        "1980-01-01"
    );
    assert_eq!(events(&world).await, 2);
}

async fn what_is_not_the_callers_to_reveal_stays_masked(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", WEST).await;
    for (subject, person, code) in [
        ("analyst", 1, "FORBIDDEN"),
        // Of another county, and of nobody.
        ("newcomer", 1, "NOT_FOUND"),
        ("newcomer", 99, "NOT_FOUND"),
        ("host", 1, "NOT_FOUND"),
        ("sponsor", 1, "NOT_FOUND"),
    ] {
        let answer = reveal(&world, subject, person, &["PHONE"]).await;
        assert_eq!(answer.codes, [code], "{subject} {person}");
        assert_eq!(answer.data["revealPersonalData"], Value::Null);
    }
    let [hidden, absent] = [1, 99].map(|person| reveal(&world, "newcomer", person, &["PHONE"]));
    assert_eq!(hidden.await.messages, absent.await.messages);
    assert_eq!(events(&world).await, 0);
}

/// Where the event can't be written, there is no answer.
async fn nothing_is_told_that_is_not_noted(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run("alter table audit_event rename to lost")
        .await;
    let answer = reveal(&world, "administrator", 1, &["PHONE"]).await;
    assert_eq!(answer.codes, ["INTERNAL"]);
    assert_eq!(answer.data["revealPersonalData"], Value::Null);
}

async fn a_purpose_is_asked_for(backend: Backend) {
    let world = World::make(backend).await;
    let long = "x".repeat(501);
    for (purpose, fields) in [
        ("", json!(["PHONE"])),
        ("   abc ", json!(["PHONE"])),
        (&long, json!(["PHONE"])),
        ("one\ntwo", json!(["PHONE"])),
        ("confirm a transfer", json!([])),
    ] {
        let input = json!({
            "person": global_id("Person", 1), "fields": fields, "purpose": purpose,
        });
        let variables = json!({ "input": input });
        let answer = world
            .instance
            .ask_with("administrator", REVEAL, variables)
            .await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{purpose:?}");
    }
    assert_eq!(events(&world).await, 0);
}
