//! Databases of a test's own, and statements that go past the door.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use support::{Backend, Postgres};
use tokio::task::spawn_blocking;

/// Makes a copy of a database that nothing is connected to any more.
pub(crate) async fn copy(backend: Backend, url: &str) -> String {
    match backend {
        Backend::Postgres => {
            // It waits for connections to end, and so must not stand in their way.
            let original = url.to_owned();
            let copied = spawn_blocking(move || Postgres::shared().database_like(&original));
            copied.await.unwrap()
        }
        Backend::Sqlite => {
            let target = backend.database_url();
            let file = target.strip_prefix("sqlite://").unwrap();
            let original = Sql::connect(url).await;
            original.run(&format!("vacuum into '{file}'")).await;
            original.close().await;
            target
        }
    }
}

/// A connection of whoever writes without asking this program: an
/// administrator at a prompt, another service, a restored backup.
pub(crate) struct Sql(DatabaseConnection);

impl Sql {
    pub(crate) async fn connect(url: &str) -> Sql {
        Sql(Database::connect(url).await.unwrap())
    }

    /// The same over one connection, so that a transaction can span calls.
    pub(crate) async fn single(url: &str) -> Sql {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1);
        Sql(Database::connect(options).await.unwrap())
    }

    /// Runs statements, which must succeed.
    pub(crate) async fn run(&self, sql: &str) {
        if let Err(error) = self.try_run(sql).await {
            panic!("{sql}\n{error}");
        }
    }

    /// Runs statements that the database may refuse.
    pub(crate) async fn try_run(&self, sql: &str) -> Result<(), DbErr> {
        self.0.execute_unprepared(sql).await.map(drop)
    }

    /// The whole number that a query gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let row = self.0.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// The bytes that a query gives.
    pub(crate) async fn bytes(&self, sql: &str) -> Vec<u8> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let row = self.0.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    async fn close(self) {
        self.0.close().await.unwrap();
    }
}
