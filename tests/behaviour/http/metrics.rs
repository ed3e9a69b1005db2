//! What the operator's listener tells of what the server did.

use std::{collections::HashMap, net::SocketAddr, time::Duration};

use grassroots::{
    graph::{Limits, TrustedDocuments},
    http::HttpSettings,
};
use support::Backend;
use tokio::{
    net::TcpStream,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    server::{Server, operation},
    slow::{SLOW, slow_down},
};

on_both_databases!(
    operations_count_by_name_and_result,
    limits_count_by_name,
    limits_of_time_and_number_count,
    requests_without_a_good_token_count_by_reason,
    requests_count_by_the_class_of_their_status,
    connections_count_while_they_are_open,
    trusted_documents_have_names_of_their_own,
    statements_count_with_their_failures,
    runs_after_a_change_of_rights_count,
    nothing_of_callers_or_data_is_told,
);

/// All samples, by their series.
pub(super) struct Scrape(HashMap<String, f64>);

impl Scrape {
    pub(super) fn of(&self, series: &str) -> f64 {
        let value = self.0.get(series).copied();
        value.unwrap_or_else(|| panic!("there is no {series}"))
    }

    fn starting(&self, start: &str) -> usize {
        self.0.keys().filter(|key| key.starts_with(start)).count()
    }
}

async fn text(address: SocketAddr) -> String {
    let url = format!("http://{address}/metrics");
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.status(), 200);
    let text = response.text().await.unwrap();
    assert!(text.ends_with("# EOF\n"));
    text
}

pub(super) async fn scrape(address: SocketAddr) -> Scrape {
    let text = text(address).await;
    let samples = text.lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (series, value) = line.rsplit_once(' ').unwrap();
        (series.to_owned(), value.parse().unwrap())
    };
    let all: Vec<(String, f64)> = samples.map(sample).collect();
    let count = all.len();
    let series = HashMap::from_iter(all);
    assert_eq!(series.len(), count, "a series stands twice\n{text}");
    Scrape(series)
}

fn ran(operation: &str, result: &str) -> String {
    format!("grassroots_operations_total{{operation=\"{operation}\",result=\"{result}\"}}")
}

fn limited(limit: &str) -> String {
    format!("grassroots_limits_hit_total{{limit=\"{limit}\"}}")
}

pub(super) fn failed(kind: &str) -> String {
    format!("grassroots_sql_statements_failed_total{{kind=\"{kind}\"}}")
}

const STATEMENTS: &str = "grassroots_sql_statement_duration_seconds_count";

async fn operations_count_by_name_and_result(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    for query in [
        "query Names { viewer { name } }",
        "query Names { viewer { name } }",
        "query Half { facilities(first: 201) { totalCount } viewer { name } }",
        "query Names { nothing }",
        "query Never { nothing }",
        "{ viewer { name } }",
        "{",
    ] {
        server.run(query).await;
    }
    let scrape = scrape(address).await;
    for (operation, result, count) in [
        ("Names", "ok", 2.0),
        ("Names", "INVALID_INPUT", 1.0),
        ("Half", "partial", 1.0),
        // What never ran has no name of its own.
        ("other", "INVALID_INPUT", 1.0),
        ("anonymous", "ok", 1.0),
        ("anonymous", "INVALID_INPUT", 1.0),
    ] {
        assert_eq!(scrape.of(&ran(operation, result)), count, "{operation}");
    }
    assert_eq!(scrape.starting("grassroots_operations_total"), 6);
    let timed = "grassroots_operation_duration_seconds_count{operation=\"Names\"}";
    assert_eq!(scrape.of(timed), 3.0);
}

async fn limits_count_by_name(backend: Backend) {
    let limits = Limits {
        depth: 5,
        complexity: 1_000,
        errors: 1,
        items: 2,
        ..Limits::USUAL
    };
    let settings = HttpSettings {
        body: 2_000,
        ..HttpSettings::default()
    };
    let server = Server::start_with(backend, limits, settings).await;
    let address = server.watch().await;
    for query in [
        "{ divisions { nodes { parent { parent { parent { id } } } } } }",
        "query Big { divisions(first: 200) { nodes { children(first: 200) { nodes { id } } } } }",
        "{ a: staff(first: 201) { totalCount } b: staff(first: 201) { totalCount } }",
        "{ divisions(filter: { name: { in: [\"a\", \"b\", \"c\"] } }) { totalCount } }",
    ] {
        server.run(query).await;
    }
    server.run(&" ".repeat(2_000)).await;
    let scrape = scrape(address).await;
    for limit in ["depth", "complexity", "errors", "items", "body"] {
        assert_eq!(scrape.of(&limited(limit)), 1.0, "{limit}");
    }
    for limit in ["tokens", "root-fields", "in-flight", "connections"] {
        assert_eq!(scrape.of(&limited(limit)), 0.0, "{limit}");
    }
    assert_eq!(scrape.of(&ran("other", "TOO_COMPLEX")), 1.0);
    assert_eq!(scrape.of(&ran("anonymous", "TOO_COMPLEX")), 2.0);
    assert_eq!(scrape.of(&ran("anonymous", "partial")), 1.0);
}

async fn limits_of_time_and_number_count(backend: Backend) {
    let limits = Limits {
        in_flight: 2,
        seconds: 1,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    let address = server.watch().await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    let mut sent = JoinSet::new();
    for _ in 0..3 {
        let request = server.post().await.body(operation(SLOW));
        sent.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    let mut statuses = sent.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [429, 503, 503]);
    let scrape = scrape(address).await;
    assert_eq!(scrape.of(&limited("in-flight")), 1.0);
    assert_eq!(scrape.of(&limited("seconds")), 2.0);
    // Nobody waits for their statements any more.
    assert_eq!(scrape.of(&failed("abandoned")), 2.0);
    assert_eq!(scrape.of("grassroots_sql_statements_under_way"), 0.0);
}

async fn requests_without_a_good_token_count_by_reason(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    for token in [None, Some("x"), Some("y")] {
        let mut request = server.post_without_token();
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request.body(operation("{ viewer { name } }"));
        assert_eq!(request.send().await.unwrap().status(), 401);
    }
    let scrape = scrape(address).await;
    let refused = |reason| {
        let name = "grassroots_unauthenticated_requests_total";
        scrape.of(&format!("{name}{{reason=\"{reason}\"}}"))
    };
    assert_eq!(refused("the token is malformed"), 2.0);
    let missing = "a token is needed, in the header Authorization: Bearer TOKEN";
    assert_eq!(refused(missing), 1.0);
    assert_eq!(scrape.starting("grassroots_operations_total"), 0);
}

async fn requests_count_by_the_class_of_their_status(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    server.run("{ viewer { name } }").await;
    server.get("/nothing").send().await.unwrap();
    server.get("/metrics").send().await.unwrap();
    let others = format!("http://{address}/graphql");
    assert_eq!(reqwest::get(others).await.unwrap().status(), 404);
    let first = scrape(address).await;
    let answered = |status| {
        first.of(&format!(
            "grassroots_http_requests_total{{status=\"{status}\"}}"
        ))
    };
    assert_eq!(answered("2xx"), 1.0);
    assert_eq!(answered("4xx"), 2.0);
    assert_eq!(answered("5xx"), 0.0);
}

async fn connections_count_while_they_are_open(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    let reaches = async |count: f64| {
        while scrape(address).await.of("grassroots_http_connections") != count {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let open = [
        TcpStream::connect(server.address).await.unwrap(),
        TcpStream::connect(server.address).await.unwrap(),
    ];
    timeout(Duration::from_secs(10), reaches(2.0))
        .await
        .unwrap();
    drop(open);
    timeout(Duration::from_secs(10), reaches(0.0))
        .await
        .unwrap();
}

async fn trusted_documents_have_names_of_their_own(backend: Backend) {
    let manifest = "{ \"1\": \"query Trusted { viewer { name } }\" }";
    let trusted = TrustedDocuments::read(manifest, true).unwrap();
    let settings = HttpSettings::default();
    let server = Server::start_trusting(backend, Limits::USUAL, settings, trusted).await;
    let address = server.watch().await;
    let body = "{ \"documentId\": \"1\", \"variables\": { \"a\": [] } }";
    server.post().await.body(body).send().await.unwrap();
    server.run("query Made { viewer { name } }").await;
    let scrape = scrape(address).await;
    assert_eq!(scrape.of(&ran("Trusted", "ok")), 1.0);
    assert_eq!(scrape.of(&ran("anonymous", "FORBIDDEN")), 1.0);
}

async fn statements_count_with_their_failures(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    server.run("{ viewer { name } }").await;
    let before = scrape(address).await;
    server.run("{ staff { totalCount nodes { name } } }").await;
    let after = scrape(address).await;
    assert_eq!(after.of(STATEMENTS) - before.of(STATEMENTS), 2.0);
    let longest = "grassroots_sql_statement_duration_seconds_bucket{le=\"+Inf\"}";
    assert_eq!(after.of(longest), after.of(STATEMENTS));
    assert_eq!(after.of(&failed("refused")), 0.0);

    server.world.sql.run("drop table staff_member").await;
    server.run("{ staff { nodes { name } } }").await;
    let last = scrape(address).await;
    assert_eq!(last.of(&failed("refused")), 1.0);
    assert_eq!(last.of(STATEMENTS) - after.of(STATEMENTS), 1.0);
    let connections = |what| last.of(&format!("grassroots_database_connections{what}"));
    assert!((1.0..=connections("_max")).contains(&connections("")));
    assert_eq!(connections("_idle") + connections("_busy"), connections(""));
}

async fn runs_after_a_change_of_rights_count(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    let query = "query Staff { staff { nodes { name } } }";
    server.run(query).await;
    let before = scrape(address).await;
    assert_eq!(before.of("grassroots_guard_retries_total"), 0.0);
    let change = "delete from role_binding where role = 'steward'";
    server.world.sql.run(change).await;
    server.run(query).await;
    let after = scrape(address).await;
    assert_eq!(after.of("grassroots_guard_retries_total"), 1.0);
    assert_eq!(after.of("grassroots_stale_statements_total"), 1.0);
    // However many runs it took, it is one operation.
    assert_eq!(after.of(&ran("Staff", "ok")), 2.0);
}

async fn nothing_of_callers_or_data_is_told(backend: Backend) {
    let server = Server::start(backend).await;
    let address = server.watch().await;
    let token = server.world.instance.token("steward").await;
    let query =
        "query Staff($name: String) { staff(filter: { name: { eq: $name } }) { nodes { name } } }";
    let body = serde_json::json!({ "query": query, "variables": { "name": "Ann" } });
    let request = server.post().await.bearer_auth(&token);
    request.body(body.to_string()).send().await.unwrap();
    server.run("query Ann\u{00e9} { viewer { name } }").await;
    let text = text(address).await;
    assert!(text.contains("operation=\"anonymous\""), "{text}");
    let (_, claims) = token.split_once('.').unwrap();
    for secret in [
        claims,
        "Ann",
        "steward",
        "staff(",
        "$name",
        "urn:grassroots",
    ] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_names_leave_few_series() {
    let server = Server::start(Backend::Sqlite).await;
    let address = server.watch().await;
    for n in 0..1_000 {
        let response = server.run(&format!("query N{n} {{ __typename }}")).await;
        assert_eq!(response.status(), 200);
        server.run(&format!("query M{n} {{ nothing }}")).await;
    }
    let scrape = scrape(address).await;
    assert_eq!(scrape.of(&ran("N0", "ok")), 1.0);
    assert_eq!(scrape.of(&ran("other", "ok")), 800.0);
    assert_eq!(scrape.of(&ran("other", "INVALID_INPUT")), 1_000.0);
    assert_eq!(scrape.starting("grassroots_operations_total"), 202);
    assert!(scrape.0.len() < 5_000, "{}", scrape.0.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_tells_of_itself() {
    let server = Server::start(Backend::Sqlite).await;
    let scrape = scrape(server.watch().await).await;
    assert_eq!(scrape.starting("grassroots_build_info{version=\""), 1);
    assert!(scrape.of("process_start_time_seconds") > 1.7e9);
    if cfg!(target_os = "linux") {
        assert!(scrape.of("process_resident_memory_bytes") > 1e6);
    }
}
