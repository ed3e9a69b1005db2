//! Requests that the server refuses.

use grassroots::http::HttpSettings;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use support::Backend;

use super::server::{Server, code, header, operation};

on_both_databases!(
    without_a_good_token_nothing_is_answered,
    a_body_that_is_no_json_is_a_bad_request,
    json_that_is_no_operation_can_not_be_processed,
    a_body_that_is_too_large_is_refused,
    a_body_of_another_media_type_is_refused,
    another_method_is_refused,
    another_path_is_not_found,
    what_a_client_sent_comes_back_in_short,
);

const QUERY: &str = "{ viewer { name } }";

async fn refuses(request: RequestBuilder, status: StatusCode) -> String {
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), status);
    code(response).await
}

async fn without_a_good_token_nothing_is_answered(backend: Backend) {
    let server = Server::start(backend).await;
    let token = server.world.instance.token("steward").await;
    let unknown = server.world.instance.token("nobody").await;
    for authorization in [
        None,
        Some("Bearer".to_owned()),
        Some("Bearer x".to_owned()),
        Some(format!("Bearer {unknown}")),
        Some(format!("Basic {token}")),
        Some(token.clone()),
        Some(format!("Bearer {token}x")),
        Some(format!("Bearer {token}, Bearer {token}")),
    ] {
        let mut request = server.post_without_token();
        if let Some(value) = &authorization {
            request = request.header("authorization", value);
        }
        let response = request.body(operation(QUERY)).send().await.unwrap();
        assert_eq!(response.status(), 401, "{authorization:?}");
        assert!(header(&response, "www-authenticate").starts_with("Bearer"));
        assert_eq!(code(response).await, "UNAUTHENTICATED");
    }
    let twice = server
        .post()
        .await
        .header("authorization", format!("Bearer {token}"));
    let code = refuses(twice.body(operation(QUERY)), StatusCode::UNAUTHORIZED).await;
    assert_eq!(code, "UNAUTHENTICATED");
}

async fn json_that_is_no_operation_can_not_be_processed(backend: Backend) {
    let server = Server::start(backend).await;
    for body in [
        "null",
        "[]",
        "{}",
        "\"{ viewer { name } }\"",
        "{\"query\": 1}",
        "{\"query\": \"{ viewer { name } }\", \"variables\": []}",
        "[{\"query\": \"{ viewer { name } }\"}]",
    ] {
        let request = server.post().await.body(body);
        let code = refuses(request, StatusCode::UNPROCESSABLE_ENTITY).await;
        assert_eq!(code, "INVALID_INPUT", "{body}");
    }
}

async fn a_body_that_is_no_json_is_a_bad_request(backend: Backend) {
    let server = Server::start(backend).await;
    for body in [
        "",
        "{",
        "{ viewer { name } }",
        "{\"query\": \"{ viewer { name } }\"} {}",
    ] {
        let request = server.post().await.body(body);
        let code = refuses(request, StatusCode::BAD_REQUEST).await;
        assert_eq!(code, "INVALID_INPUT", "{body}");
    }
    let not_utf8 = b"{\"query\": \"{ viewer { name } } # \xff\"}".to_vec();
    let request = server.post().await.body(not_utf8);
    assert_eq!(
        refuses(request, StatusCode::BAD_REQUEST).await,
        "INVALID_INPUT"
    );
}

async fn a_body_that_is_too_large_is_refused(backend: Backend) {
    let server = Server::start(backend).await;
    let largest = HttpSettings::default().body as usize;
    let of_size = |size: usize| {
        let body = operation(QUERY);
        let filler = " ".repeat(size - body.len());
        format!("{body}{filler}")
    };
    let request = server.post().await.body(of_size(largest));
    assert_eq!(request.send().await.unwrap().status(), 200);
    let request = server.post().await.body(of_size(largest + 1));
    let code = refuses(request, StatusCode::PAYLOAD_TOO_LARGE).await;
    assert_eq!(code, "TOO_COMPLEX");
}

async fn a_body_of_another_media_type_is_refused(backend: Backend) {
    let server = Server::start(backend).await;
    for media in [
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ] {
        let request = server.post_as(media).await.body(operation(QUERY));
        let code = refuses(request, StatusCode::UNSUPPORTED_MEDIA_TYPE).await;
        assert_eq!(code, "INVALID_INPUT", "{media}");
    }
}

async fn another_method_is_refused(backend: Backend) {
    let server = Server::start(backend).await;
    for (method, path, allowed) in [
        (Method::PUT, "/graphql", "POST"),
        (Method::DELETE, "/graphql", "POST"),
        (Method::POST, "/healthz", "GET"),
        (Method::POST, "/readyz", "GET"),
    ] {
        let response = server.request(method.clone(), path).send().await.unwrap();
        assert_eq!(response.status(), 405, "{method} {path}");
        assert!(
            header(&response, "allow").contains(allowed),
            "{method} {path}"
        );
        assert_eq!(code(response).await, "INVALID_INPUT");
    }
}

async fn another_path_is_not_found(backend: Backend) {
    let server = Server::start(backend).await;
    for path in [
        "/nothing",
        "/graphql/",
        "/graphql/schema",
        "/metrics",
        "/graphiql/../nothing",
        "/%2e%2e/etc/passwd",
    ] {
        let request = server.request(Method::GET, path);
        assert_eq!(
            refuses(request, StatusCode::NOT_FOUND).await,
            "NOT_FOUND",
            "{path}"
        );
    }
}

async fn what_a_client_sent_comes_back_in_short(backend: Backend) {
    let server = Server::start(backend).await;
    let (name, words) = ("a".repeat(200_000), "a ".repeat(100_000));
    for (query, told) in [
        (format!("{{ {name} }}"), "a\u{2026}\" on type \"Query\""),
        (
            format!("{{ node(id: \"{name}\") {{ id }} }}"),
            "is not an id",
        ),
        (format!("{{ node(id: \"{words}\") {{ id }} }}"), "\u{2026}"),
        (format!("{{ viewer(:{name}"), ""),
        (format!("query(${name}: Int) {{ viewer {{ name }} }}"), ""),
        (
            format!("query($a: {name}) {{ staff(first: $a) {{ totalCount }} }}"),
            "",
        ),
        (
            format!("{{ staff(filter: {{ {name}: 1 }}) {{ totalCount }} }}"),
            "StaffMemberFilter has no",
        ),
    ] {
        let response = server.run(&query).await;
        let body: Value = response.json().await.unwrap();
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(
            message.chars().count() < 2_000,
            "{} characters",
            message.len()
        );
        assert!(message.contains(told), "{message}");
    }
}
