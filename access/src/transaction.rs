//! A transaction that writes. It is undone unless it is committed, also where whoever
//! waits for it goes away.

use std::sync::atomic::{AtomicU64, Ordering};

use entity::policy_epoch;
use sea_orm::{
    DbBackend, DbErr, QueryResult, RuntimeErr, StatementBuilder,
    sea_query::{LockType, Query},
    sqlx::{self, Executor, Postgres, Sqlite, error::ErrorKind, pool::PoolConnection},
};

use crate::{
    caller::Caller,
    database::Database,
    error::AccessError,
    guard,
    hold::Hold,
    place::Place,
    statement::{failed, fetch},
    text,
};

pub(crate) struct Transaction<'a> {
    database: &'a Database,
    /// Counts what it sends.
    statements: &'a AtomicU64,
    /// Its connection and its place, until it has ended.
    held: Option<(On, Place)>,
}

enum On {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// Whoever waits long for somebody else's lock is told so, and not cut off.
const BEGIN: &str = "BEGIN; SET LOCAL lock_timeout = '8s'";

impl Database {
    /// Begins a transaction that writes; on SQLite it is the only one that does.
    pub(crate) async fn begin<'a>(
        &'a self,
        statements: &'a AtomicU64,
    ) -> Result<Transaction<'a>, AccessError> {
        let begin = match self.backend {
            DbBackend::Sqlite => "BEGIN IMMEDIATE",
            _ => BEGIN,
        };
        self.begin_by(begin, statements).await
    }

    /// Begins a transaction that reads what was there at one instant, and keeps nobody from
    /// writing.
    pub(crate) async fn begin_reading<'a>(
        &'a self,
        statements: &'a AtomicU64,
    ) -> Result<Transaction<'a>, AccessError> {
        let begin = match self.backend {
            DbBackend::Sqlite => "BEGIN",
            _ => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.begin_by(begin, statements).await
    }

    async fn begin_by<'a>(
        &'a self,
        begin: &'static str,
        statements: &'a AtomicU64,
    ) -> Result<Transaction<'a>, AccessError> {
        let place = self.places.take().await?;
        let on = match self.backend {
            DbBackend::Sqlite => On::Sqlite(match self.on_sqlite.take(|_| true) {
                Some(parked) => parked.connection,
                None => {
                    self.connection
                        .get_sqlite_connection_pool()
                        .acquire()
                        .await?
                }
            }),
            _ => On::Postgres(match self.on_postgres.take(|_| true) {
                Some(parked) => parked.connection,
                None => {
                    self.connection
                        .get_postgres_connection_pool()
                        .acquire()
                        .await?
                }
            }),
        };
        let mut transaction = Transaction {
            database: self,
            statements,
            held: Some((on, place)),
        };
        transaction.execute(begin).await?;
        Ok(transaction)
    }
}

impl Caller {
    /// Begins to write. Until the end the decision stays in force: who would change what
    /// it rests on waits.
    pub(crate) async fn begin(&self, hold: Hold) -> Result<Transaction<'_>, AccessError> {
        let database = self.database();
        let mut transaction = database.begin(self.sent()).await?;
        if let Some(hold) = hold.statement(database.backend) {
            transaction.run(&hold).await?;
        }
        let mut in_force = guard::in_force(self.scope(), database.backend);
        if database.backend == DbBackend::Postgres {
            // The epoch first, in a statement of its own: where everyone takes locks in the
            // same order, nobody waits in a circle.
            let mut epoch = Query::select().column(policy_epoch::Column::Id).take();
            epoch.from(policy_epoch::Entity).lock(LockType::Share);
            transaction.run(&epoch).await?;
            in_force.lock(LockType::Share);
        }
        if transaction.run(&in_force).await?.is_empty() {
            transaction.undo().await;
            return Err(self.found_stale());
        }
        Ok(transaction)
    }

    /// Begins to read what was there at one instant, under a decision that was in force then.
    /// Nothing can be written, and nobody who would write waits.
    pub(crate) async fn begin_reading(&self) -> Result<Transaction<'_>, AccessError> {
        let database = self.database();
        let mut transaction = database.begin_reading(self.sent()).await?;
        let in_force = guard::in_force(self.scope(), database.backend);
        if transaction.run(&in_force).await?.is_empty() {
            transaction.undo().await;
            return Err(self.found_stale());
        }
        Ok(transaction)
    }

    /// Ends what was begun: what was done holds, or where something stood in the way,
    /// nothing.
    pub(crate) async fn end<T>(
        &self,
        transaction: Transaction<'_>,
        done: Result<T, AccessError>,
    ) -> Result<T, AccessError> {
        match done {
            Ok(done) => {
                // Before: where its end is not heard of, it may have been done all the same.
                self.writes();
                transaction.commit().await?;
                Ok(done)
            }
            Err(problem) => {
                transaction.undo().await;
                Err(problem)
            }
        }
    }
}

impl Transaction<'_> {
    /// Runs a statement and gives what it returns.
    pub(crate) async fn run(
        &mut self,
        statement: &impl StatementBuilder,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let backend = self.database.backend;
        let statement = text::build(backend, statement);
        let rows = async {
            match &mut self.held {
                Some((On::Sqlite(connection), _)) => fetch::<Sqlite>(connection, statement).await,
                Some((On::Postgres(connection), _)) => {
                    fetch::<Postgres>(connection, statement).await
                }
                None => Err(failed(sqlx::Error::PoolClosed)),
            }
        };
        self.database
            .meter
            .watch(backend, rows)
            .await
            .map_err(refused)
    }

    pub(crate) async fn commit(mut self) -> Result<(), AccessError> {
        self.execute("COMMIT").await?;
        self.held = None;
        Ok(())
    }

    /// Ends it as if it had not been.
    pub(crate) async fn undo(mut self) {
        if self.execute("ROLLBACK").await.is_ok() {
            self.held = None;
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), AccessError> {
        let executed = match &mut self.held {
            Some((On::Sqlite(connection), _)) => connection.execute(sql).await.map(drop),
            Some((On::Postgres(connection), _)) => connection.execute(sql).await.map(drop),
            None => Err(sqlx::Error::PoolClosed),
        };
        executed.map_err(|error| refused(failed(error)))
    }
}

/// Whoever is not waited for any more may have ended at any point: nobody else gets a
/// connection on which something may still be under way.
impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        let Some((on, place)) = self.held.take() else {
            return;
        };
        match on {
            // It ends with its thread.
            On::Sqlite(connection) => drop(connection.detach()),
            On::Postgres(connection) => {
                drop(connection.detach());
                place.linger();
            }
        }
    }
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
        // PostgreSQL's deadlock_detected, serialization_failure and lock_not_available,
        // SQLite's SQLITE_BUSY.
        (_, Some("40P01" | "40001" | "55P03" | "5")) => AccessError::Conflict(
            "somebody else writes the same at this moment; send it again".to_owned(),
        ),
        _ => error.into(),
    }
}
