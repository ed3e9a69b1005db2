//! Attempts to learn of a column that is not the caller's to read, by filter and
//! by order.

use serde_json::{Value as Json, json};

use crate::{
    answer::REFUSED,
    session,
    table::Kind,
    world::{Row, WORLD},
};

/// Of the facilities in Chaoyang the administrator may read the beds of all but
/// the national hospital.
#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_is_clear_on_some_rows_finds_none_of_the_others() {
    session::one("chaoyang-administrator", |mut session| async move {
        let eyes = session.eyes;
        let beds = Kind::Facility.column("bedsActual");
        let (clear, hidden): (Vec<Row>, Vec<Row>) = eyes
            .list(Kind::Facility)
            .iter()
            .copied()
            .partition(|row| eyes.reads(*row, beds));
        assert_eq!(hidden.len(), 1);
        let actual = hidden[0].value(beds).as_i64().unwrap();
        let with_beds = clear
            .iter()
            .filter(|row| !row.value(beds).is_null())
            .count();
        let without = clear.len() - with_beds;
        for (filter, found) in [
            (json!({ "bedsActual": { "eq": actual } }), 0),
            (
                json!({ "not": { "bedsActual": { "eq": actual } } }),
                with_beds,
            ),
            (json!({ "bedsActual": { "gte": 0 } }), with_beds),
            (json!({ "not": { "bedsActual": { "gte": 0 } } }), 0),
            (
                json!({ "not": { "not": { "bedsActual": { "gte": 0 } } } }),
                with_beds,
            ),
            (json!({ "bedsActual": { "isNull": true } }), without),
            (
                json!({ "not": { "bedsActual": { "isNull": true } } }),
                with_beds,
            ),
            (json!({ "bedsActual": { "isNull": false } }), with_beds),
            (json!({ "bedsActual": { "in": [actual] } }), 0),
            (
                json!({ "or": [
                    { "bedsActual": { "isNull": true } },
                    { "bedsActual": { "isNull": false } },
                ] }),
                clear.len(),
            ),
            (
                json!({ "branchOf": { "name": { "isNull": false } } }),
                branches(&clear),
            ),
            (
                json!({ "not": { "branchOf": { "name": { "isNull": false } } } }),
                clear.len() - branches(&clear),
            ),
        ] {
            let query = "query($filter: FacilityFilter) {
                facilities(filter: $filter) { totalCount }
            }";
            let expected = json!({ "facilities": { "totalCount": found } });
            session
                .expect(query, json!({ "filter": filter }), &expected)
                .await;
        }
        // In an order the hidden value stands among the absent ones, last by key.
        let query = "{ facilities(orderBy: BEDS_ACTUAL_DESC, first: 200) { nodes { id } } }";
        let came = session.ask(query, json!({})).await;
        let nodes = came["facilities"]["nodes"].as_array().unwrap();
        let position = |row: &Row| nodes.iter().position(|node| node["id"] == row.id());
        let fullest = clear
            .iter()
            .max_by_key(|row| row.value(beds).as_i64())
            .unwrap();
        assert!(
            position(&hidden[0]) < position(fullest),
            "absent values come first"
        );
        session
    })
    .await;
}

fn branches(rows: &[Row]) -> usize {
    rows.iter()
        .filter(|row| WORLD.data.facilities[row.place].branch_of.is_some())
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_is_clear_on_no_row_is_refused_wherever_it_is_named() {
    const ATTEMPTS: [&str; 13] = [
        "staff(filter: { name: { startsWith: \"张\" } })",
        "staff(filter: { not: { name: { isNull: true } } })",
        "staff(filter: { or: [{ title: { eq: SENIOR } }, { name: { contains: \"a\" } }] })",
        "staff(filter: { person: { name: { contains: \"a\" } } })",
        "staff(filter: { mainEmployment: { personName: { contains: \"a\" } } })",
        "staff(filter: { facility: { staff: { some: { name: { contains: \"a\" } } } } })",
        "staff(orderBy: NAME_ASC)",
        "staff(orderBy: NAME_DESC)",
        "facilities(filter: { staff: { none: { name: { contains: \"a\" } } } })",
        "facilities(filter: { enrollments: { some: { participantName: { contains: \"a\" } } } })",
        "enrollments(filter: { participantName: { isNull: false } })",
        "enrollments(filter: { person: { name: { eq: \"a\" } } })",
        "enrollments(orderBy: PARTICIPANT_NAME_ASC)",
    ];
    session::one("national-analyst", |mut session| async move {
        for attempt in ATTEMPTS {
            for wanted in ["totalCount nodes { id }", "nodes { id }"] {
                let query = format!("{{ attempt: {attempt} {{ {wanted} }} }}");
                session
                    .expect(&query, json!({}), &json!({ "attempt": REFUSED }))
                    .await;
            }
        }
        session
    })
    .await;
}

/// What is not there and what is not the caller's to see are one to a filter.
#[tokio::test(flavor = "multi_thread")]
async fn a_filter_by_relation_ignores_what_the_caller_does_not_see() {
    session::one("haidian-steward", |mut session| async move {
        // The staff of the university's center, which stands in Haidian.
        let query = "{
            staffed: facilities(filter: {
                name: { contains: \"燕园街道\" }, staff: { some: {} }
            }) { totalCount }
            listed: facilities(filter: { name: { contains: \"燕园街道\" } }) { totalCount }
        }";
        let listed = session.eyes.list(Kind::Facility).iter();
        let listed = listed.filter(|row| {
            let name: Json = row.value(Kind::Facility.column("name"));
            name.as_str().unwrap().contains("燕园街道")
        });
        let expected = json!({
            "staffed": { "totalCount": 0 },
            "listed": { "totalCount": listed.count() },
        });
        session.expect(query, json!({}), &expected).await;
        session
    })
    .await;
}
