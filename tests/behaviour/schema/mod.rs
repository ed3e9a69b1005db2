//! What the schema says of itself, and how it answers what it can't run.

mod by_role;
mod description;
mod error;
mod limit;
mod printed;
mod readable;
mod told;

use serde_json::Value;

use crate::world::{World, give};

/// What two callers are told who together have a use for every part of the schema: who
/// has all records is told no published counts of them.
async fn tell_everything(world: &World, question: &str) -> [Value; 2] {
    give(world, "administrator", "steward", "0").await;
    give(world, "administrator", "auditor", "0").await;
    give(world, "sponsor", "statistician", "0").await;
    let of_records = world.instance.ask("administrator", question).await;
    let of_counts = world.instance.ask("sponsor", question).await;
    [of_records, of_counts].map(|answer| answer.good().clone())
}
