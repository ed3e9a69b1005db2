//! `serve`: a database that is up to date, on any address.

use std::time::Duration;

use access::{AccessError, Folder, Sealer, Seeding, System};
use tokio::{
    net::TcpListener,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{seed::seeding, signal};
use crate::{
    config::{DatabaseArguments, DocumentArguments, ListenArguments, MetricsArguments},
    error::Error,
    graph::{Graph, Limits},
    http::{self, HttpSettings, Page, Readiness, Service},
    keys::KeyArguments,
    metrics::{Connections, Metrics},
    provider::ProviderArguments,
    telemetry::TraceArguments,
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
    keys: KeyArguments,
    #[command(flatten)]
    provider: ProviderArguments,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    metrics: MetricsArguments,
    #[command(flatten)]
    traces: TraceArguments,
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

    pub(super) fn traces(&self) -> &TraceArguments {
        &self.traces
    }

    /// Has the system work with the keys for personal data.
    pub(super) async fn unlock(
        &self,
        system: &System,
        database: &DatabaseArguments,
    ) -> Result<(), Error> {
        self.keys.unlock(system, database).await
    }
}

impl Serve {
    pub(super) fn traces(&self) -> &TraceArguments {
        self.service.traces()
    }

    pub(super) async fn run(self) -> Result<(), Error> {
        let listener = self.listen.bind().await?;
        let system = open_current(&self.database, self.service.statement_limit()).await?;
        self.service.unlock(&system, &self.database).await?;
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
        0 => {}
        pending => return Err(Error::Pending(pending)),
    }
    match seeding(&system).await? {
        Seeding::Unfinished(scale) => Err(Error::Unfinished { scale }),
        Seeding::None | Seeding::Finished => Ok(system),
    }
}

/// Serves on the listener, with the page if one is wanted, until SIGTERM or Ctrl-C.
pub(super) async fn serve(
    system: System,
    listener: TcpListener,
    service: ServiceArguments,
    page: Page,
) -> Result<(), Error> {
    // Ends with what is served.
    let mut watched = JoinSet::new();
    let metrics_listener = service.metrics.bind().await?;
    let access = service.provider.open(&system).await?;
    let page = service.has_page().then_some(page);
    let trusted = service.documents.read()?;
    let metrics = Metrics::new(access.clone(), &trusted);
    if let Some(listener) = metrics_listener {
        let address = listener.local_addr().map_err(Error::io("listening"))?;
        tracing::info!(%address, "listening for metrics");
        let router = http::scrape(metrics.clone());
        let (uncounted, forever) = (Connections::default(), std::future::pending());
        watched.spawn(http::serve(listener, router, uncounted, forever));
    }
    watched.spawn(fold(system.folder()));
    let sealer = system
        .sealer()
        .map_err(Error::access("opening the audit trail"))?;
    watched.spawn(seal(sealer));
    let connections = metrics.connections();
    let served = Service {
        graph: Graph::new(service.limits, trusted),
        access,
        readiness: Readiness::new(system),
        metrics,
        page,
    };
    let router = http::router(served, &service.http);
    let stop = signal::stop().map_err(Error::io("listening for signals"))?;
    let address = listener.local_addr().map_err(Error::io("listening"))?;
    tracing::info!(%address, "listening");
    http::serve(listener, router, connections, stop).await;
    Ok(())
}

/// How often appended counts are folded into the tallies, which then read the quicker.
const FOLDING: Duration = Duration::from_secs(1);

/// Goes on where the database fails, and tells of it once.
async fn fold(folder: Folder) {
    let mut times = interval(FOLDING);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failed = false;
    loop {
        times.tick().await;
        let folded = folder.fold().await;
        if let Err(AccessError::Internal(cause)) = &folded
            && !failed
        {
            tracing::warn!(%cause, "counts can't be folded into the tallies, and are read more slowly");
        }
        failed = folded.is_err();
    }
}

/// How often events of the audit trail are sealed.
const SEALING: Duration = Duration::from_millis(500);

/// Goes on where the database fails, and tells of it once.
async fn seal(sealer: Sealer) {
    let mut times = interval(SEALING);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failed = false;
    loop {
        times.tick().await;
        let sealed = sealer.seal().await;
        if let Err(problem) = &sealed
            && !failed
        {
            let cause: &dyn std::fmt::Display = match problem {
                AccessError::Internal(cause) => cause,
                problem => problem,
            };
            tracing::error!(%cause, "events of the audit trail can't be sealed");
        }
        failed = sealed.is_err();
    }
}
