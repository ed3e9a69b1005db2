//! How many statements a query takes: as many as its document asks for,
//! however many rows there are.

use async_graphql::{Request, Variables};
use grassroots_tests::Demonstration;
use serde_json::json;
use support::Backend;

use crate::instance::{Answer, ask};

on_both_databases!(
    a_query_takes_the_same_statements_for_any_number_of_rows,
    fragments_and_aliases_take_no_more_than_what_they_spell_out,
    an_empty_answer_takes_one_statement_more_to_be_sure,
);

/// Who asks what, and how many statements it takes.
const QUERIES: [(&str, u64, &str); 15] = [
    // A list brings along the facilities that it refers to. Divisions come from memory.
    (
        "national-administrator",
        1,
        "{ staff(first: $n) { nodes { id name facility { name } administeredBy { name } } } }",
    ),
    (
        "donggang-steward",
        1,
        "{ staff(first: $n) { nodes { id name facility { name } administeredBy { name } } } }",
    ),
    (
        "national-administrator",
        1,
        "{ staff(first: $n) { nodes { locatedIn { name parent { name parent { name } } } } } }",
    ),
    (
        "donggang-steward",
        2,
        "{ staff(first: $n) { totalCount nodes { facility { name } } } }",
    ),
    (
        "national-administrator",
        3,
        "{ divisions(first: $n, filter: { facilitiesLocated: { some: {} } }) { nodes {
            facilitiesLocated(first: $n) { nodes { staff(first: $n) { nodes {
                person { name } } } } } } } }",
    ),
    (
        "national-analyst",
        5,
        "{ facilities(first: $n, filter: { staff: { some: {} } }) { totalCount nodes {
            staff(first: $n) { totalCount nodes { mainEmployment { tenure employer { name } } } }
        } } }",
    ),
    (
        "donggang-hospital-manager",
        1,
        "{ staff(first: $n) { nodes { person { name } mainEmployment { startedOn }
            facility { name } } } }",
    ),
    (
        "capacity-center-host",
        2,
        "{ enrollments(first: $n) { totalCount nodes { participant {
            name facility { name locatedIn { name } } stage { name } } program { name } } } }",
    ),
    (
        "novartis-sponsor",
        3,
        "{ partnershipProjects(first: 1) { nodes { parties(first: $n) { nodes {
            organization { name } } } sites(first: $n) { nodes {
            facility { name locatedIn { name } } } } } } }",
    ),
    (
        "chaoyang-administrator",
        3,
        "{ facilities(first: $n, filter: { staff: { some: {} } }) { edges { cursor node { name
            staff(first: $n, orderBy: NAME_DESC) { edges { cursor } totalCount
                pageInfo { hasNextPage } } } } } }",
    ),
    // What is told in clear is looked up and written down, in two more.
    (
        "donggang-steward",
        3,
        "{ staff(first: $n) { nodes { person { phone identityNumber } } } }",
    ),
    (
        "national-administrator",
        1,
        "{ staff(first: $n) { nodes { person { phone identityNumber } } } }",
    ),
    (
        "auditor",
        1,
        "{ auditEvents(first: $n) { nodes { records columns user { name } division { name } } } }",
    ),
    (
        "national-administrator",
        2,
        "{ policyRules(first: $n) { totalCount nodes { v0 } } }",
    ),
    (
        "national-administrator",
        2,
        "{ users(first: $n, filter: { not: { name: { contains: \"无\" } } }) { nodes { name
            bindings { nodes { role } } } } }",
    ),
];

async fn a_query_takes_the_same_statements_for_any_number_of_rows(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    for (persona, statements, query) in QUERIES {
        for rows in [1, 5, 50] {
            let answer = answer(&demonstration, persona, query, rows).await;
            answer.good();
            assert_eq!(
                answer.statements, statements,
                "{persona}, {rows} rows: {query}"
            );
            assert_eq!(answer.runs, 1);
        }
    }
}

async fn fragments_and_aliases_take_no_more_than_what_they_spell_out(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    // Two lists bring along facilities and people; each has the staff of its
    // facilities, with people again. The second list asks for a total besides.
    let query = "{
            one: staff(first: $n) { ...List }
            other: staff(first: $n, orderBy: NAME_DESC) { ...List ... { totalCount } }
        }
        fragment List on StaffMemberConnection { nodes { ...Member ... on StaffMember { name } } }
        fragment Member on StaffMember {
            name
            site: facility { ...Site }
            who: person { name }
            by: administeredBy { name above: parent { name } }
        }
        fragment Site on Facility {
            name
            some: staff(first: 2) { nodes { name who: person { name } } }
        }";
    for rows in [1, 5, 50] {
        let answer = answer(&demonstration, "donggang-steward", query, rows).await;
        answer.good();
        assert_eq!(answer.statements, 2 * 2 + 1, "{rows} rows");
    }
}

/// No rows may mean no rights any more.
async fn an_empty_answer_takes_one_statement_more_to_be_sure(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    for (persona, statements, query) in [
        (
            "donggang-steward",
            2,
            "{ staff(filter: { name: { eq: \"\" } }) { nodes { name } } }",
        ),
        (
            "donggang-steward",
            2,
            "{ staff(filter: { name: { eq: \"\" } }) { totalCount } }",
        ),
        (
            "stranger",
            1,
            "{ staff { nodes { name facility { name } } } }",
        ),
        ("stranger", 1, "{ staff { totalCount } }"),
        ("stranger", 1, "{ viewer { name } }"),
    ] {
        let answer = answer(&demonstration, persona, query, 1).await;
        answer.good();
        assert_eq!(answer.statements, statements, "{persona}: {query}");
    }
}

/// Each run is of a caller who has just come.
async fn answer(demonstration: &Demonstration, persona: &str, query: &str, rows: u32) -> Answer {
    let lifetime = chrono::TimeDelta::hours(1);
    let token = demonstration.system.sign(persona, lifetime).await.unwrap();
    let query = match query.contains("$n") {
        true => format!("query($n: Int!) {query}"),
        false => query.to_owned(),
    };
    let request = Request::new(query).variables(Variables::from_json(json!({ "n": rows })));
    ask(&demonstration.access, &demonstration.graph, &token, request).await
}
