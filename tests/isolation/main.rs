//! Isolation: whoever asks, by whatever way, sees exactly the rows, the counts
//! and the columns that the design gives them, on both databases.
//!
//! The expectation is an oracle that looks at the data row by row ([`oracle`]);
//! the questions are made from the schema itself ([`schema`]), so that a new
//! field is asked for before anyone thinks of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

mod answer;
mod cast;
mod condition;
mod coverage;
mod draft;
mod eyes;
mod facts;
mod filters;
mod lists;
mod oracle;
mod orders;
mod probes;
mod records;
mod sample;
mod schema;
mod seat;
mod sentences;
mod session;
mod statistics;
mod table;
mod trail;
mod world;
