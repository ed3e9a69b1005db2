//! The domain's vocabularies: one Rust enum a list, which is at once the value
//! stored in the database and the GraphQL enum that clients see, so that a term
//! and its description stand in one place.

mod place;
mod undertaking;
mod workforce;

pub use place::*;
pub use undertaking::*;
pub use workforce::*;
