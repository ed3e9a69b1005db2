//! How long events are kept: the oldest that are sealed are deleted, and an anchor tells
//! where the chain goes on.

use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use entity::audit_event;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query};

use super::{
    chain::{ANCHORS, Link, SEALS, alone},
    verification::examine,
};
use crate::{
    error::AccessError, personal::PersonalKeys, sealing::no_keys, system::System,
    transaction::Transaction,
};

impl System {
    /// Deletes the events at the trail's beginning that lie before an instant and are as
    /// they were sealed. Tells how many.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the personal data is not [unlocked](System::unlock)
    /// or something is wrong with the trail: then nothing is deleted;
    /// [`AccessError::Internal`] if the database fails.
    pub async fn prune_audit(
        &self,
        before: DateTime<Utc>,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<u64, AccessError> {
        let keys = self.keys().ok_or_else(no_keys)?;
        let statements = AtomicU64::new(0);
        let mut transaction = self.database().begin(&statements).await?;
        let pruned = async {
            alone(&mut transaction, self.database().backend).await?;
            prune(&mut transaction, keys, before, progress).await
        };
        let pruned = pruned.await;
        match &pruned {
            Ok(_) => transaction.commit().await?,
            Err(_) => transaction.undo().await,
        }
        pruned
    }
}

/// What is deleted was verified in the same transaction.
async fn prune(
    transaction: &mut Transaction<'_>,
    keys: &PersonalKeys,
    before: DateTime<Utc>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<u64, AccessError> {
    let verdict = examine(transaction, keys, None, progress).await?;
    if let Some(fault) = verdict.faults.first() {
        return Err(AccessError::InvalidInput(format!(
            "nothing is deleted from a trail with a fault: {fault}"
        )));
    }
    let mut kept = Query::select();
    kept.expr(Expr::col((SEALS, "number")))
        .from(SEALS)
        .join(
            JoinType::InnerJoin,
            audit_event::Entity,
            Expr::col((audit_event::Entity, audit_event::Column::Id)).equals((SEALS, "event_id")),
        )
        .and_where(Expr::col((audit_event::Entity, audit_event::Column::At)).gte(before))
        .order_by((SEALS, "number"), Order::Asc)
        .limit(1);
    let kept = transaction.run(&kept).await?;
    let kept: Option<i64> = kept
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()?;
    let mut last = Query::select();
    last.columns(["number", "hash"])
        .from(SEALS)
        .order_by("number", Order::Desc)
        .limit(1);
    if let Some(kept) = kept {
        last.and_where(Expr::col("number").lt(kept));
    }
    let last = transaction.run(&last).await?;
    let Some(last) = last.first() else {
        return Ok(0);
    };
    let anchor = Link {
        number: last.try_get_by_index(0)?,
        hash: last.try_get_by_index(1)?,
    };
    let proof = keys.authenticate(&anchor.proved(ANCHORS)?)?;
    let insert = Query::insert()
        .into_table(ANCHORS)
        .columns(["number", "hash", "proof"])
        .values([anchor.number.into(), anchor.hash.into(), proof.into()])
        .map_err(AccessError::internal)?
        .to_owned();
    transaction.run(&insert).await?;
    let sealed = Query::select()
        .column("event_id")
        .from(SEALS)
        .and_where(Expr::col("number").lte(anchor.number))
        .take();
    let events = Query::delete()
        .from_table(audit_event::Entity)
        .and_where(Expr::col(audit_event::Column::Id).in_subquery(sealed))
        .returning_col(audit_event::Column::Id)
        .to_owned();
    let deleted = transaction.run(&events).await?.len() as u64;
    let seals = Query::delete()
        .from_table(SEALS)
        .and_where(Expr::col("number").lte(anchor.number))
        .to_owned();
    transaction.run(&seals).await?;
    Ok(deleted)
}
