//! Differential testing of the access compiler: random worlds, random queries
//! through GraphQL on both databases, and an oracle that decides row by row and
//! column by column with Casbin's own `enforce`.
//!
//! A world ([`world`]) is drawn from a seed and serves fifty cases ([`case`]),
//! each a query by one of its users. The [`oracle`] and what builds on it
//! ([`sight`], [`logic`], [`listing`], [`expectation`]) work the response out in
//! plain Rust; it must be the response, value by value and error by error.
//!
//! Beside it stands [`probing`], which needs no expectation: two worlds that a user may
//! not tell apart must give the same answers.
//!
//! In [`writing`] users change records, and the world follows.
//!
//! - `GRASSROOTS_DIFFERENTIAL_CASES` asks for more cases, or fewer, and
//!   `GRASSROOTS_DIFFERENTIAL_CHANGES` for more changes;
//! - `GRASSROOTS_DIFFERENTIAL_SEED` draws other worlds;
//! - `GRASSROOTS_DIFFERENTIAL_ONLY`, world and case as a failure names them,
//!   runs that case alone, or of changes those up to it.

#![allow(
    clippy::expect_used,
    reason = "only tests are here: a failure is a failed test"
)]

mod case;
mod catalogue;
mod cell;
mod constraint;
mod deployment;
mod draft;
mod expectation;
mod filter;
mod listing;
mod logic;
mod oracle;
mod plan;
mod probing;
mod query;
mod reach;
mod report;
mod rng;
mod run;
mod sieve;
mod sight;
mod tally;
mod world;
mod writing;

use grassroots_tests::record as value;
