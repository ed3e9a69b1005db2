//! `migrate`: the schema up to date.

use access::System;

use super::output::print;
use crate::{config::DatabaseArguments, error::Error};

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    database: DatabaseArguments,

    /// A role of PostgreSQL that is to serve the database: it may do everything but change
    /// the schema and what is written in the audit trail.
    #[arg(long, value_name = "ROLE")]
    grant_to: Option<String>,
}

impl Migrate {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = self.database.open(None).await?;
        let applied = bring_up_to_date(&system).await?;
        if let Some(role) = &self.grant_to {
            let granted = system.grant_to(role).await;
            granted.map_err(Error::access("granting privileges"))?;
        }
        print(&match applied {
            0 => "the schema was up to date\n".to_owned(),
            1 => "the schema is up to date after 1 migration\n".to_owned(),
            more => format!("the schema is up to date after {more} migrations\n"),
        })
    }
}

/// Brings the schema up to date, and tells how many migrations that took.
pub(super) async fn bring_up_to_date(system: &System) -> Result<usize, Error> {
    let failed = "migrating the database";
    let pending = system.pending().await.map_err(Error::access(failed))?;
    // Even with none pending: policy and keys may be lacking.
    system.migrate().await.map_err(Error::access(failed))?;
    Ok(pending)
}
