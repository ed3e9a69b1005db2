//! A transaction that writes. It is undone unless it is committed, also where whoever
//! waits for it goes away.

use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{
    DbBackend, DbErr, QueryResult, RuntimeErr, Statement, StatementBuilder, Values,
    sqlx::{
        self, AssertSqlSafe, Executor, IntoArguments, Postgres, SqlSafeStr, Sqlite,
        error::ErrorKind,
    },
};
use sea_query_sqlx::SqlxValues;

use crate::{database::Database, error::AccessError, place::Place, statement::failed, text};

pub(crate) struct Transaction<'a> {
    database: &'a Database,
    on: On,
    /// Counts what it sends.
    statements: &'a AtomicU64,
    _place: Place,
}

enum On {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Database {
    /// Begins a transaction; on SQLite it is the only one that writes.
    pub(crate) async fn begin<'a>(
        &'a self,
        statements: &'a AtomicU64,
    ) -> Result<Transaction<'a>, AccessError> {
        let place = self.places.take().await?;
        let on = match self.backend {
            DbBackend::Sqlite => {
                let connection = match self.on_sqlite.take(|_| true) {
                    Some(parked) => parked.connection,
                    None => {
                        self.connection
                            .get_sqlite_connection_pool()
                            .acquire()
                            .await?
                    }
                };
                let begin =
                    sqlx::Transaction::begin(connection, Some("BEGIN IMMEDIATE".into_sql_str()));
                On::Sqlite(begin.await.map_err(|error| refused(failed(error)))?)
            }
            _ => {
                let connection = match self.on_postgres.take(|_| true) {
                    Some(parked) => parked.connection,
                    None => {
                        self.connection
                            .get_postgres_connection_pool()
                            .acquire()
                            .await?
                    }
                };
                On::Postgres(sqlx::Transaction::begin(connection, None).await?)
            }
        };
        Ok(Transaction {
            database: self,
            on,
            statements,
            _place: place,
        })
    }
}

impl Transaction<'_> {
    /// Runs a statement and gives what it returns.
    pub(crate) async fn run(
        &mut self,
        statement: &impl StatementBuilder,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let statement = text::build(self.database.backend, statement);
        let rows = async {
            match &mut self.on {
                On::Sqlite(transaction) => fetch::<Sqlite>(transaction, statement).await,
                On::Postgres(transaction) => fetch::<Postgres>(transaction, statement).await,
            }
        };
        let rows = self.database.meter.watch(self.database.backend, rows).await;
        rows.map_err(refused)
    }

    pub(crate) async fn commit(self) -> Result<(), AccessError> {
        let committed = match self.on {
            On::Sqlite(transaction) => transaction.commit().await,
            On::Postgres(transaction) => transaction.commit().await,
        };
        committed.map_err(|error| refused(failed(error)))
    }
}

async fn fetch<D: sqlx::Database>(
    connection: &mut D::Connection,
    statement: Statement,
) -> Result<Vec<QueryResult>, DbErr>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
    QueryResult: From<D::Row>,
{
    let values = statement.values.unwrap_or(Values(Vec::new()));
    let query = sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values));
    let rows = query.fetch_all(connection).await.map_err(failed)?;
    Ok(rows.into_iter().map(QueryResult::from).collect())
}

/// What a refusal of the database comes to. It says nothing of the record that stands in
/// the way, which may be somebody else's.
fn refused(error: DbErr) -> AccessError {
    let DbErr::Query(RuntimeErr::SqlxError(cause)) = &error else {
        return error.into();
    };
    let sqlx::Error::Database(refusal) = &**cause else {
        return error.into();
    };
    match (refusal.kind(), refusal.code().as_deref()) {
        (ErrorKind::UniqueViolation, _) => AccessError::Conflict(
            "another record has the same: what must be unique is taken".to_owned(),
        ),
        (ErrorKind::ForeignKeyViolation, _) => AccessError::InvalidInput(
            "what it refers to does not belong together, or is no more there".to_owned(),
        ),
        (ErrorKind::CheckViolation | ErrorKind::NotNullViolation, _) => {
            AccessError::InvalidInput("the values do not go together".to_owned())
        }
        // PostgreSQL's deadlock_detected and serialization_failure, SQLite's SQLITE_BUSY.
        (_, Some("40P01" | "40001" | "5")) => AccessError::Conflict(
            "somebody else writes the same at this moment; send it again".to_owned(),
        ),
        _ => error.into(),
    }
}
