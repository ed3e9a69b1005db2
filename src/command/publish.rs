//! `publish`: the counts of a year's end, for those who may see no records.

use access::System;

use super::{output::print, progress::Progress, serve::open_current};
use crate::{config::DatabaseArguments, error::Error};

#[derive(Debug, clap::Args)]
pub(super) struct Publish {
    /// The year, which must be over. What is published of it stays as it is.
    #[arg(long)]
    year: i32,

    #[command(flatten)]
    database: DatabaseArguments,
}

impl Publish {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = open_current(&self.database, None).await?;
        print(&publish(&system, self.year).await?)
    }
}

/// Publishes the counts of a year's end and says so.
pub(super) async fn publish(system: &System, year: i32) -> Result<String, Error> {
    let progress = Progress::of("proving", "withheld counts");
    let publication = system
        .publish(year, &|done, all| progress.advance(done, all))
        .await
        .map_err(Error::access("publishing counts"))?;
    drop(progress);
    Ok(format!(
        "published for {year}: {} counts, {} of them withheld\n",
        publication.counts, publication.withheld
    ))
}
