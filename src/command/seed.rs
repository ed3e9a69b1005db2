//! `seed`: the demonstration data into a database that holds none.

use access::System;

use super::{migrate::bring_up_to_date, output::print, progress::Progress};
use crate::{config::DatabaseArguments, error::Error, seed};

#[derive(Debug, clap::Args)]
pub(super) struct Seed {
    #[command(flatten)]
    database: DatabaseArguments,
}

impl Seed {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = self.database.open(None).await?;
        bring_up_to_date(&system).await?;
        if is_seeded(&system).await? {
            return Err(Error::Seeded);
        }
        fill(&system).await?;
        print("the demonstration data is loaded\n")
    }
}

pub(super) async fn is_seeded(system: &System) -> Result<bool, Error> {
    let seeded = system.is_seeded().await;
    seeded.map_err(Error::access("reading the database"))
}

/// Makes and loads the demonstration data.
pub(super) async fn fill(system: &System) -> Result<(), Error> {
    let data = seed::demonstration()?;
    let progress = Progress::new();
    seed::load(system, data, &|done, all| progress.advance(done, all))
        .await
        .map_err(Error::access("loading the demonstration data"))
}
