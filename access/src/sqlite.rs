//! Statements on SQLite, which runs within the server: it asks every so many steps
//! whether to go on.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    DbErr, QueryResult, Statement,
    sqlx::{self, Sqlite, SqlitePool},
};

use crate::{
    parking::{Parked, Parking},
    place::Places,
    statement::{Held, Watch, failed},
};

/// Connections, each with what it asks.
pub(crate) type Connections = Parking<Sqlite, Arc<Watch>>;

/// Steps of SQLite's machine between two looks.
const STEPS: i32 = 10_000;

pub(crate) async fn run(
    pool: &SqlitePool,
    connections: &Connections,
    places: &Places,
    statement: Statement,
    limit: Option<Duration>,
) -> Result<Vec<QueryResult>, DbErr> {
    // Free at once if nobody waits any more: an abandoned statement ends within some steps.
    let _place = places.take().await?;
    let parked = match connections.take(|_| true) {
        Some(parked) => parked,
        None => watched(pool).await.map_err(failed)?,
    };
    let watch = parked.known.clone();
    watch.begin(limit);
    let mut held = Held::of(parked, watch, None);
    let rows = held.run(statement).await;
    if let (Ok(_), Some((parked, _))) = (&rows, held.release()) {
        connections.park(parked);
    }
    rows
}

/// A connection that asks. To have it do so takes as long as a short statement.
async fn watched(pool: &SqlitePool) -> Result<Parked<Sqlite, Arc<Watch>>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let watch = Watch::new();
    let asked = watch.clone();
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS, move || asked.goes_on());
    drop(handle);
    Ok(Parked::new(connection, watch))
}
