//! Variables: their defaults, and the values that they are given.

use reqwest::Response;
use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, code};

on_both_databases!(
    the_defaults_of_variables_hold_everywhere,
    a_term_is_a_name_in_a_document_and_a_text_in_json,
);

async fn sent(server: &Server, query: &str, variables: Value) -> Response {
    let body = json!({ "query": query, "variables": variables });
    let request = server.post().await.body(body.to_string());
    request.send().await.unwrap()
}

async fn a_term_is_a_name_in_a_document_and_a_text_in_json(backend: Backend) {
    let server = Server::start(backend).await;
    let in_order = |default: &str| {
        format!(
            "query($order: StaffMemberOrder{default}) {{ staff(first: 1, orderBy: $order) {{ nodes {{ name }} }} }}"
        )
    };
    let filtered = |default: &str| {
        format!("query($f: StaffMemberFilter{default}) {{ staff(filter: $f) {{ totalCount }} }}")
    };
    for (query, variables) in [
        (in_order(" = NAME_DESC"), json!({})),
        (in_order(""), json!({ "order": "NAME_DESC" })),
        (in_order(" = NAME_ASC"), json!({ "order": "NAME_DESC" })),
        (filtered(" = { keyPost: { eq: NURSING } }"), json!({})),
        (
            filtered(""),
            json!({ "f": { "keyPost": { "eq": "NURSING" } } }),
        ),
    ] {
        let response = sent(&server, &query, variables).await;
        let status = response.status();
        let body: Value = response.json().await.unwrap();
        assert_eq!(status, 200, "{query}: {body}");
        if query.contains("order") {
            assert_eq!(body["data"]["staff"]["nodes"], json!([{ "name": "Cai" }]));
        }
    }
    for query in [
        in_order(" = \"NAME_DESC\""),
        in_order(" = UNKNOWN"),
        filtered(" = { keyPost: { eq: \"NURSING\" } }"),
    ] {
        let response = sent(&server, &query, json!({})).await;
        assert_eq!(response.status(), 422, "{query}");
        assert_eq!(code(response).await, "INVALID_INPUT");
    }
}

async fn the_defaults_of_variables_hold_everywhere(backend: Backend) {
    let server = Server::start(backend).await;
    let query = "query($yes: Boolean! = true, $no: Boolean! = false, $n: Int = 1) {
        a: viewer @include(if: $yes) { name }
        b: viewer @include(if: $no) { name }
        c: viewer @skip(if: $yes) { name }
        d: viewer @skip(if: $no) { name }
        staff(first: $n) { nodes { name } }
    }";
    let name = json!({ "name": "The steward" });
    let staff = json!({ "nodes": [{ "name": "Ann" }] });
    let expected = json!({ "data": { "a": name, "d": name, "staff": staff } });
    // Once as a new document, once as a known one.
    for _ in 0..2 {
        let body: Value = server.run(query).await.json().await.unwrap();
        assert_eq!(body, expected);
    }
    let body = json!({ "query": query, "variables": { "yes": false, "no": true, "n": 0 } });
    let request = server.post().await.body(body.to_string());
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    let expected = json!({ "data": { "b": name, "c": name, "staff": { "nodes": [] } } });
    assert_eq!(body, expected);
}
