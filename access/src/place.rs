//! Places for statements, which those that nobody waits for any more keep until they
//! have ended.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnAcquireErr, DbErr,
    sqlx::{self, Executor, PgConnection},
};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

/// How often PostgreSQL looks, while a statement runs, whether somebody still waits.
/// Versions before 14 do not know it; there, and for who pools connections in between,
/// the statement's own limit is what ends it.
const LOOK: &str = "SET client_connection_check_interval = '1s'";
/// A plan for any values may look so costly that PostgreSQL compiles it to machine code,
/// which takes a hundred times longer than to run it.
const NO_JIT: &str = "SET jit = off";
/// Within which it has looked, with some time to end the statement.
const LOOKED: Duration = Duration::from_millis(1_500);
/// How long to wait for a place.
const PATIENCE: Duration = Duration::from_secs(30);

/// Places for statements, about as many as the pool may have connections. The pool opens
/// another connection as soon as one is closed, while the database may still be at work
/// on what nobody waits for any more: that keeps its place meanwhile.
#[derive(Clone)]
pub(crate) struct Places(Arc<Ground>);

struct Ground {
    free: Arc<Semaphore>,
    limit: Option<Duration>,
    lookout: Lookout,
}

/// Has PostgreSQL look whether somebody still waits.
#[derive(Clone, Default)]
pub(crate) struct Lookout {
    /// Whether some connection does not look.
    blind: Arc<AtomicBool>,
}

impl Lookout {
    /// Prepares a new connection.
    pub(crate) async fn begin(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        connection.execute(NO_JIT).await?;
        if let Err(error) = connection.execute(LOOK).await {
            tracing::debug!(%error, "statements that nobody waits for end at their limit alone");
            self.blind.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl Places {
    pub(crate) fn new(connections: u32, limit: Option<Duration>, lookout: Lookout) -> Places {
        Places(Arc::new(Ground {
            // One connection is left for what goes past them.
            free: Arc::new(Semaphore::new(connections.saturating_sub(1).max(1) as usize)),
            limit,
            lookout,
        }))
    }

    pub(crate) async fn take(&self) -> Result<Place, DbErr> {
        let free = &self.0.free;
        let held = match free.clone().try_acquire_owned() {
            Ok(held) => held,
            Err(_) => match timeout(PATIENCE, free.clone().acquire_owned()).await {
                Ok(Ok(held)) => held,
                _ => return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
            },
        };
        Ok(Place {
            places: self.clone(),
            held,
        })
    }
}

/// A place for a statement.
pub(crate) struct Place {
    places: Places,
    held: OwnedSemaphorePermit,
}

impl Place {
    /// Is kept for as long as an abandoned statement may go on.
    pub(crate) fn linger(self) {
        let Ground { limit, lookout, .. } = &*self.places.0;
        let time = match limit {
            Some(limit) if lookout.blind.load(Ordering::Relaxed) => *limit,
            _ => LOOKED,
        };
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                sleep(time).await;
                drop(self.held);
            });
        }
    }
}
