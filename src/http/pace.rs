//! Connections on which nothing moves. Each takes one of the places that the server
//! has for connections, and what is not taken waits in memory, so that they are
//! closed.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{body::Body, http::Response};
use tokio::time::{Instant, sleep_until};

use super::held::Held;

/// How long the first request may take to begin.
pub(super) const BEGIN: Duration = Duration::from_secs(30);
/// How long a response may take to be taken, and a connection to be idle.
pub(super) const LONGEST: Duration = Duration::from_secs(300);

/// What goes on on one connection.
#[derive(Clone)]
pub(super) struct Pace(Arc<Mutex<State>>);

struct State {
    /// When it was opened, or the last request or response ended.
    since: Instant,
    /// Requests so far.
    requests: u64,
    /// Requests that wait for their answers.
    running: u64,
    /// Responses that are not taken yet: since when, and of which request.
    untaken: BTreeSet<(Instant, u64)>,
}

impl Pace {
    pub(super) fn begin() -> Pace {
        Pace(Arc::new(Mutex::new(State {
            since: Instant::now(),
            requests: 0,
            running: 0,
            untaken: BTreeSet::new(),
        })))
    }

    /// Sees a request through until its response has been taken.
    pub(super) async fn watch<E>(
        &self,
        answer: impl Future<Output = Result<Response<Body>, E>>,
    ) -> Result<Response<Body>, E> {
        let running = Running::begin(self);
        let response = answer.await?;
        let untaken = Untaken::begin(self, running.number);
        Ok(response.map(|body| Body::new(Held::new(body, untaken))))
    }

    /// Returns when the connection has stood still for too long.
    pub(super) async fn stalled(&self) {
        loop {
            let now = Instant::now();
            let end = self.state().end();
            match end {
                Some(end) if end <= now => return,
                // What begins meanwhile ends later than this.
                end => sleep_until(end.unwrap_or(now + BEGIN)).await,
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// When it will have stood still for too long, as it stands.
    fn end(&self) -> Option<Instant> {
        if let Some((since, _)) = self.untaken.first() {
            return Some(*since + LONGEST);
        }
        let idle = match self.requests {
            0 => BEGIN,
            _ => LONGEST,
        };
        // Requests that run have limits of their own.
        (self.running == 0).then(|| self.since + idle)
    }
}

/// A request that waits for its answer.
struct Running {
    pace: Pace,
    number: u64,
}

impl Running {
    fn begin(pace: &Pace) -> Running {
        let mut state = pace.state();
        state.requests += 1;
        state.running += 1;
        Running {
            pace: pace.clone(),
            number: state.requests,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.running -= 1;
        state.since = Instant::now();
    }
}

/// A response that is not taken yet.
struct Untaken {
    pace: Pace,
    of: (Instant, u64),
}

impl Untaken {
    fn begin(pace: &Pace, request: u64) -> Untaken {
        let of = (Instant::now(), request);
        pace.state().untaken.insert(of);
        Untaken {
            pace: pace.clone(),
            of,
        }
    }
}

impl Drop for Untaken {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.untaken.remove(&self.of);
        state.since = Instant::now();
    }
}
