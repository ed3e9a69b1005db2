//! The server under the tools that its callers use: graphql-js, the audits of GraphQL
//! over HTTP, relay-compiler, a browser, and the typed clients of the examples.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

use std::{path::Path, process::Command};

use access::{Interval, LOCAL_ISSUER};
use entity::{app_user, role_binding};
use grassroots::{
    graph::{Graph, TrustedDocuments},
    http::{HttpSettings, Page, Persona, Readiness, Service, router, serve},
    metrics::Metrics,
    seed::{self, PERSONAS},
};
use grassroots_tests::{Demonstration, open};
use support::Backend;
use tokio::{net::TcpListener, task::spawn_blocking};

/// Who may read everything that the tools ask for, and so is told of the whole schema but
/// for what was published.
const READER: &str = "reader";
/// Milliseconds in which a hostile document is answered where nothing is optimised and
/// other tests run beside; an optimised server answers within 50.
const PATIENCE: &str = "1000";

#[tokio::test(flavor = "multi_thread")]
async fn the_callers_own_tools_find_no_fault() {
    let demonstration = demonstration().await;
    let token = demonstration.token(READER).await;
    let mut personas = Vec::new();
    for persona in PERSONAS {
        personas.push(Persona {
            name: persona.name,
            description: persona.description,
            token: demonstration.token(persona.name).await,
        });
    }
    let metrics = Metrics::new(demonstration.access.clone(), &TrustedDocuments::default());
    let connections = metrics.connections();
    let service = Service {
        graph: Graph::default(),
        access: demonstration.access,
        readiness: Readiness::new(demonstration.system),
        metrics,
        page: Some(Page { personas }),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(service, &HttpSettings::default());
    tokio::spawn(serve(listener, router, connections, std::future::pending()));

    spawn_blocking(move || {
        npm("tests/web", &["ci"], &[]);
        let server = [
            ("GRASSROOTS_URL", format!("http://{address}")),
            ("GRASSROOTS_TOKEN", token),
            ("HOSTILE_MS", PATIENCE.to_owned()),
        ];
        npm("tests/web", &["test"], &server);
    })
    .await
    .unwrap();
}

/// The demonstration, with a reader of everything.
async fn demonstration() -> Demonstration {
    let mut data = seed::demonstration().unwrap();
    let user_id = data.users.iter().map(|user| user.id).max().unwrap() + 1;
    data.users.push(app_user::Model {
        id: user_id,
        issuer: LOCAL_ISSUER.to_owned(),
        subject: READER.to_owned(),
        name: "A reader of everything".to_owned(),
        organization_id: None,
        active: true,
        binding_epoch: 0,
    });
    let last = data
        .bindings
        .iter()
        .map(|binding| binding.id)
        .max()
        .unwrap();
    for (id, role) in (last + 1..).zip(["administrator", "steward", "statistician", "auditor"]) {
        data.bindings.push(role_binding::Model {
            id,
            user_id,
            role: role.to_owned(),
            division_id: Some(Interval::NATION.first),
            facility_id: None,
            program_id: None,
            partnership_id: None,
            valid_from: None,
            valid_until: None,
        });
    }
    let url = Backend::Sqlite.database_url();
    let system = open(&url).await;
    seed::load(&system, data, &|_, _| {}).await.unwrap();
    Demonstration::at(&url).await
}

/// The example in Rust is one of the workspace's crates, and compiles with it.
#[test]
fn the_example_in_typescript_fits_the_schema() {
    npm("examples/typescript", &["ci"], &[]);
    npm("examples/typescript", &["run", "build"], &[]);
}

/// Runs npm in a folder of the project; what it tells stands before the test's result.
fn npm(folder: &str, arguments: &[&str], environment: &[(&str, String)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let environment = environment.iter().map(|(name, value)| (name, value));
    let status = Command::new("npm")
        .args(arguments)
        .current_dir(root.join(folder))
        .envs(environment)
        .status()
        .expect("npm can't be started: install Node.js 20.19 or newer");
    assert!(
        status.success(),
        "npm {} failed in {folder}",
        arguments.join(" ")
    );
}
