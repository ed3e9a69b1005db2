//! Databases for tests, which start them themselves and leave nothing behind.
//!
//! [`Postgres`] is a cluster of its own for each test process, [`scratch_dir`]
//! a place for files, and [`Backend`] lets one test run on every database that
//! Grassroots supports:
//!
//! ```no_run
//! for backend in support::Backend::ALL {
//!     let url = backend.database_url();
//!     // connect to `url`, an empty database that nobody else uses
//! }
//! ```
//!
//! A test that needs PostgreSQL never passes without it: what can't be had
//! panics, and the message says how to make it run. Unix only, and PostgreSQL
//! 13 or newer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "only tests use this crate: a failure here is a failed test"
)]

mod backend;
mod guardian;
mod postgres;
mod programs;
mod scratch;

pub use backend::Backend;
pub use postgres::Postgres;
pub use scratch::scratch_dir;
/// The directory that [`scratch_dir`] returns.
pub use tempfile::TempDir;
