//! Connections at hand for the next statements.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sea_orm::sqlx::{self, pool::PoolConnection};

/// Connections that are not given back to the pool between two statements: it tests each
/// that it gets back, which takes another round trip. The last used stands last.
pub(crate) struct Parking<D: sqlx::Database, S>(Arc<Spots<D, S>>);

struct Spots<D: sqlx::Database, S> {
    parked: Mutex<Vec<Parked<D, S>>>,
    most: usize,
}

/// A connection, and what is known of it.
pub(crate) struct Parked<D: sqlx::Database, S> {
    pub(crate) connection: PoolConnection<D>,
    pub(crate) known: S,
    /// When the pool gave it out.
    since: Instant,
}

/// After which the pool gets it back after all, to test it and to replace an old one.
const PARKED: Duration = Duration::from_secs(10);

impl<D: sqlx::Database, S> Parked<D, S> {
    /// A connection that the pool has just given out.
    pub(crate) fn new(connection: PoolConnection<D>, known: S) -> Parked<D, S> {
        let since = Instant::now();
        Parked {
            connection,
            known,
            since,
        }
    }

    /// The same connection, of which this is known now.
    pub(crate) fn with(self, known: S) -> Parked<D, S> {
        Parked { known, ..self }
    }
}

impl<D: sqlx::Database, S> Parking<D, S> {
    /// Of a pool that has so many connections at most.
    pub(crate) fn new(connections: u32) -> Parking<D, S> {
        // One is left for what goes past it.
        let most = (connections as usize).saturating_sub(1);
        let parked = Mutex::default();
        Parking(Arc::new(Spots { parked, most }))
    }

    /// A connection, best one of this sort.
    pub(crate) fn take(&self, sort: impl Fn(&S) -> bool) -> Option<Parked<D, S>> {
        let mut parked = self.parked();
        loop {
            let last = parked.iter().rposition(|parked| sort(&parked.known));
            let found = match last {
                Some(place) => parked.remove(place),
                None => parked.pop()?,
            };
            if found.since.elapsed() < PARKED {
                return Some(found);
            }
        }
    }

    /// Keeps a connection whose statement has ended well.
    pub(crate) fn park(&self, connection: Parked<D, S>) {
        let mut parked = self.parked();
        if parked.len() < self.0.most {
            parked.push(connection);
        }
    }

    /// Keeps none.
    pub(crate) fn give_back(&self) {
        let parked = std::mem::take(&mut *self.parked());
        drop(parked);
    }

    /// How many connections are at hand.
    pub(crate) fn count(&self) -> usize {
        self.parked().len()
    }

    fn parked(&self) -> MutexGuard<'_, Vec<Parked<D, S>>> {
        self.0.parked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: sqlx::Database, S> Clone for Parking<D, S> {
    fn clone(&self) -> Parking<D, S> {
        Parking(self.0.clone())
    }
}
