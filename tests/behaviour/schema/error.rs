//! Operations that can't be run.

use support::Backend;

use crate::world::World;

on_both_databases!(
    an_operation_that_can_not_be_run_is_invalid_input,
    an_error_suggests_no_names,
    an_id_that_this_server_did_not_give_is_invalid_input,
    a_value_that_no_column_can_hold_is_no_internal_error,
);

async fn an_operation_that_can_not_be_run_is_invalid_input(backend: Backend) {
    let world = World::make(backend).await;
    let deep = |open: &str, times: usize| open.repeat(times);
    for (what, query) in [
        ("nothing", String::new()),
        ("no document", "hello".to_owned()),
        ("an open bracket", "{ viewer {".to_owned()),
        ("an unknown field", "{ viewers { name } }".to_owned()),
        (
            "an unknown argument",
            "{ staff(limit: 5) { totalCount } }".to_owned(),
        ),
        (
            "an unknown type",
            "{ node(id: \"\") { ... on Patient { id } } }".to_owned(),
        ),
        ("an unknown fragment", "{ viewer { ...Gone } }".to_owned()),
        (
            "a fragment of itself",
            "{ viewer { ...A } } fragment A on Viewer { ...A }".to_owned(),
        ),
        ("an object without fields", "{ viewer }".to_owned()),
        (
            "a value with fields",
            "{ viewer { name { first } } }".to_owned(),
        ),
        (
            "a value of another type",
            "{ staff(filter: { name: 1 }) { totalCount } }".to_owned(),
        ),
        (
            "a term of no vocabulary",
            "{ staff(orderBy: SALARY_ASC) { totalCount } }".to_owned(),
        ),
        (
            "a missing variable",
            "query($id: ID!) { node(id: $id) { id } }".to_owned(),
        ),
        (
            "two operations",
            "query A { viewer { name } } query B { viewer { name } }".to_owned(),
        ),
        ("a mutation", "mutation { viewer { name } }".to_owned()),
        (
            "a subscription",
            "subscription { viewer { name } }".to_owned(),
        ),
        ("deep fields", deep("{ a", 65)),
        (
            "deep lists",
            format!("{{ nodes(ids: {}", deep("[", 100_000)),
        ),
        (
            "deep objects",
            format!("{{ staff(filter: {}", deep("{ not: ", 100_000)),
        ),
        (
            "no code",
            "{ division(code: \"21068\") { name } }".to_owned(),
        ),
    ] {
        let answer = world.instance.ask("administrator", &query).await;
        assert!(!answer.codes.is_empty(), "{what} was run");
        let endless = what.starts_with("deep ") || what == "a fragment of itself";
        let expected = if endless {
            "TOO_COMPLEX"
        } else {
            "INVALID_INPUT"
        };
        assert!(
            answer.codes.iter().all(|code| code == expected),
            "{what}: {:?}",
            answer.codes
        );
        assert_eq!(answer.statements, 0, "{what}");
    }
}

/// "Did you mean" would name fields to callers who can't see them.
async fn an_error_suggests_no_names(backend: Backend) {
    let world = World::make(backend).await;
    for query in [
        "{ staf { totalCount } }",
        "{ viewer { nam } }",
        "{ facilities { totalCounts } }",
        "{ staff(filters: {}) { totalCount } }",
        "{ staff(filter: { nam: { eq: \"\" } }) { totalCount } }",
        "{ staff(orderBy: NAME_AS) { totalCount } }",
        "{ node(id: \"\") { ... on StafMember { id } } }",
    ] {
        let answer = world.instance.ask("newcomer", query).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{query}");
        let message = answer.messages.concat();
        assert!(
            !message.to_lowercase().contains("did you mean"),
            "{message}"
        );
        for name in ["staffMember", "name\"", "totalCount\"", "NAME_ASC"] {
            assert!(!message.contains(name), "{message}");
        }
    }
}

async fn an_id_that_this_server_did_not_give_is_invalid_input(backend: Backend) {
    let world = World::make(backend).await;
    for id in [
        "",
        "1",
        "!!!",
        "RmFjaWxpdHk",
        "RmFjaWxpdHk6",
        "RmFjaWxpdHk6eA",
        "RmFjaWxpdHk6MQ==",
    ] {
        for query in [
            format!("{{ node(id: \"{id}\") {{ id }} }}"),
            format!("{{ nodes(ids: [\"{id}\"]) {{ id }} }}"),
            format!("{{ facility(id: \"{id}\") {{ id }} }}"),
            format!("{{ facilities(filter: {{ id: {{ eq: \"{id}\" }} }}) {{ totalCount }} }}"),
        ] {
            let answer = world.instance.ask("administrator", &query).await;
            assert_eq!(answer.codes, ["INVALID_INPUT"], "{query}");
        }
    }
    let of_staff = "{ facility(id: \"U3RhZmZNZW1iZXI6MQ\") { id } }";
    let answer = world.instance.ask("administrator", of_staff).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    // An id of no type: there is no such record.
    let of_patient = "{ node(id: \"UGF0aWVudDox\") { id } }";
    assert!(world.instance.ask("administrator", of_patient).await.good()["node"].is_null());
}

async fn a_value_that_no_column_can_hold_is_no_internal_error(backend: Backend) {
    let world = World::make(backend).await;
    let mut failed = Vec::new();
    for filter in [
        r#"name: { eq: "\u0000" }"#,
        r#"name: { contains: "a\u0000" }"#,
        r#"name: { startsWith: "\u0000" }"#,
        r#"name: { in: ["\u0000"] }"#,
        r#"openedOn: { gt: "+262142-12-31" }"#,
        r#"openedOn: { lt: "-262143-01-01" }"#,
        "bedsActual: { in: [2147483647, -2147483648] }",
    ] {
        let query = format!("{{ facilities(filter: {{ {filter} }}) {{ totalCount }} }}");
        let answer = world.instance.ask("administrator", &query).await;
        if answer.codes.contains(&"INTERNAL".to_owned()) {
            failed.push(filter);
        }
    }
    assert!(failed.is_empty(), "INTERNAL for {failed:#?}");
}
