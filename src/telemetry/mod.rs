//! What the program tells about its work: the log, and traces where they are
//! wanted. [`crate::metrics`] are asked for, and not told.

mod log;
mod trace;

use std::io;

use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Dispatch;
use tracing_subscriber::{layer::SubscriberExt, registry, util::SubscriberInitExt};

use crate::error::Error;

pub use log::LogArguments;
pub use trace::TraceArguments;

/// The log and the traces of a process.
pub struct Telemetry {
    dispatch: Dispatch,
    traces: Option<SdkTracerProvider>,
}

impl Telemetry {
    /// Makes both ready. Not for use within an asynchronous task: a client of the
    /// collector is made that has threads of its own.
    ///
    /// # Errors
    /// If a setting has a value that it can't have.
    pub fn new(log: &LogArguments, traces: Option<&TraceArguments>) -> Result<Telemetry, Error> {
        let traces = match traces {
            Some(traces) => traces.provider()?,
            None => None,
        };
        // Each layer has a filter of its own, so that a span that no layer wants
        // costs no more than asking for it.
        let layers = [Some(log.layer()?), traces.as_ref().map(trace::layer)];
        let layers: Vec<_> = layers.into_iter().flatten().collect();
        let dispatch = registry().with(layers).into();
        Ok(Telemetry { dispatch, traces })
    }

    /// Where events and spans go.
    pub fn dispatch(&self) -> Dispatch {
        self.dispatch.clone()
    }

    /// Begins to tell, for the rest of the process.
    ///
    /// # Errors
    /// If something logs already.
    pub fn start(&self) -> Result<(), Error> {
        self.dispatch().try_init().map_err(|cause| Error::Io {
            doing: "starting the log",
            cause: io::Error::other(cause),
        })
    }

    /// Sends what is left of the traces, if the collector takes it within some
    /// seconds. Not for use within an asynchronous task, since it waits.
    pub fn stop(self) {
        if let Some(Err(error)) = self.traces.map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "the last spans did not reach the collector");
        }
    }
}
