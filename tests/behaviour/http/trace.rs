//! Traces of requests, as a collector gets them. Mostly on PostgreSQL: the driver for
//! SQLite has threads of its own, in which a span that ends does not let go of the
//! one above unless the subscriber is the whole process's, and here it is a test's.

use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind, status::StatusCode};
use reqwest::RequestBuilder;
use serde_json::json;
use support::Backend;

use super::{
    collector::{Collector, texts, traced},
    server::{Server, header},
};

const TRACE: [u8; 16] = [0xab; 16];
const PARENT: [u8; 8] = [0xcd; 8];

/// The caller's own span, as its request names it.
fn below_parent(request: RequestBuilder, trace: [u8; 16]) -> RequestBuilder {
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let parent = format!("00-{}-{}-01", hex(&trace), hex(&PARENT));
    request.header("traceparent", parent)
}

#[track_caller]
fn named<'a>(spans: &'a [Span], name: &str) -> Vec<&'a Span> {
    let found: Vec<_> = spans.iter().filter(|span| span.name == name).collect();
    assert!(!found.is_empty(), "{name} is not in {spans:?}");
    found
}

#[test]
fn a_request_is_a_span_below_that_of_its_caller() {
    let collector = Collector::start();
    traced(&collector.url, async move {
        let server = Server::start(Backend::Postgres).await;
        let query = "query Staff($name: String) { staff(filter: { name: { eq: $name } }) { totalCount nodes { name } } }";
        let body = json!({ "query": query, "variables": { "name": "Ann" } });
        let request = below_parent(server.post().await, TRACE);
        let request = request.header("x-request-id", "the-request");
        let response = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "x-request-id"), "the-request");
    });

    let spans = collector.spans(&TRACE);
    let request = named(&spans, "POST /graphql")[0];
    assert_eq!(request.parent_span_id, PARENT);
    assert_eq!(request.kind(), SpanKind::Server);
    let attributes = texts(&request.attributes);
    for (name, value) in [
        ("http.request.method", "POST"),
        ("http.route", "/graphql"),
        ("http.response.status_code", "200"),
        ("url.path", "/graphql"),
        ("graphql.operation.name", "Staff"),
        ("grassroots.request.id", "the-request"),
        ("grassroots.statements", "2"),
        ("grassroots.runs", "1"),
    ] {
        assert_eq!(
            attributes.get(name).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    for name in ["identify", "prepare", "execute"] {
        for step in named(&spans, name) {
            assert_eq!(step.parent_span_id, request.span_id, "{name}");
        }
    }
    let run = named(&spans, "execute")[0];
    let statements = named(&spans, "statement");
    let of_run = statements
        .iter()
        .filter(|span| span.parent_span_id == run.span_id);
    assert_eq!(of_run.count(), 2);
    assert!(
        statements
            .iter()
            .all(|span| span.kind() == SpanKind::Client)
    );
    let system = &texts(&statements[0].attributes)["db.system.name"];
    assert_eq!(system, "postgresql");
    assert_eq!(collector.resource()["service.name"], "grassroots");

    let sent = String::from_utf8_lossy(&collector.bodies()).into_owned();
    for secret in [
        "Ann", "steward", "$name", "staff(", "select", "SELECT", "Bearer", "eyJ",
    ] {
        assert!(!sent.contains(secret), "{secret} in {sent}");
    }
}

#[test]
fn each_run_and_each_failure_is_told() {
    let collector = Collector::start();
    let failing = [0xef; 16];
    traced(&collector.url, async move {
        let server = Server::start(Backend::Postgres).await;
        let query = "{\"query\": \"{ staff { nodes { name } } }\"}";
        server.post().await.body(query).send().await.unwrap();
        let change = "update role_binding set role = 'administrator' where role = 'steward'";
        server.world.sql.run(change).await;
        let request = below_parent(server.post().await, TRACE).body(query);
        assert_eq!(request.send().await.unwrap().status(), 200);

        server
            .world
            .sql
            .run("alter table app_user rename to elsewhere")
            .await;
        let request = below_parent(server.post().await, failing).body(query);
        assert_eq!(request.send().await.unwrap().status(), 200);
    });
    let spans = collector.spans(&TRACE);
    let runs = named(&spans, "execute");
    let mut runs: Vec<_> = runs
        .iter()
        .map(|run| texts(&run.attributes)["run"].clone())
        .collect();
    runs.sort();
    assert_eq!(runs, ["1", "2"]);
    let spans = collector.spans(&failing);
    let statement = named(&spans, "statement")[0];
    assert_eq!(texts(&statement.attributes)["error.type"], "refused");
    assert_eq!(statement.status.as_ref().unwrap().code(), StatusCode::Error);
}

#[test]
fn a_statement_on_sqlite_is_a_span_too() {
    let collector = Collector::start();
    traced(&collector.url, async {
        let server = Server::start(Backend::Sqlite).await;
        let request = below_parent(server.post().await, TRACE);
        let request = request.body("{\"query\": \"{ staff { totalCount } }\"}");
        assert_eq!(request.send().await.unwrap().status(), 200);
    });
    let spans = collector.spans(&TRACE);
    for statement in named(&spans, "statement") {
        assert_eq!(texts(&statement.attributes)["db.system.name"], "sqlite");
    }
}

/// Sends some requests, and tells how long the slowest took.
fn slowest(url: &'static str, requests: usize) -> Duration {
    let (sender, slowest) = std::sync::mpsc::channel();
    traced(url, async move {
        let server = Server::start(Backend::Sqlite).await;
        server.run("{ viewer { name } }").await;
        let mut slowest = Duration::ZERO;
        for _ in 0..requests {
            let began = Instant::now();
            assert_eq!(server.run("{ viewer { name } }").await.status(), 200);
            slowest = slowest.max(began.elapsed());
        }
        sender.send(slowest).unwrap();
    });
    slowest.recv().unwrap()
}

/// Below what the collector is waited for, which is ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);
/// More spans than the queue holds.
const MANY: usize = 600;

#[test]
fn a_collector_that_is_down_holds_up_no_request() {
    let slowest = slowest("http://127.0.0.1:9", MANY);
    assert!(slowest < PATIENCE, "{slowest:?}");
}

#[test]
fn a_collector_that_never_answers_holds_up_neither_a_request_nor_the_end() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let began = Instant::now();
    let slowest = slowest(url.leak(), MANY);
    assert!(slowest < PATIENCE, "{slowest:?}");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(60), "{took:?}");
}

#[test]
fn what_is_not_sampled_is_not_sent() {
    let collector = Collector::start();
    traced(&collector.url, async {
        let server = Server::start(Backend::Sqlite).await;
        let request = server.get("/healthz");
        let parent = "00-abababababababababababababababab-cdcdcdcdcdcdcdcd-00";
        let request = request.header("traceparent", parent);
        assert_eq!(request.send().await.unwrap().status(), 200);
    });
    assert_eq!(collector.spans(&TRACE).len(), 0);
}

#[test]
fn a_caller_that_names_no_span_begins_a_trace() {
    let collector = Collector::start();
    traced(&collector.url, async {
        let server = Server::start(Backend::Sqlite).await;
        assert_eq!(server.get("/nothing").send().await.unwrap().status(), 404);
    });
    assert!(collector.count() > 0);
}
