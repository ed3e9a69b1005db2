//! Trusted documents, sent by their identifiers.

use grassroots::{
    graph::{Limits, TrustedDocuments},
    http::HttpSettings,
};
use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, code};

on_both_databases!(
    a_trusted_document_runs_by_its_identifier,
    where_only_trusted_documents_run_no_other_does,
);

const STAFF: &str = "query Staff($n: Int!) { staff(first: $n) { nodes { name } } }";

async fn server(backend: Backend, only: bool) -> Server {
    let manifest = json!({ "sha256:5": STAFF }).to_string();
    let trusted = TrustedDocuments::read(&manifest, only).unwrap();
    let settings = HttpSettings::default();
    Server::start_trusting(backend, Limits::USUAL, settings, trusted).await
}

async fn send(server: &Server, body: Value) -> reqwest::Response {
    let request = server.post().await.body(body.to_string());
    request.send().await.unwrap()
}

async fn a_trusted_document_runs_by_its_identifier(backend: Backend) {
    let server = server(backend, false).await;
    let variables = json!({ "n": 1 });
    let expected = json!({ "data": { "staff": { "nodes": [{ "name": "Ann" }] } } });
    for body in [
        json!({ "documentId": "sha256:5", "variables": variables }),
        json!({ "documentId": "sha256:5", "operationName": "Staff", "variables": variables }),
        json!({ "query": STAFF, "variables": variables }),
    ] {
        let response = send(&server, body).await;
        assert_eq!(response.json::<Value>().await.unwrap(), expected);
    }
    let parameters = [("documentId", "sha256:5"), ("variables", "{\"n\": 1}")];
    let read: Value = server.read(&parameters).await.json().await.unwrap();
    assert_eq!(read, expected);

    let unknown = send(&server, json!({ "documentId": "sha256:6" })).await;
    assert_eq!(unknown.status(), 422);
    assert_eq!(code(unknown).await, "INVALID_INPUT");
}

async fn where_only_trusted_documents_run_no_other_does(backend: Backend) {
    let server = server(backend, true).await;
    for query in ["{ viewer { name } }", "{ __typename }", "{"] {
        let response = send(&server, json!({ "query": query })).await;
        assert_eq!(response.status(), 403, "{query}");
        assert_eq!(code(response).await, "FORBIDDEN");
    }
    let body = json!({ "documentId": "sha256:5", "variables": { "n": 0 } });
    assert_eq!(send(&server, body).await.status(), 200);
}
