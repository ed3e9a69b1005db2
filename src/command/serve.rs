//! `serve`: a database that is up to date, on any address.

use std::sync::Arc;

use access::System;
use tokio::net::TcpListener;

use super::signal;
use crate::{
    config::{DatabaseArguments, ListenArguments},
    error::Error,
    graph::Graph,
    http::{self, Readiness},
};

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    listen: ListenArguments,
    #[command(flatten)]
    database: DatabaseArguments,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), Error> {
        let listener = self.listen.bind().await?;
        let system = open_current(&self.database).await?;
        serve(system, listener).await
    }
}

/// Opens a database that is there already, with its schema up to date.
pub(super) async fn open_current(database: &DatabaseArguments) -> Result<System, Error> {
    let system = database.open_existing().await?;
    let pending = system.pending().await;
    match pending.map_err(Error::access("reading the database"))? {
        0 => Ok(system),
        pending => Err(Error::Pending(pending)),
    }
}

/// Serves on the listener until SIGTERM or Ctrl-C.
pub(super) async fn serve(system: System, listener: TcpListener) -> Result<(), Error> {
    let access = system.access().await;
    let access = access.map_err(Error::access("reading the database's keys"))?;
    let readiness = Readiness::new(Arc::new(system));
    let router = http::router(Graph::new(), access, readiness);
    let stop = signal::stop().map_err(Error::io("listening for signals"))?;
    let address = listener.local_addr().map_err(Error::io("listening"))?;
    tracing::info!(%address, "listening");
    http::serve(listener, router, stop)
        .await
        .map_err(Error::io("serving"))
}
