//! Arguments that do not fit: the operation is refused before anything of it runs.

use serde_json::{Value, json};
use support::Backend;

use super::server::Server;

on_both_databases!(
    a_literal_that_does_not_fit_is_refused,
    a_variable_stands_only_where_its_type_fits,
    what_a_variable_holds_does_not_decide_whether_a_document_is_valid,
    a_field_that_fails_by_a_null_is_null,
);

async fn assert_refused(server: &Server, query: &str, variables: Value, expected: &str) {
    let body = json!({ "query": query, "variables": variables });
    let request = server.post().await.body(body.to_string());
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 422, "{query}");
    let body: Value = response.json().await.unwrap();
    assert!(body.get("data").is_none(), "{body}");
    let error = &body["errors"][0];
    assert_eq!(error["extensions"]["code"], "INVALID_INPUT", "{body}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(expected), "{query}: {message}");
    assert!(error["locations"][0]["line"].is_u64(), "{body}");
}

async fn a_literal_that_does_not_fit_is_refused(backend: Backend) {
    let server = Server::start(backend).await;
    for (query, expected) in [
        (
            "{ viewer { subject bindings(filter: { validFrom: 7 }) { totalCount } } }",
            "filter.validFrom",
        ),
        (
            "{ facilities(filter: 7) { totalCount } }",
            "an object, FacilityFilter",
        ),
        (
            "{ facilities(filter: [{}]) { totalCount } }",
            "an object, FacilityFilter",
        ),
        (
            "{ facilities(orderBy: \"NAME_ASC\") { totalCount } }",
            "a term of FacilityOrder is needed",
        ),
        (
            "{ divisions(filter: { villageCount: { gt: 2147483648 } }) { totalCount } }",
            "filter.villageCount.gt is not good: Int is needed",
        ),
        (
            "query($id: IdFilter) { staff(filter: { id: $id, name: { in: [null] } }) { totalCount } }",
            "filter.name.in[0] is not good: null",
        ),
        (
            "{ ...F } fragment F on Query { viewer { ... { name @skip(if: 1) } } }",
            "Boolean is needed",
        ),
        ("{ __type(name: 7) { name } }", "String is needed"),
    ] {
        assert_refused(&server, query, json!({}), expected).await;
    }
}

async fn a_variable_stands_only_where_its_type_fits(backend: Backend) {
    let server = Server::start(backend).await;
    for (query, expected) in [
        (
            "query($a: String) { division(code: $a) { name } }",
            "$a is of the type String where String! is needed",
        ),
        (
            "query($a: Int) { staff(filter: { name: { eq: $a } }) { totalCount } }",
            "filter.name.eq is not good: $a is of the type Int where String is needed",
        ),
        (
            "query($a: ID!) { nodes(ids: $a) { id } }",
            "$a is of the type ID! where [ID!]! is needed",
        ),
        (
            "query($a: Boolean) { viewer { name @skip(if: $a) } }",
            "$a is of the type Boolean where Boolean! is needed",
        ),
    ] {
        for variables in [json!({}), json!({ "a": null }), json!({ "a": "x" })] {
            assert_refused(&server, query, variables, expected).await;
        }
    }
}

async fn what_a_variable_holds_does_not_decide_whether_a_document_is_valid(backend: Backend) {
    let server = Server::start(backend).await;
    let query = "query($f: StaffMemberFilter) { staff(filter: $f) { totalCount } }";
    let bad = json!({ "f": { "name": { "eq": 7 } } });
    let expected = "$f.name.eq is not good: String is needed";
    for variables in [bad.clone(), json!({}), bad] {
        let body = json!({ "query": query, "variables": variables });
        let request = server.post().await.body(body.to_string());
        let response = request.send().await.unwrap();
        if variables == json!({}) {
            assert_eq!(response.status(), 200);
        } else {
            assert_eq!(response.status(), 422);
            let body: Value = response.json().await.unwrap();
            let message = body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(expected), "{message}");
        }
    }
}

async fn a_field_that_fails_by_a_null_is_null(backend: Backend) {
    let server = Server::start(backend).await;
    // A default lets the variable stand there; a null that is given does not.
    let query = "query($code: String = \"11\") { division(code: $code) { name } viewer { name } }";
    let body = json!({ "query": query, "variables": { "code": null } });
    let request = server.post().await.body(body.to_string());
    let request = request.header("accept", "application/graphql-response+json");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 294);
    let body: Value = response.json().await.unwrap();
    let data = json!({ "division": null, "viewer": { "name": "The steward" } });
    assert_eq!(body["data"], data);
    assert_eq!(body["errors"][0]["path"], json!(["division"]));
}
