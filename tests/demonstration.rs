//! The demonstration data on both databases, loaded once for all tests that
//! only read.

use access::{Access, DatabaseSettings, PersonalKeys, System, boot};
use async_graphql::{Request, Response, Variables};
use chrono::TimeDelta;
use grassroots::{
    graph::{Graph, Limits, TrustedDocuments},
    seed,
};
use support::Backend;
use tokio::sync::OnceCell;

use crate::drawn;

/// A loaded database with its door open.
pub struct Demonstration {
    /// For what needs no caller.
    pub system: System,
    /// The door.
    pub access: Access,
    /// The schema.
    pub graph: Graph,
}

static SQLITE: OnceCell<String> = OnceCell::const_new();
static POSTGRES: OnceCell<String> = OnceCell::const_new();

impl Demonstration {
    /// Opens the database, loading it if this is the first test to ask.
    pub async fn open(backend: Backend) -> Demonstration {
        let cell = match backend {
            Backend::Sqlite => &SQLITE,
            Backend::Postgres => &POSTGRES,
        };
        let url = cell.get_or_init(|| load(backend)).await;
        Demonstration::at(url).await
    }

    /// Opens the database at this URL.
    pub async fn at(url: &str) -> Demonstration {
        let system = boot(&settings(url)).await.unwrap();
        system.unlock(keys()).await.unwrap();
        let access = system.access().await.unwrap();
        Demonstration {
            system,
            access,
            // Every error is looked at.
            graph: Graph::new(
                Limits {
                    errors: usize::MAX,
                    ..Limits::USUAL
                },
                TrustedDocuments::default(),
            ),
        }
    }

    /// A token for a persona, good for an hour.
    pub async fn token(&self, persona: &str) -> String {
        let token = self.system.sign(persona, TimeDelta::hours(1));
        token.await.unwrap()
    }

    /// Runs a query as a persona.
    pub async fn ask(&self, persona: &str, query: &str, variables: serde_json::Value) -> Response {
        let token = self.token(persona).await;
        let caller = self.access.caller(&token).await.unwrap();
        let request = Request::new(query).variables(Variables::from_json(variables));
        self.graph.execute(caller, request).await.response
    }
}

/// The system of a database, with its schema up to date and its personal data unlocked.
pub async fn open(url: &str) -> System {
    let system = boot(&settings(url)).await.unwrap();
    system.migrate().await.unwrap();
    system.unlock(keys()).await.unwrap();
    system
}

/// The keys that tests seal personal data under.
pub fn keys() -> PersonalKeys {
    KEYS.parse().unwrap()
}

/// The same, as a file holds them.
pub const KEYS: &str = "VGhlIGtleSB0aGF0IHRlc3RzIHNlYWwgdW5kZXIuLi4=";

/// Settings of a small pool.
pub fn settings(url: &str) -> DatabaseSettings {
    DatabaseSettings {
        url: url.parse().unwrap(),
        connections: 4,
        statement_limit: None,
    }
}

async fn load(backend: Backend) -> String {
    let url = backend.database_url();
    let system = open(&url).await;
    let data = seed::demonstration().unwrap();
    let others = drawn::beside(&data, 40);
    seed::load(&system, data, &|_, _| {}).await.unwrap();
    drawn::load(&system, &others).await;
    url
}
