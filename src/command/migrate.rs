//! `migrate`: the schema up to date.

use access::System;

use super::output::print;
use crate::{config::DatabaseArguments, error::Error};

#[derive(Debug, clap::Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    database: DatabaseArguments,
}

impl Migrate {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = self.database.open(None).await?;
        let applied = bring_up_to_date(&system).await?;
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
