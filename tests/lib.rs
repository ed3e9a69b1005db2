//! What the tests share: the demonstration data on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "only tests use this crate: a failure here is a failed test"
)]

mod demonstration;

pub use demonstration::{Demonstration, keys, open, settings};
