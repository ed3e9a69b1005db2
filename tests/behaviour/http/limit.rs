//! Limits: each refuses with its name and value, and what is refused costs little.

use std::time::{Duration, Instant};

use grassroots::{graph::Limits, http::HttpSettings};
use reqwest::Client;
use serde_json::{Value, json};
use support::Backend;
use tokio::{task::JoinSet, time::sleep};

use super::{
    server::{Server, code, header, operation},
    slow::{SLOW, slow_down},
};

on_both_databases!(
    an_operation_above_a_limit_is_told_which,
    hostile_documents_are_refused_at_once,
    only_so_many_errors_are_told,
    only_so_many_operations_of_a_caller_run_at_a_time,
    a_response_that_is_not_taken_keeps_its_place,
    an_operation_runs_only_so_long,
);

async fn an_operation_above_a_limit_is_told_which(backend: Backend) {
    let limits = Limits {
        tokens: 120,
        brackets: 8,
        depth: 6,
        fields: 20,
        aliases: 3,
        directives: 2,
        root_fields: 5,
        counts: 1,
        complexity: 1_000,
        items: 4,
        variables: 6,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    let repeat = |text: &str, times: usize| text.repeat(times);
    for (query, what) in [
        (format!("{{ {} }}", repeat("viewer ", 130)), "tokens than the 120"),
        (format!("{}{}", repeat("{ a", 9), repeat("}", 9)), "open brackets than the 8"),
        (
            "{ divisions { nodes { parent { parent { parent { parent { id } } } } } } }".to_owned(),
            "fields within fields than the 6",
        ),
        (format!("{{ viewer {{ {} }} }}", repeat("name ", 21)), "fields than the 20"),
        ("{ viewer { a: name b: name c: name d: name } }".to_owned(), "aliases than the 3"),
        (
            "{ viewer @skip(if: false) { name @skip(if: false) @include(if: true) } }".to_owned(),
            "directives than the 2",
        ),
        (format!("{{ {} }}", repeat("__typename ", 6)), "fields at its root than the 5"),
        (
            "{ staff { totalCount } facilities { totalCount } }".to_owned(),
            "counts than the 1",
        ),
        (
            "{ divisions(first: 200) { nodes { children(first: 200) { nodes { id } } } } }".to_owned(),
            "values in pages in pages than the 1000",
        ),
        (
            "{ divisions(filter: { name: { in: [\"a\", \"b\", \"c\", \"d\", \"e\"] } }) { nodes { id } } }".to_owned(),
            "items in a list than the 4",
        ),
    ] {
        let response = server.run(&query).await;
        assert_eq!(response.status(), 422, "{query}");
        let body: Value = response.json().await.unwrap();
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(what), "{query}: {message}");
        assert_eq!(body["errors"][0]["extensions"]["code"], "TOO_COMPLEX");
    }
    for (names, what) in [
        (
            json!(["a", "b", "c", "d", "e"]),
            "items in a list than the 4",
        ),
        (
            json!([["a", "b"], ["c", "d"], "e"]),
            "values in its variables than the 6",
        ),
    ] {
        let query = "query($names: [String!]) { divisions(filter: { name: { in: $names } }) { nodes { id } } }";
        let body = json!({ "query": query, "variables": { "names": names } });
        let response = server
            .post()
            .await
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let body: Value = response.json().await.unwrap();
        let message = body["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains(what), "{message}");
    }
}

/// What would cost much to parse, to validate or to run.
fn hostile() -> Vec<(&'static str, String)> {
    let doubling = |end: &str| {
        let steps = (0..30).map(|n| {
            let next = n + 1;
            format!("fragment F{n} on Query {{ ...F{next} ...F{next} }} ")
        });
        format!(
            "{{ ...F0 }} {} fragment F30 on Query {{ {end} }}",
            steps.collect::<String>()
        )
    };
    let chain = |last: usize| {
        let steps = (0..last).map(|n| format!("fragment F{n} on Query {{ ...F{} }} ", n + 1));
        format!(
            "{{ ...F0 }} {} fragment F{last} on Query {{ __typename }}",
            steps.collect::<String>()
        )
    };
    let types = "possibleTypes { interfaces { ".repeat(7);
    vec![
        (
            "aliases",
            format!(
                "{{ {} }}",
                (0..12_000)
                    .map(|n| format!("a{n}:viewer{{name}}"))
                    .collect::<String>()
            ),
        ),
        (
            "repeated fields",
            format!("{{ {} }}", "__typename ".repeat(20_000)),
        ),
        (
            "directives",
            format!(
                "{{ viewer {} {{ name }} }}",
                "@skip(if: false) ".repeat(5_000)
            ),
        ),
        ("brackets", "{a".repeat(100_000)),
        (
            "lists in lists",
            format!("{{ divisions(filter: {} }}", "[".repeat(200_000)),
        ),
        (
            "brackets behind a comment",
            format!("{{a(b:#\r{}", "[".repeat(200_000)),
        ),
        (
            "brackets behind a block of text",
            format!("{{a(b:\"\"\"\\\"\"\"\" \"\"\"{}", "[".repeat(200_000)),
        ),
        (
            "brackets behind a quote",
            format!("{{ a(b: \"\\\"{}", "[".repeat(200_000)),
        ),
        (
            "a cycle of fragments",
            "{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }"
                .to_owned(),
        ),
        ("doubling fragments", doubling("__typename")),
        ("doubling fragments without an end", doubling("...Gone")),
        ("a chain of fragments", chain(5_000)),
        (
            "types in types",
            format!(
                "{{ __type(name: \"Node\") {{ {types} name {} }} }}",
                "}".repeat(14)
            ),
        ),
        (
            "a huge text",
            format!("{{ node(id: \"{}\") {{ id }} ", "x".repeat(200_000)),
        ),
        (
            "a huge number",
            format!(
                "{{ divisions(first: {}) {{ totalCount }} }}",
                "9".repeat(200_000)
            ),
        ),
        (
            "fields in fields",
            format!(
                "{{ divisions {{ nodes {} {{ id }} {} }} }}",
                "{ parent ".repeat(40),
                "}".repeat(40)
            ),
        ),
    ]
}

async fn hostile_documents_are_refused_at_once(backend: Backend) {
    let server = Server::start(backend).await;
    server.run("{ viewer { name } }").await;
    for (what, query) in hostile() {
        let began = Instant::now();
        let response = server.run(&query).await;
        let status = response.status().as_u16();
        assert!([400, 422].contains(&status), "{what}: {status}");
        response.bytes().await.unwrap();
        // Parsing alone takes some of it in a build without optimization.
        let took = began.elapsed();
        assert!(took < Duration::from_secs(2), "{what}: {took:?}");
    }
    let response = server.run("{ viewer { name } }").await;
    assert_eq!(response.status(), 200);
}

async fn only_so_many_errors_are_told(backend: Backend) {
    let limits = Limits {
        errors: 3,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    let fields: String = (0..10)
        .map(|n| format!("a{n}: facilities(first: 201) {{ totalCount }} "))
        .collect();
    let body: Value = server
        .run(&format!("{{ {fields} }}"))
        .await
        .json()
        .await
        .unwrap();
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 4, "{body}");
    assert_eq!(errors[3]["message"], "7 more errors are left out");
}

async fn only_so_many_operations_of_a_caller_run_at_a_time(backend: Backend) {
    let limits = Limits {
        in_flight: 2,
        seconds: 2,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    let mut sent = JoinSet::new();
    for _ in 0..5 {
        let request = server.post().await.body(operation(SLOW));
        sent.spawn(async move { request.send().await.unwrap() });
    }
    let mut statuses = Vec::new();
    for response in sent.join_all().await {
        statuses.push(response.status().as_u16());
        if response.status() == 429 {
            assert_eq!(header(&response, "retry-after"), "1");
        }
        assert_eq!(code(response).await, "TOO_COMPLEX");
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [429, 429, 429, 503, 503]);
}

async fn a_response_that_is_not_taken_keeps_its_place(backend: Backend) {
    let limits = Limits {
        in_flight: 2,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    let fields: String = (0..400).map(|n| format!("a{n}: id ")).collect();
    let large = operation(&format!("{{ divisions {{ nodes {{ {fields} }} }} }}"));
    // A client that reads no more than this of a response before it asks for it.
    let lazy = Client::builder()
        .http2_prior_knowledge()
        .http2_initial_stream_window_size(65_535);
    let lazy = lazy.build().unwrap();
    let send = async || {
        let request = server.post().await.body(large.clone()).build().unwrap();
        lazy.execute(request).await.unwrap()
    };
    let untaken = [send().await, send().await];
    for response in &untaken {
        assert_eq!(response.status(), 200);
        assert!(response.content_length() > Some(100_000), "{response:?}");
    }
    assert_eq!(send().await.status(), 429);
    for response in untaken {
        assert!(response.bytes().await.unwrap().len() > 100_000);
    }
    assert_eq!(send().await.status(), 200);
}

async fn an_operation_runs_only_so_long(backend: Backend) {
    let limits = Limits {
        seconds: 1,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    let began = Instant::now();
    let response = server.run(SLOW).await;
    assert_eq!(response.status(), 503);
    assert_eq!(code(response).await, "TOO_COMPLEX");
    assert!(began.elapsed() < Duration::from_secs(5));
    // Others are answered meanwhile.
    assert_eq!(server.run("{ viewer { name } }").await.status(), 200);

    // The database drops the statements too: they would hold every connection.
    for _ in 0..4 {
        assert_eq!(server.run(SLOW).await.status(), 503);
    }
    sleep(Duration::from_secs(3)).await;
    assert_eq!(server.run("{ viewer { name } }").await.status(), 200);
}
