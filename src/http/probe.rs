//! Probes: whether the process lives, and whether it can serve.

use std::{sync::Arc, time::Duration};

use access::{AccessError, System};
use axum::{extract::State, http::StatusCode};
use tokio::time::timeout;

/// A probe's answer that takes longer is of no use to who asks.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tells whether the server can serve. It asks the database each time.
#[derive(Clone)]
pub struct Readiness(Arc<System>);

impl Readiness {
    /// Asks through this handle, and does nothing else with it.
    pub fn new(system: Arc<System>) -> Readiness {
        Readiness(system)
    }
}

pub(super) async fn alive() -> &'static str {
    "ok"
}

pub(super) async fn ready(State(Readiness(system)): State<Readiness>) -> (StatusCode, String) {
    let reason = match timeout(PATIENCE, system.pending()).await {
        Ok(Ok(0)) => return (StatusCode::OK, "ready".to_owned()),
        Ok(Ok(pending)) => format!("the schema lacks {pending} of the program's migrations"),
        Ok(Err(error)) => {
            if let AccessError::Internal(cause) = error {
                tracing::warn!(%cause, "the database fails");
            }
            "the database fails".to_owned()
        }
        Err(_) => "the database does not answer".to_owned(),
    };
    (StatusCode::SERVICE_UNAVAILABLE, reason)
}
