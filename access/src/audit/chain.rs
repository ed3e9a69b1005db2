//! The chain: what a seal says of an event and of the seal before it.

use entity::audit_event;
use sea_orm::{
    DbBackend, FromQueryResult, QueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};

use crate::{error::AccessError, personal::PersonalKeys, transaction::Transaction};

pub(super) const SEALS: &str = "audit_seal";
pub(super) const ANCHORS: &str = "audit_anchor";
pub(super) const PENDING: &str = "audit_pending";
pub(super) const HEAD: &str = "audit_head";

/// Where the chain goes on: the number of the last seal, and the seal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) number: i64,
    pub(super) hash: Vec<u8>,
}

impl Link {
    /// What the seal of the next event is made of.
    pub(super) fn next(&self, event: &audit_event::Model) -> Result<Vec<u8>, AccessError> {
        let audit_event::Model {
            id,
            at,
            user_id,
            action,
            kind,
            record_id,
            records,
            columns,
            division_id,
            bindings,
            purpose,
            request_id,
            address,
        } = event;
        let what = (action, kind, record_id, records, columns, division_id);
        let whence = (bindings, purpose, request_id, address);
        let message = (
            "event",
            self.number + 1,
            &self.hash,
            id,
            at,
            user_id,
            what,
            whence,
        );
        serde_json::to_vec(&message).map_err(AccessError::internal)
    }

    /// What proves that the chain was this long, or begins only here.
    pub(super) fn proved(&self, what: &str) -> Result<Vec<u8>, AccessError> {
        serde_json::to_vec(&(what, self.number, &self.hash)).map_err(AccessError::internal)
    }

    fn read(row: &QueryResult) -> Result<Link, AccessError> {
        Ok(Link {
            number: row.try_get_by_index(0)?,
            hash: row.try_get_by_index(1)?,
        })
    }
}

/// Key of the advisory lock of those who seal.
const LOCK: i64 = 0x5EA1_0000;

/// Waits until nobody seals, nor will before the end. On SQLite nobody else writes anyway.
pub(super) async fn alone(
    transaction: &mut Transaction<'_>,
    backend: DbBackend,
) -> Result<(), AccessError> {
    if backend == DbBackend::Postgres {
        let lock = Expr::cust(format!("pg_advisory_xact_lock({LOCK})"));
        transaction.run(&Query::select().expr(lock).take()).await?;
    }
    Ok(())
}

/// The last of the seals or, where there is none, of the anchors.
pub(super) async fn end(transaction: &mut Transaction<'_>) -> Result<Link, AccessError> {
    for table in [SEALS, ANCHORS] {
        let mut last = Query::select();
        last.columns(["number", "hash"])
            .from(table)
            .order_by("number", Order::Desc)
            .limit(1);
        if let Some(row) = transaction.run(&last).await?.first() {
            return Link::read(row);
        }
    }
    Ok(Link::default())
}

/// Where what is kept of the chain begins, if not at its beginning, and whether that is
/// proved.
pub(super) async fn start(
    transaction: &mut Transaction<'_>,
    keys: &PersonalKeys,
) -> Result<Option<(Link, bool)>, AccessError> {
    let mut last = Query::select();
    last.columns(["number", "hash", "proof"])
        .from(ANCHORS)
        .order_by("number", Order::Desc)
        .limit(1);
    let rows = transaction.run(&last).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let link = Link::read(row)?;
    let proof: Vec<u8> = row.try_get_by_index(2)?;
    let is_proved = keys.is_authentic(&link.proved(ANCHORS)?, &proof) == Some(true);
    Ok(Some((link, is_proved)))
}

/// Events with these conditions, in their order.
pub(super) fn events() -> SelectStatement {
    use audit_event::Column;

    let mut events = Query::select();
    for column in <Column as sea_orm::Iterable>::iter() {
        events.column((audit_event::Entity, column));
    }
    events
        .from(audit_event::Entity)
        .order_by((audit_event::Entity, Column::Id), Order::Asc)
        .take()
}

pub(super) fn event(row: &QueryResult) -> Result<audit_event::Model, AccessError> {
    Ok(audit_event::Model::from_query_result(row, "")?)
}

/// The proof of how long the chain is.
pub(super) async fn head(
    transaction: &mut Transaction<'_>,
) -> Result<Option<(i64, Vec<u8>)>, AccessError> {
    let mut head = Query::select();
    head.columns(["number", "proof"])
        .from(HEAD)
        .and_where(Expr::col("id").eq(1));
    let rows = transaction.run(&head).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}
