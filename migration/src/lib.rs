//! The database's schema as migrations, one a change, each up and down on
//! SQLite and PostgreSQL.
//!
//! Tables are plain SQL, so that one can read what the database enforces:
//! composite foreign keys keep copied columns (a name, a division key) equal to
//! their origin, and triggers raise the epochs by which readers notice that
//! their access decision has gone stale. Where the databases differ, a word in
//! braces stands for the dialect's own; see [`dialect`].

mod dialect;
mod m0001_divisions;
mod m0002_facilities;
mod m0003_workforce;
mod m0004_programs;
mod m0005_partnerships;
mod m0006_access_control;
mod m0007_seeding;
mod m0008_tallies;
mod m0009_lists;
mod m0010_further_lists;
mod m0011_personal_data;
mod m0012_audit;
mod m0013_support;
mod m0014_releases;
mod m0015_changes;
mod m0016_audit_chain;
mod m0017_audit_reading;
mod m0018_transfers;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, SchemaManager};

/// Runs the migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_divisions::Migration),
            Box::new(m0002_facilities::Migration),
            Box::new(m0003_workforce::Migration),
            Box::new(m0004_programs::Migration),
            Box::new(m0005_partnerships::Migration),
            Box::new(m0006_access_control::Migration),
            Box::new(m0007_seeding::Migration),
            Box::new(m0008_tallies::Migration),
            Box::new(m0009_lists::Migration),
            Box::new(m0010_further_lists::Migration),
            Box::new(m0011_personal_data::Migration),
            Box::new(m0012_audit::Migration),
            Box::new(m0013_support::Migration),
            Box::new(m0014_releases::Migration),
            Box::new(m0015_changes::Migration),
            Box::new(m0016_audit_chain::Migration),
            Box::new(m0017_audit_reading::Migration),
            Box::new(m0018_transfers::Migration),
        ]
    }
}
