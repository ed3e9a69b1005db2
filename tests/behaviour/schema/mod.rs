//! What the schema says of itself, and how it answers what it can't run.

mod by_role;
mod description;
mod error;
mod limit;
mod printed;
mod readable;
mod told;

use crate::world::{World, give};

/// Gives a user the roles that have a use for every part of the schema.
async fn give_everything(world: &World, subject: &str) {
    for role in ["administrator", "steward", "statistician"] {
        give(world, subject, role, "0").await;
    }
}
