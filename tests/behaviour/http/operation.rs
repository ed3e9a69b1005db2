//! Operations that the server runs.

use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, header, operation};

on_both_databases!(
    a_good_operation_is_answered,
    variables_and_the_operations_name_are_heeded,
    operations_of_one_document_have_variables_of_their_own,
    all_of_a_document_is_valid_or_none_of_it_runs,
    the_response_is_of_the_media_type_that_was_asked_for,
    every_response_has_a_request_id,
);

async fn a_good_operation_is_answered(backend: Backend) {
    let server = Server::start(backend).await;
    let response = server.run("{ staff { totalCount nodes { name } } }").await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "cache-control"), "no-store");
    let body: Value = response.json().await.unwrap();
    let staff = json!({
        "totalCount": 3,
        "nodes": [{ "name": "Ann" }, { "name": "Bob" }, { "name": "Cai" }],
    });
    assert_eq!(body, json!({ "data": { "staff": staff } }));
}

async fn variables_and_the_operations_name_are_heeded(backend: Backend) {
    let server = Server::start(backend).await;
    let body = json!({
        "query": "query One { viewer { subject } }
                  query Other($n: Int!) { staff(first: $n) { nodes { name } } }",
        "operationName": "Other",
        "variables": { "n": 1 },
    });
    let request = server.post().await.body(body.to_string());
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        body,
        json!({ "data": { "staff": { "nodes": [{ "name": "Ann" }] } } })
    );
}

async fn operations_of_one_document_have_variables_of_their_own(backend: Backend) {
    let server = Server::start(backend).await;
    let query = "query First { viewer { name } }
        query Page($v: Int!) { ...Staff }
        query Named($v: String!) { staff(filter: { name: { eq: $v } }) { totalCount } }
        query Listed($ids: [ID!]!, $f: StaffMemberFilter!) {
            nodes(ids: $ids) { id } staff(filter: $f) { totalCount }
        }
        fragment Staff on Query { staff(first: $v) { nodes { name } } }";
    let ann = json!({ "staff": { "nodes": [{ "name": "Ann" }] } });
    let named = json!({ "staff": { "totalCount": 1 } });
    for (name, variables, expected) in [
        (
            "First",
            json!({}),
            json!({ "viewer": { "name": "The steward" } }),
        ),
        ("Page", json!({ "v": 1 }), ann.clone()),
        ("Named", json!({ "v": "Bob" }), named),
        ("Page", json!({ "v": 1 }), ann),
        (
            "Listed",
            json!({ "ids": [], "f": {} }),
            json!({ "nodes": [], "staff": { "totalCount": 3 } }),
        ),
    ] {
        let body = json!({ "query": query, "operationName": name, "variables": variables });
        let request = server.post().await.body(body.to_string());
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body, json!({ "data": expected }), "{name}");
    }
}

async fn all_of_a_document_is_valid_or_none_of_it_runs(backend: Backend) {
    let server = Server::start(backend).await;
    for (other, status) in [
        ("query Other { viewer { subject } }", 200),
        ("query Other { nothing }", 422),
        ("query Other { staff(first: $v) { totalCount } }", 422),
        ("query Other($v: Int) { viewer { name } }", 422),
        (
            "query Other($v: String) { staff(first: $v) { totalCount } }",
            422,
        ),
        ("query Other { staff(first: \"1\") { totalCount } }", 422),
        ("fragment Unused on Query { viewer { name } }", 422),
        ("query Other { ...F } fragment F on Query { nothing }", 422),
        ("query First { viewer { subject } }", 400),
        ("{ viewer { subject } }", 400),
    ] {
        let query = format!("query First {{ viewer {{ name }} }} {other}");
        let body = json!({ "query": query, "operationName": "First" });
        let request = server.post().await.body(body.to_string());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{other}");
    }
}

async fn the_response_is_of_the_media_type_that_was_asked_for(backend: Backend) {
    let server = Server::start(backend).await;
    for (accept, media) in [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (
            "application/graphql-response+json",
            "application/graphql-response+json",
        ),
    ] {
        let request = server.post().await.header("accept", accept);
        let response = request
            .body(operation("{ viewer { name } }"))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        assert!(
            header(&response, "content-type").starts_with(media),
            "{accept}"
        );
    }
}

async fn every_response_has_a_request_id(backend: Backend) {
    let server = Server::start(backend).await;
    let first = server.run("{ viewer { name } }").await;
    let second = server.get("/nowhere").send().await.unwrap();
    let ids = [
        header(&first, "x-request-id"),
        header(&second, "x-request-id"),
    ];
    assert!(ids[0].len() > 30 && ids[1].len() > 30);
    assert_ne!(ids[0], ids[1]);

    let request = server.get("/healthz").header("x-request-id", "0a1b-2c");
    let kept = request.send().await.unwrap();
    assert_eq!(header(&kept, "x-request-id"), "0a1b-2c");
    let request = server.get("/healthz").header("x-request-id", "a b\"c");
    let replaced = request.send().await.unwrap();
    assert_ne!(header(&replaced, "x-request-id"), "a b\"c");
}
