//! Databases of a test's own, and statements that go past the door.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement,
};
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

    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = self.0.query_all_raw(statement).await.unwrap();
        let texts = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
        texts.collect()
    }

    /// All rows of all tables but these, as texts.
    pub(crate) async fn contents(&self, but: &[&str]) -> Vec<String> {
        let is_postgres = self.0.get_database_backend() == DbBackend::Postgres;
        let tables = match is_postgres {
            true => "select tablename::text from pg_tables where schemaname = 'public' order by 1",
            false => {
                "select name from sqlite_master where type = 'table'
                 and name not like 'sqlite_%' order by 1"
            }
        };
        let mut contents = Vec::new();
        for table in self.texts(tables).await {
            if but.contains(&table.as_str()) {
                continue;
            }
            let rows = match is_postgres {
                true => format!("select t::text from \"{table}\" t order by 1"),
                false => {
                    let columns = format!("select name from pragma_table_info('{table}')");
                    let columns = self.texts(&columns).await.into_iter();
                    let quoted: Vec<String> =
                        columns.map(|name| format!("quote({name})")).collect();
                    format!("select {} from {table} order by 1", quoted.join("||','||"))
                }
            };
            let rows = self.texts(&rows).await.into_iter();
            contents.extend(rows.map(|row| format!("{table}: {row}")));
        }
        contents
    }

    async fn close(self) {
        self.0.close().await.unwrap();
    }
}
