//! What the door has done so far, in numbers. They tell of nobody.

use crate::histogram::Distribution;

/// What has been done since the process began.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Statements that callers, their accounts and readiness took, with their
    /// time, which includes the wait for a connection.
    pub statements: Distribution,
    /// Statements that run now, or wait for a connection.
    pub under_way: u64,
    /// Statements that failed, by kind.
    pub failures: Vec<(&'static str, u64)>,
    /// Times that a statement found the rights changed that it was made from.
    pub stale: u64,
    /// Runs of operations beyond the first, after their rights had changed.
    pub renewals: u64,
    /// The connections.
    pub pool: Pool,
}

/// The pool of database connections at an instant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pool {
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// The most that may be open.
    pub most: u32,
}
