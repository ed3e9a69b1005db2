//! What the server does, in numbers for who watches it, as Prometheus reads them.
//! No label tells of a person, a tenant or a token.

mod database;
mod name;
mod process;

use std::{
    fmt,
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};

use access::Access;
use axum::http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

use crate::graph::{Limit, Outcome, TrustedDocuments};
use database::Database;
use name::Names;
use process::Process;

/// Counts what happens. Cheap to clone; clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counts>);

/// One label of a few fixed values.
type Labelled = Family<[(&'static str, &'static str); 1], Counter>;

/// Times by the name of the operation.
type Durations = Family<[(&'static str, String); 1], Histogram, fn() -> Histogram>;

struct Counts {
    registry: Registry,
    names: Names,
    operations: Family<Operation, Counter>,
    durations: Durations,
    limits: Labelled,
    unauthenticated: Labelled,
    requests: Labelled,
    connections: Connections,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    operation: String,
    result: String,
}

/// The connections of a listener.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    pub(crate) open: Gauge<i64, AtomicI64>,
    /// Times that no further one could be accepted.
    pub(crate) full: Counter,
}

/// The largest body, as a limit that is hit.
pub(crate) const BODY: &str = "body";
/// Connections at a time, as a limit that is hit.
const CONNECTIONS: &str = "connections";
/// Classes of statuses, and what has none since the client went away.
const CLASSES: [&str; 5] = ["2xx", "3xx", "4xx", "5xx", "none"];

impl Metrics {
    /// Counts from now on, the operations of trusted documents by their names, and
    /// reads what went through the door when asked.
    pub fn new(access: Access, trusted: &TrustedDocuments) -> Metrics {
        let mut counts = Counts {
            registry: Registry::default(),
            names: Names::with(trusted.names()),
            operations: Family::default(),
            durations: Family::new_with_constructor(durations),
            limits: Family::default(),
            unauthenticated: Family::default(),
            requests: Family::default(),
            connections: Connections::default(),
        };
        // What never happened is 0, and not missing.
        for limit in Limit::ALL {
            let _ = counts.limits.get_or_create(&[("limit", limit.name())]);
        }
        let _ = counts.limits.get_or_create(&[("limit", BODY)]);
        for class in CLASSES {
            let _ = counts.requests.get_or_create(&[("status", class)]);
        }
        counts.connections.full = counts
            .limits
            .get_or_create(&[("limit", CONNECTIONS)])
            .clone();
        counts.register(access);
        Metrics(Arc::new(counts))
    }

    /// An operation came to this, after so long.
    pub(crate) fn operation(&self, outcome: &Outcome, took: Duration) {
        let counts = &*self.0;
        let ran = outcome.refused.is_none();
        let operation = counts.names.label(outcome.operation.as_deref(), ran);
        let result = match (ran, outcome.response.errors.is_empty()) {
            (true, true) => "ok",
            (true, false) => "partial",
            (false, _) => outcome.code().unwrap_or("INTERNAL"),
        };
        counts
            .durations
            .get_or_create(&[("operation", operation.clone())])
            .observe(took.as_secs_f64());
        let result = result.to_owned();
        let labels = Operation { operation, result };
        counts.operations.get_or_create(&labels).inc();
        if let Some(limit) = outcome.limit {
            self.limit(limit.name());
        }
    }

    /// Something was above a limit.
    pub(crate) fn limit(&self, name: &'static str) {
        self.0.limits.get_or_create(&[("limit", name)]).inc();
    }

    /// Somebody was not let in, for a reason of the program's own words.
    pub(crate) fn unauthenticated(&self, reason: &'static str) {
        let reason = [("reason", reason)];
        self.0.unauthenticated.get_or_create(&reason).inc();
    }

    /// A request was answered, or with nothing ended before it was.
    pub(crate) fn request(&self, status: Option<StatusCode>) {
        let class = match status.map(|status| status.as_u16() / 100) {
            Some(..3) => "2xx",
            Some(3) => "3xx",
            Some(4) => "4xx",
            Some(_) => "5xx",
            None => "none",
        };
        self.0.requests.get_or_create(&[("status", class)]).inc();
    }

    /// For the listener that callers reach.
    pub fn connections(&self) -> Connections {
        self.0.connections.clone()
    }

    /// All of it, as OpenMetrics text.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.registry)?;
        Ok(text)
    }
}

impl Counts {
    fn register(&mut self, access: Access) {
        let registry = &mut self.registry;
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("grassroots_build", "The program", version);
        registry.register(
            "grassroots_operations",
            "Operations by what came of them: ok, partial where fields have errors, or the code of the refusal",
            self.operations.clone(),
        );
        registry.register_with_unit(
            "grassroots_operation_duration",
            "Time that operations took once they were read",
            Unit::Seconds,
            self.durations.clone(),
        );
        registry.register(
            "grassroots_limits_hit",
            "What was refused or cut off at a limit",
            self.limits.clone(),
        );
        registry.register(
            "grassroots_unauthenticated_requests",
            "Requests without a good token",
            self.unauthenticated.clone(),
        );
        registry.register(
            "grassroots_http_requests",
            "Requests by the class of their status; none where the client went away first",
            self.requests.clone(),
        );
        registry.register(
            "grassroots_http_connections",
            "Connections of callers that are open",
            self.connections.open.clone(),
        );
        registry.register_collector(Box::new(Database(access)));
        registry.register_collector(Box::new(Process::begin()));
    }
}

/// From an answer out of memory to the usual limit of time.
fn durations() -> Histogram {
    Histogram::new([
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
    ])
}
