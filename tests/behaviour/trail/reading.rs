//! Reading what identifies people in clear is written down before it is told.

use access::{Fault, Interval, LOCAL_ISSUER, Origin};
use async_graphql::Request;
use grassroots::graph::Operation;
use serde_json::{Value, json};
use support::Backend;

use super::{appoint, audited, events, listed, open};
use crate::changes::chain::tamper;
use crate::world::{EAST, EAST_CENTER, WEST, give, global_id, identity_number, phone};

on_both_databases!(
    what_is_read_together_is_one_event,
    what_was_told_of_each_is_written_down,
    every_way_to_a_value_is_written_down,
    what_is_not_told_is_not_written_down,
    events_say_by_which_right_and_from_where,
    nothing_is_told_that_can_not_be_written_down,
    the_trail_of_reading_is_sealed,
);

async fn what_is_read_together_is_one_event(backend: Backend) {
    let world = audited(backend).await;
    let answer = open(&world, "steward", &[1, 2, 3], "phone identityNumber name").await;
    assert_eq!(answer.good()["nodes"][2]["phone"], phone(3));
    // Two statements more than the reading's, for however many people.
    assert_eq!(answer.statements, 3);
    let noted = listed(&world, "east-auditor", "", "action kind columns records").await;
    let people = [1, 2, 3].map(|person| global_id("Person", person));
    let expected = json!([{
        "action": "read", "kind": "Person", "columns": ["identityNumber", "phone"], "records": people,
    }]);
    assert_eq!(Value::from(noted), expected);
    // Each division is told of its own.
    give(&world, "steward", "steward", "0").await;
    open(&world, "steward", &[3, 4, 5], "birthDate")
        .await
        .good();
    assert_eq!(events(&world).await, 1 + 3);
    for (auditor, person) in [("west-auditor", 4), ("far-auditor", 5)] {
        let noted = listed(&world, auditor, "", "columns records").await;
        let expected =
            json!([{ "columns": ["birthDate"], "records": [global_id("Person", person)] }]);
        assert_eq!(Value::from(noted), expected);
    }
}

async fn what_was_told_of_each_is_written_down(backend: Backend) {
    let world = audited(backend).await;
    world
        .sql
        .run("update person set phone = null, phone_digest = null where id = 2")
        .await;
    let query = format!(
        "{{ a: nodes(ids: [\"{}\", \"{}\"]) {{ ... on Person {{ phone }} }}
            b: node(id: \"{}\") {{ ... on Person {{ phone birthDate }} }} }}",
        global_id("Person", 1),
        global_id("Person", 2),
        global_id("Person", 3)
    );
    world.instance.ask("steward", &query).await.good();
    let noted = listed(&world, "auditor", "", "columns records").await;
    // Of the second there was nothing to tell.
    let [first, third] = [1, 3].map(|person| global_id("Person", person));
    let expected = json!([
        { "columns": ["phone"], "records": [first] },
        { "columns": ["phone", "birthDate"], "records": [third] },
    ]);
    assert_eq!(Value::from(noted), expected);
}

async fn every_way_to_a_value_is_written_down(backend: Backend) {
    let world = audited(backend).await;
    appoint(&world, "local", "administrator", EAST).await;
    give(&world, "local", "steward", EAST).await;
    let person = global_id("Person", 1);
    let center = global_id("Facility", EAST_CENTER);
    for query in [
        "{ staff { nodes { person { phone } } } }",
        "{ staff(filter: { person: { phone: { eq: \"10012345671\" } } }) { edges { node { person { phone } } } } }",
        "{ facilities { nodes { staff { nodes { person { phone } } } } } }",
        "{ facilities { nodes { employments { nodes { person { phone } } } } } }",
        "{ enrollments { nodes { person { phone } } } }",
        &format!(
            "{{ node(id: \"{person}\") {{ ... on Person {{ staffRecords {{ nodes {{ person {{ phone }} }} }} }} }} }}"
        ),
        &format!(
            "mutation {{ updatePerson(input: {{ id: \"{person}\", version: 1, name: \"Anna\" }}) {{ person {{ phone }} }} }}"
        ),
        // Behind a change of rights, over two references in a row.
        &format!(
            "mutation {{ grantRole(input: {{ account: {{ issuer: \"{LOCAL_ISSUER}\", subject: \"other\", name: \"Other\" }},
                role: \"manager\", facility: \"{center}\" }}) {{ binding {{ facility {{ staff {{ nodes {{
                    mainEmployment {{ person {{ phone }} }} }} }} }} }} }} }}"
        ),
    ] {
        let before = events(&world).await;
        let answer = world.instance.ask("local", query).await;
        assert!(answer.good().to_string().contains(&phone(1)), "{query}");
        let read = "select count(*) from audit_event where action = 'read' and columns = 'phone'
            and (record_id = 1 or records like '% 1 %') and id > ";
        assert_eq!(
            world.sql.number(&format!("{read} {before}")).await,
            1,
            "{query}"
        );
    }
}

async fn what_is_not_told_is_not_written_down(backend: Backend) {
    let world = audited(backend).await;
    let number = identity_number(1);
    let by_number = format!(
        "{{ staff(filter: {{ person: {{ identityNumber: {{ eq: \"{number}\" }} }} }}) {{
            totalCount nodes {{ person {{ name }} }} }} }}"
    );
    for (subject, query) in [
        // Masked, not asked for, found by, left out.
        (
            "administrator",
            "{ staff { nodes { person { phone identityNumber } } } }",
        ),
        ("steward", "{ staff { nodes { person { name sex } } } }"),
        ("steward", &by_number),
        (
            "steward",
            "{ staff { nodes { person { phone @include(if: false) } } } }",
        ),
        ("analyst", "{ staff { nodes { person { phone name } } } }"),
    ] {
        world.instance.ask(subject, query).await.good();
        assert_eq!(events(&world).await, 0, "{subject}: {query}");
    }
    // Refused, and not there.
    open(&world, "host", &[1], "phone").await.good();
    open(&world, "steward", &[4, 99], "phone").await.good();
    assert_eq!(events(&world).await, 0);
    // A page fetches more than it shows.
    let page = "{ staff(first: 1) { nodes { person { phone } } } }";
    world.instance.ask("steward", page).await.good();
    let alone = "select count(*) from audit_event where record_id = 1 and records is null";
    assert_eq!(
        (world.sql.number(alone).await, events(&world).await),
        (1, 1)
    );
    // What is revealed is written down as that.
    let reveal = format!(
        "mutation {{ revealPersonalData(input: {{ person: \"{}\", fields: [PHONE], purpose: \"a test\" }}) {{ phone }} }}",
        global_id("Person", 1)
    );
    world.instance.ask("steward", &reveal).await.good();
    let read = "select count(*) from audit_event where action = 'read'";
    assert_eq!((world.sql.number(read).await, events(&world).await), (1, 2));
}

async fn events_say_by_which_right_and_from_where(backend: Backend) {
    let world = audited(backend).await;
    // Of two stewardships the one that leads there.
    give(&world, "steward", "steward", WEST).await;
    give(&world, "steward", "analyst", EAST).await;
    let request = Request::new("{ staff { nodes { person { phone } } } }");
    let operation = Operation {
        origin: Origin {
            request: Some("request-7".to_owned()),
            address: Some("192.0.2.7".to_owned()),
        },
        ..request.into()
    };
    let token = world.instance.token("steward").await;
    let caller = world.instance.access.caller(&token).await.unwrap();
    let outcome = world.instance.graph.execute(caller, operation).await;
    assert!(outcome.response.errors.is_empty());
    let binding = |code: &str| {
        let first = Interval::of_code(code).unwrap().first;
        format!(
            "select b.id from role_binding b join app_user u on u.id = b.user_id
             where u.subject = 'steward' and b.role = 'steward' and b.division_id = {first}"
        )
    };
    for (auditor, code) in [("east-auditor", EAST), ("west-auditor", WEST)] {
        let binding = world.sql.number(&binding(code)).await;
        let shown = "bindings requestId address purpose user { subject } division { code }";
        let noted = listed(&world, auditor, "", shown).await;
        let expected = json!([{
            "bindings": [global_id("RoleBinding", binding)], "requestId": "request-7",
            "address": "192.0.2.7", "purpose": null, "user": { "subject": "steward" },
            "division": { "code": code },
        }]);
        assert_eq!(Value::from(noted), expected);
    }
}

async fn nothing_is_told_that_can_not_be_written_down(backend: Backend) {
    let world = audited(backend).await;
    world
        .sql
        .run("alter table audit_event rename to lost")
        .await;
    let answer = open(&world, "steward", &[1], "phone name").await;
    assert_eq!(
        (answer.codes, answer.data),
        (vec!["INTERNAL".to_owned()], Value::Null)
    );
    // What needs no event goes on.
    open(&world, "steward", &[1], "name").await.good();
}

async fn the_trail_of_reading_is_sealed(backend: Backend) {
    let world = audited(backend).await;
    open(&world, "steward", &[1, 2, 3], "phone").await.good();
    let system = &world.instance.system;
    system.sealer().unwrap().seal().await.unwrap();
    let verdict = system.verify_audit(None, &|_, _| {}).await.unwrap();
    assert_eq!((verdict.sealed, verdict.faults), (1, Vec::new()));
    // Whom it says nothing of any more.
    let sql = "update audit_event set records = ' 1 2 '";
    tamper(&world, backend, sql).await;
    let verdict = system.verify_audit(None, &|_, _| {}).await.unwrap();
    assert_eq!(verdict.faults, [Fault::Changed { event: 1, seal: 1 }]);
}
