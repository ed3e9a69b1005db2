//! What the schema says of itself, and how it answers what it can't run.

mod description;
mod error;
mod limit;
mod printed;
mod readable;
