//! `serve`: a database that is up to date, on any address.

use std::time::Duration;

use access::System;
use tokio::net::TcpListener;

use super::signal;
use crate::{
    config::{DatabaseArguments, DocumentArguments, ListenArguments},
    error::Error,
    graph::{Graph, Limits},
    http::{self, HttpSettings, Page, Readiness, Service},
    provider::ProviderArguments,
};

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    listen: ListenArguments,
    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    service: ServiceArguments,
}

/// What is served, and within which limits.
#[derive(Debug, clap::Args)]
pub(super) struct ServiceArguments {
    #[command(flatten)]
    http: HttpSettings,
    #[command(flatten)]
    documents: DocumentArguments,
    #[command(flatten)]
    provider: ProviderArguments,
    #[command(flatten)]
    limits: Limits,
}

impl ServiceArguments {
    /// A little longer than an operation, whose caller is told first.
    pub(super) fn statement_limit(&self) -> Option<Duration> {
        Some(self.limits.time() + Duration::from_secs(1))
    }

    /// Whether the page is served.
    pub(super) fn has_page(&self) -> bool {
        self.http.graphiql
    }
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), Error> {
        let listener = self.listen.bind().await?;
        let system = open_current(&self.database, self.service.statement_limit()).await?;
        serve(system, listener, self.service, Page::default()).await
    }
}

/// Opens a database that is there already, with its schema up to date.
pub(super) async fn open_current(
    database: &DatabaseArguments,
    statement_limit: Option<Duration>,
) -> Result<System, Error> {
    let system = database.open_existing(statement_limit).await?;
    let pending = system.pending().await;
    match pending.map_err(Error::access("reading the database"))? {
        0 => Ok(system),
        pending => Err(Error::Pending(pending)),
    }
}

/// Serves on the listener, with the page if one is wanted, until SIGTERM or Ctrl-C.
pub(super) async fn serve(
    system: System,
    listener: TcpListener,
    service: ServiceArguments,
    page: Page,
) -> Result<(), Error> {
    let access = service.provider.open(&system).await?;
    let page = service.has_page().then_some(page);
    let served = Service {
        graph: Graph::new(service.limits, service.documents.read()?),
        access,
        readiness: Readiness::new(system),
        page,
    };
    let router = http::router(served, &service.http);
    let stop = signal::stop().map_err(Error::io("listening for signals"))?;
    let address = listener.local_addr().map_err(Error::io("listening"))?;
    tracing::info!(%address, "listening");
    http::serve(listener, router, stop).await;
    Ok(())
}
