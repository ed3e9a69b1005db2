//! "GraphQL over HTTP", release of September 2026: what a client may rely on.

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, code, header, operation};

on_both_databases!(
    the_status_tells_what_came_of_an_operation,
    a_client_from_before_the_media_type_knows_success_by_its_status,
    a_client_that_takes_no_json_gets_none,
    an_operation_may_be_read_by_its_address,
    an_address_that_holds_no_operation_can_not_be_processed,
    what_changes_something_is_not_sent_by_get,
);

const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// Operations, with the status of the result.
const RESULTS: [(&str, u16); 8] = [
    ("{ viewer { name } }", 200),
    // The steward reads no policy: the field is null, with an error beside it.
    (
        "{ policyRules(filter: { v0: { eq: \"x\" } }) { totalCount } viewer { name } }",
        200,
    ),
    (
        "{ facilities(first: 201) { totalCount } viewer { name } }",
        294,
    ),
    ("{ node(id: \"nothing\") { id } }", 294),
    ("{ viewer { name }", 400),
    ("{ nothing }", 422),
    (
        "query A { viewer { name } } query B { viewer { name } }",
        422,
    ),
    ("query($id: ID!) { node(id: $id) { id } }", 422),
];

async fn accepting(server: &Server, accept: &str, query: &str) -> Response {
    let request = server.post().await.header("accept", accept);
    request.body(operation(query)).send().await.unwrap()
}

async fn the_status_tells_what_came_of_an_operation(backend: Backend) {
    let server = Server::start(backend).await;
    for (query, status) in RESULTS {
        let response = accepting(&server, "application/graphql-response+json", query).await;
        assert_eq!(response.status(), status, "{query}");
        assert_eq!(header(&response, "content-type"), GRAPHQL, "{query}");
        let body: Value = response.json().await.unwrap();
        assert_eq!(body.get("data").is_some(), status < 300, "{body}");
        assert_eq!(body.get("errors").is_some(), status != 200, "{body}");
    }
}

async fn a_client_from_before_the_media_type_knows_success_by_its_status(backend: Backend) {
    let server = Server::start(backend).await;
    for (query, status) in RESULTS {
        let response = accepting(&server, "application/json", query).await;
        if status < 300 {
            assert_eq!(response.status(), 200, "{query}");
            assert_eq!(header(&response, "content-type"), JSON, "{query}");
        } else {
            assert_eq!(response.status(), status, "{query}");
            assert_eq!(header(&response, "content-type"), GRAPHQL, "{query}");
        }
    }
}

async fn a_client_that_takes_no_json_gets_none(backend: Backend) {
    let server = Server::start(backend).await;
    for accept in ["text/html", "application/xml", "application/json;q=0"] {
        let response = accepting(&server, accept, "{ viewer { name } }").await;
        assert_eq!(response.status(), StatusCode::NOT_ACCEPTABLE, "{accept}");
    }
}

async fn an_operation_may_be_read_by_its_address(backend: Backend) {
    let server = Server::start(backend).await;
    let parameters = [
        (
            "query",
            "query A { viewer { name } } query B($n: Int) { staff(first: $n) { nodes { name } } }",
        ),
        ("operationName", "B"),
        ("variables", "{\"n\": 1}"),
        ("extensions", ""),
    ];
    let response = server.read(&parameters).await;
    assert_eq!(response.status(), 200);
    let body: Value = response.json().await.unwrap();
    let staff = json!({ "data": { "staff": { "nodes": [{ "name": "Ann" }] } } });
    assert_eq!(body, staff);

    let without_token = server.get("/graphql").query(&parameters);
    assert_eq!(without_token.send().await.unwrap().status(), 401);
}

async fn an_address_that_holds_no_operation_can_not_be_processed(backend: Backend) {
    let server = Server::start(backend).await;
    let query = ("query", "{ viewer { name } }");
    for parameters in [
        &[][..],
        &[("query", "")],
        &[query, query],
        &[query, ("variables", "[]")],
        &[query, ("extensions", "1")],
    ] {
        let response = server.read(parameters).await;
        assert_eq!(response.status(), 422, "{parameters:?}");
        assert_eq!(code(response).await, "INVALID_INPUT");
    }
}

async fn what_changes_something_is_not_sent_by_get(backend: Backend) {
    let server = Server::start(backend).await;
    let mutation = "mutation A { nothing } query B { viewer { name } }";
    for (name, status) in [("A", 405), ("B", 422)] {
        let parameters = [("query", mutation), ("operationName", name)];
        let response = server.read(&parameters).await;
        // The other operation of the document is not valid either.
        assert_eq!(response.status(), status, "{name}");
        let allow = if name == "A" { "POST" } else { "" };
        assert_eq!(header(&response, "allow"), allow);
    }
    let response = accepting(&server, "*/*", "mutation { nothing }").await;
    assert_eq!(response.status(), 422);
}
