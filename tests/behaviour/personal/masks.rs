//! What identifies people is in clear, masked or refused, row by row, and is found by
//! those alone who see it in clear.

use serde_json::{Value, json};
use support::Backend;

use crate::world::{EAST, WEST, World, give, identity_number, phone};

on_both_databases!(
    one_list_shows_one_person_in_clear_and_the_next_masked,
    it_is_found_by_its_exact_value,
    it_is_not_found_by_those_who_see_it_masked,
);

const LIST: &str = "{ staff { nodes {
    name person { name identityKind identityNumber phone birthDate }
} } }";

fn person(name: &str, known: [&str; 4]) -> Value {
    let [shown, number, phone, day] = known;
    json!({ "name": name, "person": {
        "name": shown, "identityKind": if name.contains('*') { Value::Null } else { "RESIDENT_IDENTITY_CARD".into() },
        "identityNumber": number, "phone": phone, "birthDate": day,
    } })
}

async fn one_list_shows_one_person_in_clear_and_the_next_masked(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "steward", EAST).await;
    give(&world, "newcomer", "administrator", WEST).await;
    let answer = world.instance.ask("newcomer", LIST).await;
    let number = identity_number(1);
    let nodes = answer.good()["staff"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.len(), 4);
    assert_eq!(
        nodes[0],
        person("Ann", ["Ann", &number, &phone(1), "1980-01-01"])
    );
    assert_eq!(
        nodes[3],
        person(
            "Dan",
            ["Dan", "9****************X", "100****5674", "1980-**-**"]
        )
    );

    // The analyst is not told the kind of document either.
    let answer = world.instance.ask("analyst", LIST).await;
    assert_eq!(answer.codes, ["FORBIDDEN"; 5]);
    assert_eq!(
        answer.data["staff"]["nodes"][0],
        person(
            "A**",
            ["A**", "9****************X", "100****5671", "1980-**-**"]
        )
    );
}

async fn it_is_found_by_its_exact_value(backend: Backend) {
    let world = World::make(backend).await;
    let number = identity_number(1).to_lowercase();
    let spaced = format!("{} {}", &number[..6], &number[6..]);
    for filter in [
        format!("identityNumber: {{ eq: \"{number}\" }}"),
        format!("identityNumber: {{ in: [\"{spaced}\", \"x\"] }}"),
        format!("phone: {{ eq: \"{}\" }}", phone(1)),
        "birthDate: { eq: \"1980-01-01\" }".to_owned(),
        "birthDate: { in: [\"1980-01-01\", \"1980-01-04\"] }".to_owned(),
    ] {
        let query =
            format!("{{ staff(filter: {{ person: {{ {filter} }} }}) {{ nodes {{ name }} }} }}");
        let answer = world.instance.ask("steward", &query).await;
        assert_eq!(answer.names("staff"), ["Ann"], "{filter}");
    }
    for filter in [
        "phone: { eq: \"100\" }",
        "phone: { in: [] }",
        "phone: { isNull: true }",
        // Dan is the west's.
        "birthDate: { eq: \"1980-01-04\" }",
    ] {
        let query =
            format!("{{ staff(filter: {{ person: {{ {filter} }} }}) {{ nodes {{ name }} }} }}");
        let answer = world.instance.ask("steward", &query).await;
        assert!(answer.names("staff").is_empty(), "{filter}");
    }
    // All that there may be is not tried out.
    let days = |most| (1..=most).map(|day| format!("\"1980-01-{day:02}\""));
    for (most, codes) in [(20, vec![]), (21, vec!["INVALID_INPUT"])] {
        let days = days(most).collect::<Vec<_>>().join(" ");
        let filter = format!("birthDate: {{ in: [{days}] }}");
        let query =
            format!("{{ staff(filter: {{ person: {{ {filter} }} }}) {{ nodes {{ name }} }} }}");
        let answer = world.instance.ask("steward", &query).await;
        assert_eq!(answer.codes, codes, "{most}");
    }
}

async fn it_is_not_found_by_those_who_see_it_masked(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "steward", EAST).await;
    give(&world, "newcomer", "administrator", WEST).await;
    let filters = [
        format!("identityNumber: {{ eq: \"{}\" }}", identity_number(4)),
        format!("phone: {{ eq: \"{}\" }}", phone(4)),
        "birthDate: { isNull: false }".to_owned(),
    ];
    for filter in &filters {
        let lists = format!(
            "{{ staff(filter: {{ person: {{ {filter} }} }}) {{ nodes {{ name }} }}
                not: staff(filter: {{ not: {{ person: {{ {filter} }} }} }}) {{ nodes {{ name }} }} }}"
        );
        let answer = world.instance.ask("administrator", &lists).await;
        assert_eq!(answer.codes, ["FORBIDDEN", "FORBIDDEN"], "{filter}");
        // In clear on some rows: on the others there is nothing to find.
        let answer = world.instance.ask("newcomer", &lists).await;
        assert!(!answer.names("staff").contains(&"Dan"), "{filter}");
    }
}
