//! `rotate-keys`: all personal data under the first of the keys.

use super::{output::print, progress::Progress, serve::open_current};
use crate::{config::DatabaseArguments, error::Error, keys::KeyArguments};

#[derive(Debug, clap::Args)]
pub(super) struct RotateKeys {
    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    keys: KeyArguments,
}

impl RotateKeys {
    pub(super) async fn run(self) -> Result<(), Error> {
        let system = open_current(&self.database, None).await?;
        self.keys.unlock(&system, &self.database).await?;
        let progress = Progress::of("sealing", "records");
        let rotated = system
            .rotate(&|done, all| progress.advance(done, all))
            .await
            .map_err(Error::access("sealing personal data"))?;
        drop(progress);
        print(&format!(
            "all personal data is sealed under the first key, {rotated} records of it anew: the other keys are needed for nothing but to verify what of the audit trail was sealed under them\n"
        ))
    }
}
