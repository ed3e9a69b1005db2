//! What browsers ask beside: compressed responses, and whether a page of another
//! origin may call.

use grassroots::{graph::Limits, http::HttpSettings};
use reqwest::{Method, Response};
use support::Backend;

use super::server::{Server, header, operation};

on_both_databases!(
    a_large_response_is_compressed_for_who_takes_that,
    no_page_of_another_origin_may_call,
    a_page_of_a_named_origin_may_call,
);

const OWN: &str = "https://pages.example.org";
const OTHER: &str = "https://elsewhere.example.org";

async fn a_large_response_is_compressed_for_who_takes_that(backend: Backend) {
    let server = Server::start(backend).await;
    let query = "{ __schema { types { name description } } }";
    for coding in ["gzip", "br"] {
        let request = server.post().await.header("accept-encoding", coding);
        let response = request.body(operation(query)).send().await.unwrap();
        assert_eq!(header(&response, "content-encoding"), coding);
        assert!(header(&response, "vary").contains("accept-encoding"));
        let packed = response.bytes().await.unwrap().len();
        let plain = server.run(query).await.bytes().await.unwrap().len();
        assert!(packed * 2 < plain, "{coding}: {packed} of {plain}");
    }
}

async fn preflight(server: &Server, origin: &str) -> Response {
    let request = server
        .request(Method::OPTIONS, "/graphql")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        );
    request.send().await.unwrap()
}

async fn no_page_of_another_origin_may_call(backend: Backend) {
    let server = Server::start(backend).await;
    let response = preflight(&server, OTHER).await;
    assert_eq!(header(&response, "access-control-allow-origin"), "");
    let request = server.post().await.header("origin", OTHER);
    let response = request.body(operation("{ viewer { name } }")).send().await;
    assert_eq!(
        header(&response.unwrap(), "access-control-allow-origin"),
        ""
    );
}

async fn a_page_of_a_named_origin_may_call(backend: Backend) {
    let settings = HttpSettings {
        origins: vec![OWN.parse().unwrap()],
        ..HttpSettings::default()
    };
    let server = Server::start_with(backend, Limits::USUAL, settings).await;
    let response = preflight(&server, OWN).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), OWN);
    assert!(header(&response, "access-control-allow-headers").contains("authorization"));
    assert_eq!(header(&response, "access-control-allow-credentials"), "");
    let response = preflight(&server, OTHER).await;
    assert_eq!(header(&response, "access-control-allow-origin"), "");
}
