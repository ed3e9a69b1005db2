//! The database's schema as migrations, one a change, each up and down on
//! SQLite and PostgreSQL.
//!
//! Tables are plain SQL, so that one can read what the database enforces:
//! composite foreign keys keep copied columns (a name, a division key) equal to
//! their origin, and triggers raise the epochs by which readers notice that
//! their access decision has gone stale. Where the databases differ, a word in
//! braces stands for the dialect's own; see [`dialect`]. What is SQL alone is a file of the
//! folder `sql`; what needs more is a module here.

mod dialect;
mod m0006_access_control;
mod m0008_tallies;
mod m0016_audit_chain;
mod plain;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, SchemaManager};

/// Runs the migrations in the order of their names.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut migrations: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0006_access_control::Migration),
            Box::new(m0008_tallies::Migration),
            Box::new(m0016_audit_chain::Migration),
        ];
        migrations.extend(plain::migrations());
        migrations.sort_by(|one, other| one.name().cmp(other.name()));
        migrations
    }
}
