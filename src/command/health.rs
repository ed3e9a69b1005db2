//! `health`: whether a server can serve, for what watches over it where there is no curl.

use super::output::print;
use crate::{config::ListenArguments, error::Error, http::ask_readiness};

#[derive(Debug, clap::Args)]
pub(super) struct Health {
    #[command(flatten)]
    listen: ListenArguments,
}

impl Health {
    pub(super) async fn run(self) -> Result<(), Error> {
        let address = self.listen.reachable()?;
        match ask_readiness(address).await {
            Ok(()) => print(&format!("the server at {address} is ready\n")),
            Err(reason) => Err(Error::Unready { address, reason }),
        }
    }
}
