//! What is left of a selection once `@skip`, `@include` and type conditions are heeded.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use support::Backend;

use super::server::Server;

on_both_databases!(
    an_object_of_which_nothing_is_selected_is_empty,
    what_is_not_there_is_null_whatever_is_selected,
    an_empty_selection_depends_on_the_variables_of_each_run,
);

async fn answer(server: &Server, query: &str) -> Value {
    let response = server.run(query).await;
    let status = response.status();
    let mut body: Value = response.json().await.unwrap();
    assert_eq!(status, 200, "{query}: {body}");
    body["data"].take()
}

async fn an_object_of_which_nothing_is_selected_is_empty(backend: Backend) {
    let server = Server::start(backend).await;
    let id = answer(&server, "{ staff { nodes { id } } }").await;
    let id = id["staff"]["nodes"][0]["id"].as_str().unwrap();
    let of_another_type = format!("{{ node(id: \"{id}\") {{ ... on Facility {{ name }} }} }}");
    let empty = json!({ "viewer": {} });
    for (query, expected) in [
        ("{ viewer @skip(if: true) { name } }", json!({})),
        ("{ ... @include(if: false) { viewer { name } } }", json!({})),
        ("{ viewer { name @skip(if: true) } }", empty.clone()),
        ("{ viewer { name @include(if: false) } }", empty.clone()),
        ("{ viewer { ... @skip(if: true) { name } } }", empty.clone()),
        (
            "{ viewer { ...F @include(if: false) } } fragment F on Viewer { name }",
            empty.clone(),
        ),
        (
            "{ viewer { ...F } } fragment F on Viewer { name @skip(if: true) }",
            empty,
        ),
        (
            "{ staff { nodes { name @skip(if: true) } } }",
            json!({ "staff": { "nodes": [{}, {}, {}] } }),
        ),
        (of_another_type.as_str(), json!({ "node": {} })),
        (
            "{ viewer { name @skip(if: true) } viewer { name } }",
            json!({ "viewer": { "name": "The steward" } }),
        ),
        (
            "{ viewer { type: __typename name @skip(if: true) } __typename }",
            json!({ "viewer": { "type": "Viewer" }, "__typename": "Query" }),
        ),
        (
            "{ __schema { queryType { name @skip(if: true) } } }",
            json!({ "__schema": { "queryType": {} } }),
        ),
    ] {
        // Once as a new document, once as a known one.
        for _ in 0..2 {
            assert_eq!(answer(&server, query).await, expected, "{query}");
        }
    }
}

async fn what_is_not_there_is_null_whatever_is_selected(backend: Backend) {
    let server = Server::start(backend).await;
    let id = URL_SAFE_NO_PAD.encode("StaffMember:999999");
    let query = format!(
        "{{ node(id: \"{id}\") {{ id @skip(if: true) }} nodes(ids: [\"{id}\"]) {{ id @skip(if: true) }} }}"
    );
    let expected = json!({ "node": null, "nodes": [null] });
    assert_eq!(answer(&server, &query).await, expected);
}

async fn an_empty_selection_depends_on_the_variables_of_each_run(backend: Backend) {
    let server = Server::start(backend).await;
    let query = "query($yes: Boolean!) { viewer { name @include(if: $yes) } }";
    for (yes, viewer) in [
        (false, json!({})),
        (true, json!({ "name": "The steward" })),
        (false, json!({})),
    ] {
        let body = json!({ "query": query, "variables": { "yes": yes } });
        let request = server.post().await.body(body.to_string());
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(body, json!({ "data": { "viewer": viewer } }));
    }
}
