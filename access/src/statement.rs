//! A statement on its way. It ends with whoever waits for it: where the client goes
//! away, or the operation takes too long, its connection is closed, and the database
//! drops it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{
    DbErr, QueryResult, RuntimeErr, Statement, Values,
    sqlx::{self, AssertSqlSafe, Executor, IntoArguments, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;

use crate::{parking::Parked, place::Place};

/// For which values a statement is planned, where the database can tell the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// For any: one plan is right for a township and for the nation, and is kept.
    Kept,
    /// For the values that it carries: whether to go through an index in order or to
    /// sort what a condition leaves depends on how much that is.
    Own,
}

/// Whether a connection's statement is still waited for, and until when.
pub(crate) struct Watch {
    state: AtomicU8,
    since: Instant,
    /// Milliseconds behind `since`.
    deadline: AtomicU64,
}

const RUNNING: u8 = 0;
const ENDED: u8 = 1;
const ABANDONED: u8 = 2;

impl Watch {
    /// Of a connection on which nothing runs yet.
    pub(crate) fn new() -> Arc<Watch> {
        Arc::new(Watch {
            state: AtomicU8::new(ENDED),
            since: Instant::now(),
            deadline: AtomicU64::new(u64::MAX),
        })
    }

    /// A statement begins.
    pub(crate) fn begin(&self, limit: Option<Duration>) {
        let deadline = limit.map_or(u64::MAX, |limit| milliseconds(self.since.elapsed() + limit));
        self.deadline.store(deadline, Ordering::Relaxed);
        self.state.store(RUNNING, Ordering::Release);
    }

    /// Whether the connection may go on with what it does.
    pub(crate) fn goes_on(&self) -> bool {
        match self.state.load(Ordering::Acquire) {
            RUNNING => milliseconds(self.since.elapsed()) < self.deadline.load(Ordering::Relaxed),
            state => state == ENDED,
        }
    }

    fn end(&self) {
        self.state.store(ENDED, Ordering::Release);
    }

    /// Notes that nobody waits any more, if somebody did.
    fn abandon(&self) -> bool {
        let state = &self.state;
        let swapped =
            state.compare_exchange(RUNNING, ABANDONED, Ordering::AcqRel, Ordering::Relaxed);
        swapped.is_ok()
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A connection for one statement, which is closed if nobody waits for the end.
pub(crate) struct Held<D: sqlx::Database, S> {
    parked: Option<Parked<D, S>>,
    watch: Arc<Watch>,
    place: Option<Place>,
}

impl<D: sqlx::Database, S> Held<D, S> {
    /// With a place to be kept for as long as the database may be at work on what nobody
    /// waits for any more, if it may.
    pub(crate) fn of(parked: Parked<D, S>, watch: Arc<Watch>, place: Option<Place>) -> Held<D, S> {
        Held {
            parked: Some(parked),
            watch,
            place,
        }
    }

    pub(crate) fn connection(&mut self) -> Result<&mut D::Connection, DbErr> {
        let parked = self.parked.as_mut();
        let parked = parked.ok_or_else(|| failed(sqlx::Error::PoolClosed))?;
        Ok(&mut parked.connection)
    }

    pub(crate) async fn run(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr>
    where
        for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
        SqlxValues: IntoArguments<D>,
        QueryResult: From<D::Row>,
    {
        let rows = fetch::<D>(self.connection()?, statement).await;
        self.watch.end();
        rows
    }

    /// The connection, once its statement has ended, and its place: whoever has that next
    /// must find the connection parked.
    pub(crate) fn release(mut self) -> Option<(Parked<D, S>, Option<Place>)> {
        let parked = self.parked.take()?;
        Some((parked, self.place.take()))
    }
}

impl<D: sqlx::Database, S> Drop for Held<D, S> {
    fn drop(&mut self) {
        if self.watch.abandon() {
            let connection = self.parked.take().map(|parked| parked.connection);
            drop(connection.map(PoolConnection::detach));
            if let Some(place) = self.place.take() {
                place.linger();
            }
        }
    }
}

/// Runs a statement on a connection and gives what it returns.
pub(crate) async fn fetch<D: sqlx::Database>(
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

pub(crate) fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
