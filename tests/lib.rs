//! What the tests share: the demonstration data on both databases, a country small
//! enough to know by heart, and the schema to make questions from.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "only tests use this crate: a failure here is a failed test"
)]

mod answer;
pub mod catalogue;
pub mod country;
mod demonstration;
pub mod drawn;
mod id;
mod policy;
pub mod record;
mod schema;
mod trail;

pub use answer::{REFUSED, answer};
pub use demonstration::{Demonstration, KEYS, keys, open, settings};
pub use id::global_id;
pub use policy::policy_rule;
pub use schema::{Field, Schema};
pub use trail::forget_what_is_done;
