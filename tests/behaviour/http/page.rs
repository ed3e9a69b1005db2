//! The GraphiQL page: who gets it, and what it may do.

use grassroots::{
    graph::{Limits, TrustedDocuments},
    http::{HttpSettings, Page, Persona, Readiness, Service},
    metrics::Metrics,
};
use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};
use support::Backend;

use super::server::{Server, header};
use crate::{instance::Instance, world::World};

/// A server of the demonstration, whose page knows a persona.
async fn demonstration() -> Server {
    let world = World::make(Backend::Sqlite).await;
    let Instance {
        system,
        access,
        graph,
    } = Instance::start(&world.url).await;
    let token = world.instance.token("steward").await;
    let persona = Persona {
        name: "steward",
        description: "steward of the east",
        token,
    };
    let service = Service {
        graph,
        metrics: Metrics::new(access.clone(), &TrustedDocuments::default()),
        access,
        readiness: Readiness::new(system),
        page: Some(Page {
            personas: vec![persona],
        }),
    };
    Server::serve(world, service, HttpSettings::default()).await
}

async fn settings(server: &Server, headers: &[(&str, &str)]) -> Value {
    let mut request = server.get("/graphiql/settings.json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    assert_eq!(header(&response, "cache-control"), "no-store");
    response.json().await.unwrap()
}

#[tokio::test]
async fn the_root_leads_to_the_page() {
    let server = Server::start(Backend::Sqlite).await;
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    for path in ["/", "/graphiql"] {
        let request = server.get(path).build().unwrap();
        let response = client.execute(request).await.unwrap();
        assert_eq!(response.status(), 307);
        assert_eq!(header(&response, "location"), "graphiql/");
    }
    let response = server.get("/").send().await.unwrap();
    assert!(response.text().await.unwrap().contains("<title>Grassroots"));
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere_and_stands_in_no_frame() {
    let server = Server::start(Backend::Sqlite).await;
    let page = server.get("/graphiql/").send().await.unwrap();
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&page, "cache-control"), "no-cache");
    let html = page.text().await.unwrap();
    let script = html.split("src=\"./").nth(1).unwrap();
    let script = script.split('"').next().unwrap();
    let response = server.get(&format!("/graphiql/{script}")).send().await;
    let response = response.unwrap();
    assert_eq!(
        header(&response, "content-type"),
        "text/javascript; charset=utf-8"
    );
    assert!(header(&response, "cache-control").contains("immutable"));
    for path in ["/graphiql/", "/graphiql/nothing", "/graphiql/settings.json"] {
        let response = server.get(path).send().await.unwrap();
        let policy = header(&response, "content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn files_are_the_same_packed_and_unpacked() {
    let server = Server::start(Backend::Sqlite).await;
    async fn size(response: Response) -> (String, usize) {
        let coding = header(&response, "content-encoding").to_owned();
        (coding, response.bytes().await.unwrap().len())
    }
    let ask = |coding: &'static str| {
        let request = server.get("/graphiql/licenses.txt");
        request.header("accept-encoding", coding).send()
    };
    let (coding, packed) = size(ask("br, gzip;q=0.5").await.unwrap()).await;
    assert_eq!(coding, "gzip");
    for refused in ["identity", "br", "gzip;q=0", ""] {
        let (coding, plain) = size(ask(refused).await.unwrap()).await;
        assert_eq!(coding, "", "{refused}");
        assert!(plain > 2 * packed, "{plain} {packed}");
    }
}

#[tokio::test]
async fn what_is_no_file_of_the_page_is_not_there() {
    let server = Server::start(Backend::Sqlite).await;
    for path in [
        "/graphiql/nothing.js",
        "/graphiql/../Cargo.toml",
        "/graphiql/..%2f..%2fCargo.toml",
        "/graphiql//etc/passwd",
        "/graphiql/assets",
    ] {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn only_a_page_of_this_server_learns_the_personas_tokens() {
    let server = demonstration().await;
    let own = server.address.to_string();
    let known = settings(&server, &[]).await;
    assert_eq!(known["endpoint"], "../graphql");
    assert_eq!(known["personas"][0]["name"], "steward");
    assert!(known["personas"][0]["token"].as_str().unwrap().len() > 100);
    let port = server.address.port();
    for headers in [
        // A name of the attacker's that leads here.
        [
            ("host", format!("rebound.example.org:{port}")),
            ("accept", "*/*".to_owned()),
        ],
        [
            ("host", format!("127.0.0.1.example.org:{port}")),
            ("accept", "*/*".to_owned()),
        ],
        [("host", String::new()), ("accept", "*/*".to_owned())],
        [
            ("host", own),
            ("origin", "https://elsewhere.example.org".to_owned()),
        ],
    ] {
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let told = settings(&server, &headers).await;
        assert_eq!(told["personas"], json!([]), "{headers:?}");
    }
}

#[tokio::test]
async fn outside_the_demonstration_the_page_knows_nobody() {
    let server = Server::start(Backend::Sqlite).await;
    assert_eq!(settings(&server, &[]).await["personas"], json!([]));
}

#[tokio::test]
async fn the_page_can_be_switched_off() {
    let without = HttpSettings {
        graphiql: false,
        ..HttpSettings::default()
    };
    let server = Server::start_with(Backend::Sqlite, Limits::USUAL, without).await;
    for path in ["/", "/graphiql", "/graphiql/", "/graphiql/settings.json"] {
        let response = server.get(path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
}
