//! Why statements fail, by few kinds that never name what they were about.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};

/// A kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No connection of the pool became free in time.
    NoConnection,
    /// The connection could not be made, or broke.
    Connection,
    /// It ran longer than a statement may.
    Overdue,
    /// The database refused it.
    Refused,
    /// The operation that it was for ended first.
    Abandoned,
    /// Any other.
    Other,
}

impl Failure {
    pub(crate) const ALL: [Failure; 6] = [
        Failure::NoConnection,
        Failure::Connection,
        Failure::Overdue,
        Failure::Refused,
        Failure::Abandoned,
        Failure::Other,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Failure::NoConnection => "no_connection",
            Failure::Connection => "connection",
            Failure::Overdue => "overdue",
            Failure::Refused => "refused",
            Failure::Abandoned => "abandoned",
            Failure::Other => "other",
        }
    }

    pub(crate) fn of(error: &DbErr) -> Failure {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Failure::NoConnection,
            DbErr::ConnectionAcquire(_) => Failure::Connection,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => Failure::of_driver(cause),
            _ => Failure::Other,
        }
    }

    fn of_driver(error: &sqlx::Error) -> Failure {
        match error {
            sqlx::Error::Database(refusal) => match refusal.code().as_deref() {
                // PostgreSQL's query_canceled, SQLite's SQLITE_INTERRUPT.
                Some("57014" | "9") => Failure::Overdue,
                _ => Failure::Refused,
            },
            sqlx::Error::PoolTimedOut => Failure::NoConnection,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Failure::Connection,
            _ => Failure::Other,
        }
    }
}
