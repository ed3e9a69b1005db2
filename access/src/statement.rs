//! A statement on its way. It ends with whoever waits for it: where the client goes
//! away, or the operation takes too long, its connection is closed, and the database
//! drops it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{
    DbErr, QueryResult, RuntimeErr, Statement, Values,
    sqlx::{
        self, AssertSqlSafe, Executor, IntoArguments, PgPool, Postgres, SqlitePool,
        pool::PoolConnection,
    },
};
use sea_query_sqlx::SqlxValues;

use crate::place::{Parked, Place, Places};

/// Steps of SQLite's machine between two looks.
const STEPS: i32 = 10_000;

/// For which values a statement is planned, where the database can tell the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// For any: one plan is right for a township and for the nation, and is kept.
    Kept,
    /// For the values that it carries: whether to go through an index in order or to
    /// sort what a condition leaves depends on how much that is.
    Own,
}

/// Runs a statement on PostgreSQL, which watches the limit itself.
pub(crate) async fn run_on_postgres(
    pool: &PgPool,
    places: &Places,
    statement: Statement,
    plan: Plan,
) -> Result<Vec<QueryResult>, DbErr> {
    let place = places.take().await?;
    let Parked {
        connection,
        since,
        plan: planned,
    } = places.connection(pool, plan).await.map_err(failed)?;
    let mut held = Held::of(connection, Some(place));
    let rows = match planned == Some(plan) {
        true => held.run(statement).await,
        false => match held.set(plan).await {
            Ok(()) => held.run(statement).await,
            Err(error) => Err(error),
        },
    };
    match (&rows, held.connection.take()) {
        (Ok(_), Some(connection)) => places.park(Parked {
            connection,
            since,
            plan: Some(plan),
        }),
        // Where the server is gone, the others are of no use either: the pool tests them.
        _ => places.give_back(),
    }
    rows
}

/// Runs a statement on SQLite, which asks every so many steps whether to go on.
pub(crate) async fn run_on_sqlite(
    pool: &SqlitePool,
    statement: Statement,
    limit: Option<Duration>,
) -> Result<Vec<QueryResult>, DbErr> {
    // An abandoned statement ends within some steps.
    let mut held = Held::of(pool.acquire().await.map_err(failed)?, None);
    let deadline = limit.map(|limit| Instant::now() + limit);
    let state = held.state.clone();
    let go_on = move || match state.load(Ordering::Relaxed) {
        RUNNING => deadline.is_none_or(|deadline| Instant::now() < deadline),
        state => state == ENDED,
    };
    let mut handle = held.connection()?.lock_handle().await.map_err(failed)?;
    handle.set_progress_handler(STEPS, go_on);
    drop(handle);
    held.run(statement).await
}

const RUNNING: u8 = 0;
const ENDED: u8 = 1;
const ABANDONED: u8 = 2;

/// A connection for one statement. It goes back to the pool when that has ended, and
/// is closed if nobody waits for the end.
struct Held<D: sqlx::Database> {
    connection: Option<PoolConnection<D>>,
    state: Arc<AtomicU8>,
    place: Option<Place>,
}

impl<D: sqlx::Database> Held<D> {
    fn of(connection: PoolConnection<D>, place: Option<Place>) -> Held<D> {
        Held {
            connection: Some(connection),
            state: Arc::new(AtomicU8::new(RUNNING)),
            place,
        }
    }

    fn connection(&mut self) -> Result<&mut D::Connection, DbErr> {
        let connection = self.connection.as_deref_mut();
        connection.ok_or_else(|| failed(sqlx::Error::PoolClosed))
    }

    async fn run(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
        SqlxValues: IntoArguments<D>,
        QueryResult: From<D::Row>,
    {
        let values = statement.values.unwrap_or(Values(Vec::new()));
        let query = sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values));
        let rows = query.fetch_all(self.connection()?).await;
        self.state.store(ENDED, Ordering::Relaxed);
        let rows = rows.map_err(failed)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }
}

impl Held<Postgres> {
    /// Says how the statements to come on this connection are planned. PostgreSQL left to
    /// itself plans each anew where it knows the values, which may take longer than to run it.
    async fn set(&mut self, plan: Plan) -> Result<(), DbErr> {
        let mode = match plan {
            Plan::Kept => "SET plan_cache_mode = force_generic_plan",
            Plan::Own => "SET plan_cache_mode = force_custom_plan",
        };
        let set = self.connection()?.execute(mode).await;
        set.map(drop).map_err(failed)
    }
}

impl<D: sqlx::Database> Drop for Held<D> {
    fn drop(&mut self) {
        if self.state.load(Ordering::Relaxed) == RUNNING {
            self.state.store(ABANDONED, Ordering::Relaxed);
            drop(self.connection.take().map(PoolConnection::detach));
            if let Some(place) = self.place.take() {
                place.linger();
            }
        }
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
