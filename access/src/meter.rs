//! What the door does, counted. Counting takes a few atomic additions a
//! statement; whoever wants the numbers reads them as an [`Activity`].

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use sea_orm::{DbBackend, DbErr};
use tracing::{Instrument, Span, field::Empty};

use crate::{
    activity::{Activity, Pool},
    failure::Failure,
    histogram::Histogram,
};

/// Target of the spans that are for traces, and not for the log.
pub const SPANS: &str = "grassroots::spans";

#[derive(Default)]
pub(crate) struct Meter {
    begun: AtomicU64,
    ended: AtomicU64,
    times: Histogram,
    failures: [AtomicU64; Failure::ALL.len()],
    stale: AtomicU64,
    renewals: AtomicU64,
}

impl Meter {
    /// Runs a statement, times it, and has it in the trace if there is one.
    pub(crate) async fn watch<T>(
        &self,
        backend: DbBackend,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        let mut watch = Watch::begin(self, span(backend));
        let result = statement.instrument(watch.span.clone()).await;
        watch.outcome = result.as_ref().err().map(Failure::of);
        result
    }

    /// A statement found that its rights have changed.
    pub(crate) fn stale(&self) {
        self.stale.fetch_add(1, Ordering::Relaxed);
    }

    /// An operation begins anew.
    pub(crate) fn renewed(&self) {
        self.renewals.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn read(&self, pool: Pool) -> Activity {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        // In this order, so that no more have ended than have begun.
        let ended = count(&self.ended);
        let failures = Failure::ALL.iter().zip(&self.failures);
        Activity {
            statements: self.times.read(),
            under_way: count(&self.begun).saturating_sub(ended),
            failures: failures
                .map(|(failure, failed)| (failure.name(), count(failed)))
                .collect(),
            stale: count(&self.stale),
            renewals: count(&self.renewals),
            pool,
        }
    }
}

/// Costs nothing where there is no trace. Never holds the statement's text.
fn span(backend: DbBackend) -> Span {
    let system = match backend {
        DbBackend::Sqlite => "sqlite",
        _ => "postgresql",
    };
    tracing::info_span!(
        target: SPANS,
        "statement",
        otel.kind = "client",
        otel.status_code = Empty,
        db.system.name = system,
        error.r#type = Empty,
    )
}

/// A statement under way, which counts even where nobody waits for its end.
struct Watch<'a> {
    meter: &'a Meter,
    span: Span,
    began: Instant,
    outcome: Option<Failure>,
}

impl Watch<'_> {
    fn begin(meter: &Meter, span: Span) -> Watch<'_> {
        meter.begun.fetch_add(1, Ordering::Relaxed);
        Watch {
            meter,
            span,
            began: Instant::now(),
            outcome: Some(Failure::Abandoned),
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.meter.ended.fetch_add(1, Ordering::Relaxed);
        self.meter.times.add(self.began.elapsed());
        if let Some(failure) = self.outcome {
            self.meter.failures[failure as usize].fetch_add(1, Ordering::Relaxed);
            self.span.record("error.type", failure.name());
            self.span.record("otel.status_code", "ERROR");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use tokio::time::{Duration, timeout};

    use super::*;

    fn failed(activity: &Activity) -> Vec<(&'static str, u64)> {
        let failures = activity.failures.iter().copied();
        failures.filter(|(_, count)| *count > 0).collect()
    }

    #[tokio::test]
    async fn a_statement_counts_however_it_ends() {
        let meter = Meter::default();
        let read = || meter.read(Pool::default());
        let watch = |result| meter.watch(DbBackend::Sqlite, ready(result));
        assert!(watch(Ok(())).await.is_ok());
        assert!(failed(&read()).is_empty());
        assert!(watch(Err(DbErr::Custom(String::new()))).await.is_err());
        assert_eq!(failed(&read()), [("other", 1)]);

        let endless = meter.watch(DbBackend::Sqlite, pending::<Result<(), _>>());
        assert!(timeout(Duration::from_millis(1), endless).await.is_err());
        assert_eq!(failed(&read()), [("abandoned", 1), ("other", 1)]);
        let activity = read();
        let counts = activity.statements.counts.iter();
        assert_eq!(counts.map(|(_, count)| count).sum::<u64>(), 3);
        assert_eq!(activity.under_way, 0);
    }
}
