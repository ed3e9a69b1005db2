//! `seed`: data into a database that holds none.

use access::{Seeding, System};
use clap::ValueEnum;

use super::{
    migrate::bring_up_to_date,
    output::{print, tell},
    progress::Progress,
    publish::publish,
};
use crate::{
    config::DatabaseArguments,
    error::Error,
    keys::KeyArguments,
    seed::{self, Scale},
};

#[derive(Debug, clap::Args)]
pub(super) struct Seed {
    /// How much data. What is cut off is gone on with by the same command.
    #[arg(long, value_enum, default_value_t)]
    scale: Scale,

    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    keys: KeyArguments,
}

impl Seed {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = self.database.open(None).await?;
        bring_up_to_date(&system).await?;
        self.keys.unlock(&system, &self.database).await?;
        match (seeding(&system).await?, self.scale) {
            (Seeding::None, Scale::Demonstration) => fill(&system).await?,
            (Seeding::None, scale) => {
                let begun = system.begin_seeding(&name(scale)).await;
                begun.map_err(Error::access("loading the data"))?;
                fill_by_parts(&system, scale).await?;
            }
            (Seeding::Unfinished(begun), scale) if begun == name(scale) => {
                fill_by_parts(&system, scale).await?;
            }
            (Seeding::Unfinished(scale), _) => return Err(Error::Unfinished { scale }),
            (Seeding::Finished, _) => return Err(Error::Seeded),
        }
        print("the data is loaded\n")
    }
}

pub(super) async fn seeding(system: &System) -> Result<Seeding, Error> {
    let seeding = system.seeding().await;
    seeding.map_err(Error::access("reading the database"))
}

/// Makes and loads the demonstration data, and publishes what there is to publish of it.
pub(super) async fn fill(system: &System) -> Result<(), Error> {
    let data = seed::demonstration()?;
    let progress = Progress::of("loading", "rows");
    seed::load(system, data, &|done, all| progress.advance(done, all))
        .await
        .map_err(Error::access("loading the demonstration data"))?;
    drop(progress);
    for year in seed::PUBLISHED {
        tell(publish(system, year).await?.trim_end());
    }
    Ok(())
}

async fn fill_by_parts(system: &System, scale: Scale) -> Result<(), Error> {
    let progress = Progress::of("loading", "parts");
    seed::load_parts(system, scale, &|done, all| progress.advance(done, all)).await?;
    let finished = system.finish_seeding().await;
    finished.map_err(Error::access("loading the data"))
}

/// The scale by the name that the command has for it.
fn name(scale: Scale) -> String {
    let named = scale.to_possible_value();
    named.map_or_else(String::new, |named| named.get_name().to_owned())
}
