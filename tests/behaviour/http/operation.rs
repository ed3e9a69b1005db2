//! Operations that the server runs.

use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, header, operation};

on_both_databases!(
    a_good_operation_is_answered,
    variables_and_the_operations_name_are_heeded,
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
