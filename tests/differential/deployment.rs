//! A world in a database, with its door open.

use std::{
    collections::HashMap,
    fs,
    time::{Duration, Instant},
};

use access::{Access, Caller, DatabaseSettings, System, boot};
use async_graphql::{Request, Response};
use chrono::TimeDelta;
use grassroots::graph::{Graph, Limits, TrustedDocuments};
use grassroots_tests::{forget_what_is_done, keys};
use sea_orm::{ConnectionTrait, Database};
use support::{Backend, Postgres};

use crate::world::World;

/// A migrated database of each kind without any rows, to copy.
pub(crate) struct Templates {
    sqlite: Vec<u8>,
    postgres: String,
}

impl Templates {
    /// Of worlds that are read: what is done is forgotten.
    pub(crate) async fn make() -> Templates {
        Templates::of(true).await
    }

    /// Of worlds that are written.
    pub(crate) async fn keeping_what_is_done() -> Templates {
        Templates::of(false).await
    }

    async fn of(forgetful: bool) -> Templates {
        let sqlite = template(Backend::Sqlite, forgetful).await;
        let file = file(&sqlite);
        // Pools close in the background, and may all leave the log's content to the others.
        let log = format!("{file}-wal");
        let deadline = Instant::now() + Duration::from_secs(30);
        while fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            assert!(Instant::now() < deadline, "{log} stays");
            let connection = Database::connect(&sqlite).await.expect("a connection");
            let emptied = connection.execute_unprepared("pragma wal_checkpoint(truncate)");
            emptied.await.expect("the log's content in the file");
            connection.close().await.expect("no connection");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Templates {
            sqlite: fs::read(file).expect("the template's file"),
            postgres: template(Backend::Postgres, forgetful).await,
        }
    }

    fn copy(&self, backend: Backend) -> String {
        match backend {
            Backend::Sqlite => {
                let url = backend.database_url();
                fs::write(file(&url), &self.sqlite).expect("a database's file");
                url
            }
            Backend::Postgres => Postgres::shared().database_like(&self.postgres),
        }
    }
}

/// A migrated database whose policy has no line: each world brings its own, with
/// keys that the world knows.
async fn template(backend: Backend, forgetful: bool) -> String {
    let url = backend.database_url();
    let system = boot(&settings(&url)).await.expect("a database");
    system.migrate().await.expect("the schema");
    let connection = Database::connect(&url).await.expect("a connection");
    let emptied = connection
        .execute_unprepared("delete from policy_rule")
        .await;
    emptied.expect("no policy");
    connection.close().await.expect("no connection");
    if forgetful {
        forget_what_is_done(&url).await;
    }
    url
}

fn settings(url: &str) -> DatabaseSettings {
    DatabaseSettings {
        url: url.parse().expect("a URL"),
        connections: 2,
        statement_limit: None,
    }
}

fn file(url: &str) -> &str {
    url.strip_prefix("sqlite://").expect("a file")
}

pub(crate) struct Deployment {
    pub(crate) backend: Backend,
    url: String,
    access: Access,
    graph: Graph,
    /// A token for each user who asks, by the user's key.
    tokens: HashMap<i64, String>,
}

impl Deployment {
    pub(crate) async fn of(world: &World, backend: Backend, templates: &Templates) -> Deployment {
        let url = templates.copy(backend);
        let system = boot(&settings(&url)).await.expect("a database");
        system.unlock(keys()).await.expect("the keys");
        let mut load = system.load().await.expect("a transaction");
        world.tables.insert(&mut load).await;
        load.commit().await.expect("the world's rows");
        Deployment {
            backend,
            access: system.access().await.expect("the door"),
            // Every error is compared.
            graph: Graph::new(
                Limits {
                    errors: usize::MAX,
                    ..Limits::USUAL
                },
                TrustedDocuments::default(),
            ),
            tokens: tokens(&system, world).await,
            url,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn ask(&self, user: i64, query: &str) -> Response {
        let caller: Caller = self
            .access
            .caller(&self.tokens[&user])
            .await
            .expect("a caller");
        self.graph
            .execute(caller, Request::new(query))
            .await
            .response
    }

    /// Closes the database and removes it.
    pub(crate) fn remove(self) {
        let Deployment { backend, url, .. } = self;
        match backend {
            Backend::Sqlite => {
                for suffix in ["", "-wal", "-shm"] {
                    // The log goes with the last connection, which may come first.
                    let _ = fs::remove_file(format!("{}{suffix}", file(&url)));
                }
            }
            Backend::Postgres => Postgres::shared().drop(&url),
        }
    }
}

async fn tokens(system: &System, world: &World) -> HashMap<i64, String> {
    let mut tokens = HashMap::new();
    for user in &world.callers {
        let token = system.sign(&user.subject, TimeDelta::hours(12)).await;
        tokens.insert(user.id, token.expect("a token"));
    }
    tokens
}
