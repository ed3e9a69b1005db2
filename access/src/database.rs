//! The connection pool. It stays within this crate.

use std::{fmt, path::Path, str::FromStr, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection, DbBackend,
    QueryResult, Statement,
    sea_query::SelectStatement,
    sqlx::{self, Connection, PgConnection},
};
use tokio::time::timeout;

use crate::{
    activity::Pool,
    error::AccessError,
    meter::Meter,
    parking::Parking,
    place::{Lookout, Places},
    postgres, sqlite,
    statement::Plan,
    text,
};

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(String),
    /// A PostgreSQL server.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<DatabaseUrl, String> {
        let accepted = "accepted are sqlite://PATH and postgres://USER@HOST:PORT/NAME";
        match url.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() && !path.contains('?') => {
                Ok(DatabaseUrl::Sqlite(path.to_owned()))
            }
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => {
                Ok(DatabaseUrl::Postgres(url.to_owned()))
            }
            Some(("sqlite", "")) => Err(format!("the path is missing; {accepted}")),
            Some(("sqlite", _)) => Err(format!("a path takes no parameters; {accepted}")),
            Some((scheme, _)) => Err(format!(
                "{scheme}:// is not a database it knows; {accepted}"
            )),
            None => Err(format!("it is not a URL; {accepted}")),
        }
    }
}

/// Settings of the pool.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// Where the data is.
    pub url: DatabaseUrl,
    /// The most connections held at a time.
    pub connections: u32,
    /// How long a statement may run before the database drops it; nothing for
    /// work that takes as long as it takes, such as loading data.
    pub statement_limit: Option<Duration>,
}

#[derive(Clone)]
pub(crate) struct Database {
    pub(crate) connection: DatabaseConnection,
    pub(crate) backend: DbBackend,
    statement_limit: Option<Duration>,
    pub(crate) places: Places,
    pub(crate) on_postgres: postgres::Connections,
    pub(crate) on_sqlite: sqlite::Connections,
    pub(crate) meter: Arc<Meter>,
}

impl Database {
    pub(crate) async fn connect(settings: &DatabaseSettings) -> Result<Database, AccessError> {
        let (url, file) = match &settings.url {
            DatabaseUrl::Sqlite(path) => {
                make_private(Path::new(path))?;
                ("sqlite://", path.clone())
            }
            DatabaseUrl::Postgres(url) => (url.as_str(), String::new()),
        };
        let lookout = Lookout::default();
        let looks = lookout.clone();
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(settings.connections)
            .acquire_timeout(PATIENCE)
            .sqlx_logging(false)
            // A test before each use costs a round trip; an idle connection alone
            // may have been cut.
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            // The path as it is given, and not decoded as a URL's.
            .map_sqlx_sqlite_opts(move |options| {
                options
                    .filename(&file)
                    .pragma("journal_mode", "WAL")
                    // What has been answered must be in the trail, also after a power cut.
                    .pragma("synchronous", "FULL")
                    .pragma("foreign_keys", "ON")
                    .pragma("busy_timeout", "5000")
                    .pragma("cache_size", "-65536")
                    .pragma("mmap_size", "1073741824")
                    .statement_cache_capacity(500)
            })
            .map_sqlx_postgres_opts(|options| options.statement_cache_capacity(500))
            .map_sqlx_postgres_pool_opts(move |pool| {
                let looks = looks.clone();
                pool.after_connect(move |connection, _| {
                    let looks = looks.clone();
                    Box::pin(async move { looks.begin(connection).await })
                })
            });
        if let Some(limit) = settings.statement_limit {
            options.statement_timeout(limit);
        }
        if let DatabaseUrl::Postgres(url) = &settings.url {
            greet(url).await?;
        }
        let connection = Connect::connect(options).await?;
        let backend = connection.get_database_backend();
        Ok(Database {
            connection,
            backend,
            statement_limit: settings.statement_limit,
            places: Places::new(settings.connections, settings.statement_limit, lookout),
            on_postgres: Parking::new(settings.connections),
            on_sqlite: Parking::new(settings.connections),
            meter: Arc::default(),
        })
    }

    /// Runs a statement by a plan that serves for any values.
    pub(crate) async fn select(
        &self,
        statement: &SelectStatement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.select_by(Plan::Kept, statement).await
    }

    pub(crate) async fn select_by(
        &self,
        plan: Plan,
        statement: &SelectStatement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.send(plan, text::build(self.backend, statement)).await
    }

    pub(crate) async fn send(
        &self,
        plan: Plan,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        // Boxed, for it is large, and each field that may send one would carry it.
        let rows = Box::pin(async {
            match self.backend {
                DbBackend::Sqlite => {
                    let pool = self.connection.get_sqlite_connection_pool();
                    let (connections, limit) = (&self.on_sqlite, self.statement_limit);
                    sqlite::run(pool, connections, &self.places, statement, limit).await
                }
                _ => {
                    let pool = self.connection.get_postgres_connection_pool();
                    let connections = &self.on_postgres;
                    postgres::run(pool, connections, &self.places, statement, plan).await
                }
            }
        });
        Ok(self.meter.watch(self.backend, rows).await?)
    }

    /// The pool as it stands.
    pub(crate) fn pool(&self) -> Pool {
        match self.backend {
            DbBackend::Sqlite => {
                let parked = self.on_sqlite.count();
                pool(self.connection.get_sqlite_connection_pool(), parked)
            }
            _ => {
                let parked = self.on_postgres.count();
                pool(self.connection.get_postgres_connection_pool(), parked)
            }
        }
    }

    pub(crate) async fn run(&self, sql: &str) -> Result<(), AccessError> {
        let statement = Statement::from_string(self.backend, sql);
        self.connection.execute_raw(statement).await?;
        Ok(())
    }
}

fn pool<D: sqlx::Database>(pool: &sqlx::Pool<D>, parked: usize) -> Pool {
    Pool {
        open: pool.size(),
        idle: u32::try_from(pool.num_idle() + parked).unwrap_or(u32::MAX),
        most: pool.options().get_max_connections(),
    }
}

/// Target in the log of what a database tells beside its answers.
pub const NOTICES: &str = "sqlx::postgres::notice";

/// How long to wait for a connection of the pool.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reaches the server once, since the pool would try until its patience ends and
/// then not tell why.
async fn greet(url: &str) -> Result<(), AccessError> {
    let refused = |cause: &dyn fmt::Display| {
        AccessError::InvalidInput(format!("the PostgreSQL server can't be used: {cause}"))
    };
    match timeout(Duration::from_secs(5), PgConnection::connect(url)).await {
        Ok(Ok(connection)) => connection.close().await.map_err(|error| refused(&error)),
        Ok(Err(error)) => Err(refused(&error)),
        Err(_) => Err(refused(&"it does not answer within 5 seconds")),
    }
}

/// The file holds the key that signs tokens, so that nobody else may read it:
/// it is made before SQLite would make it, with mode 0600.
fn make_private(path: &Path) -> Result<(), AccessError> {
    if path.exists() {
        return Ok(());
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop).map_err(|error| {
        AccessError::InvalidInput(format!(
            "the database file {} can't be made: {error}",
            path.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field that leads to another record makes a future that can send a
    /// statement: a large one is copied for each of them.
    #[test]
    fn a_statement_takes_little_room_in_what_waits_for_it() {
        fn size<'a, F>(_: impl Fn(&'a Database, &'a SelectStatement) -> F) -> usize {
            size_of::<F>()
        }
        let bytes = size(|database, statement| database.select_by(Plan::Own, statement));
        assert!(bytes <= 1024, "{bytes} bytes");
    }
}
