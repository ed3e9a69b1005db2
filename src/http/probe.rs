//! Probes: whether the process lives, and whether it can serve.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use access::{AccessError, System};
use axum::{extract::State, http::StatusCode};
use tokio::{sync::Mutex, time::timeout};

/// A probe's answer that takes longer is of no use to who asks.
const PATIENCE: Duration = Duration::from_secs(2);

/// Nobody needs a token for a probe, so that they must not load the database:
/// an answer is good for this long.
const FRESH: Duration = Duration::from_millis(500);

/// Tells whether the server can serve.
#[derive(Clone)]
pub struct Readiness(Arc<Probe>);

struct Probe {
    system: System,
    last: Mutex<Option<(Instant, Answer)>>,
}

type Answer = (StatusCode, String);

impl Readiness {
    /// Asks the database through this handle, and does nothing else with it.
    pub fn new(system: System) -> Readiness {
        let last = Mutex::new(None);
        Readiness(Arc::new(Probe { system, last }))
    }
}

pub(super) async fn alive() -> &'static str {
    "ok"
}

pub(super) async fn ready(State(Readiness(probe)): State<Readiness>) -> Answer {
    // In a task of its own, so that who goes away cuts nothing off: a statement that
    // nobody waits for any more costs a connection.
    let asked = tokio::spawn(async move { probe.answer().await });
    asked.await.unwrap_or_else(|_| {
        let reason = "the probe was cut off".to_owned();
        (StatusCode::SERVICE_UNAVAILABLE, reason)
    })
}

impl Probe {
    async fn answer(&self) -> Answer {
        // Whoever asks meanwhile waits for the same answer.
        let mut last = self.last.lock().await;
        match &*last {
            Some((asked, answer)) if asked.elapsed() < FRESH => answer.clone(),
            _ => {
                let answer = ask(&self.system).await;
                *last = Some((Instant::now(), answer.clone()));
                answer
            }
        }
    }
}

async fn ask(system: &System) -> Answer {
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
