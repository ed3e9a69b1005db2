//! Grassroots: a GraphQL API over a country's primary-care workforce, in which
//! every tenant sees, counts and changes exactly its own slice of one shared database.
//!
//! # What is where
//!
//! - [`command`]: the program's subcommands; [`config`], [`provider`],
//!   [`telemetry`] and [`error`] are what they share.
//! - [`http`]: the endpoint, after "GraphQL over HTTP", the probes, and on a
//!   listener of its own what [`metrics`] counts.
//! - [`graph`]: the GraphQL schema, one file a type.
//! - [`seed`]: the demonstration data, and how it gets into a database.
//! - [`access`], a crate of its own: tokens, policy, scopes, and the statements
//!   that carry them. Below it the crates [`entity`], one table a file, and
//!   `migration`, one change of the schema a file.
//!
//! Imports run downwards only: main → command → http → metrics → graph → access → entity.
//!
//! # How an operation runs
//!
//! [`http`] takes the request apart and has [`access::Access::caller`] turn its
//! bearer token into an [`access::Caller`], which stands for someone's rights at
//! this instant. [`graph::Graph::execute`] runs the operation for that caller:
//! within its [`graph::Limits`], its resolvers read through [`access::Rows`], which
//! compile the caller's row rule, column gate and guard into every statement. Where
//! rights changed while the operation ran, the guard gives it away, and the operation
//! runs again. Before the answer leaves, it is written down of whom it tells in clear what
//! identifies them.
//!
//! Mutations write through [`access::Change`]: in one transaction, during which nobody can
//! take the rights away, it looks at the record before and after, and writes down in the
//! audit trail what was done. What has been written is not run again. Rights themselves are
//! changed through [`access::Administration`], alone, and [`access::Caller::explain`] tells
//! why something may be done or not, from the same decisions as those that are enforced.
//!
//! # What always holds
//!
//! - **One door.** `access`, `entity` and `migration` alone depend on SeaORM, and
//!   `access` alone on Casbin and on the signing of tokens: nothing here can
//!   run a query of its own, Cargo refuses. What has no caller (migrating,
//!   loading data, readiness) goes through [`access::System`].
//! - **Closed by default.** No grant, an unknown role or a policy that can't be
//!   read: nothing is visible.
//! - **No probing.** What a caller can't read neither filters, orders nor counts,
//!   and a row out of sight is no different from a row that is not there.
//! - **Never a stale decision.** Every statement is void unless the rights that
//!   it was compiled from are still in force.
//! - **Both sides.** A record is changed by who may change it as it is and as it will be;
//!   what is refused changes nothing.
//! - **Nothing leaks.** An internal cause goes to the log under the request's id;
//!   neither tokens nor variables, query texts or people's names are in logs,
//!   metrics or traces.

pub mod command;
pub mod config;
pub mod error;
pub mod graph;
pub mod http;
pub mod keys;
pub mod metrics;
pub mod provider;
pub mod seed;
pub mod telemetry;
