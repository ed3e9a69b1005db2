//! Statements on PostgreSQL, which watches their limit itself.

use sea_orm::{
    DbErr, QueryResult, Statement,
    sqlx::{Executor, PgPool, Postgres},
};

use crate::{
    parking::{Parked, Parking},
    place::Places,
    statement::{Held, Plan, Watch, failed},
};

/// Connections, each with how it plans once that has been said.
pub(crate) type Connections = Parking<Postgres, Option<Plan>>;

pub(crate) async fn run(
    pool: &PgPool,
    connections: &Connections,
    places: &Places,
    statement: Statement,
    plan: Plan,
) -> Result<Vec<QueryResult>, DbErr> {
    let place = places.take().await?;
    let parked = match connections.take(|known| *known == Some(plan)) {
        Some(parked) => parked,
        None => Parked::new(pool.acquire().await.map_err(failed)?, None),
    };
    let planned = parked.known;
    let watch = Watch::new();
    watch.begin(None);
    let mut held = Held::of(parked, watch, Some(place));
    let rows = match planned == Some(plan) {
        true => held.run(statement).await,
        false => match held.set(plan).await {
            Ok(()) => held.run(statement).await,
            Err(error) => Err(error),
        },
    };
    match (&rows, held.release()) {
        (Ok(_), Some((parked, _place))) => connections.park(parked.with(Some(plan))),
        // Where the server is gone, the others are of no use either: the pool tests them.
        _ => connections.give_back(),
    }
    rows
}

impl Held<Postgres, Option<Plan>> {
    /// Says how the statements to come on this connection are planned. PostgreSQL left to
    /// itself plans each anew where it knows the values, which may take longer than to run it.
    async fn set(&mut self, plan: Plan) -> Result<(), DbErr> {
        let mode = match plan {
            Plan::Kept => "SET plan_cache_mode = force_generic_plan",
            Plan::Own => "SET plan_cache_mode = force_custom_plan",
        };
        let set = self.connection()?.execute(mode).await;
        set.map(drop).map_err(failed)
    }
}
