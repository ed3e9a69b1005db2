//! Sealing events soon after they were written.

use std::sync::atomic::AtomicU64;

use entity::audit_event;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, Query, SelectStatement};

use super::chain::{HEAD, Link, PENDING, SEALS, alone, end, event, events};
use crate::{
    database::Database,
    datum::{Datum, one_of},
    error::AccessError,
    personal::PersonalKeys,
    sealing::no_keys,
    system::System,
    transaction::Transaction,
};

/// Seals the events of the audit trail.
pub struct Sealer {
    database: Database,
    keys: PersonalKeys,
}

/// Events that are sealed in one transaction.
const AT_A_TIME: u64 = 1_000;

impl System {
    /// What seals the events of the audit trail.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the personal data is not [unlocked](System::unlock):
    /// seals are made under the same keys.
    pub fn sealer(&self) -> Result<Sealer, AccessError> {
        Ok(Sealer {
            database: self.database().clone(),
            keys: self.keys().ok_or_else(no_keys)?.clone(),
        })
    }
}

impl Sealer {
    /// Seals the events that wait, in the order in which they became visible.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn seal(&self) -> Result<(), AccessError> {
        while self.seal_some().await? {}
        Ok(())
    }

    /// Tells whether there may be more.
    async fn seal_some(&self) -> Result<bool, AccessError> {
        if self.database.select(&waiting()).await?.is_empty() {
            return Ok(false);
        }
        let statements = AtomicU64::new(0);
        let mut transaction = self.database.begin(&statements).await?;
        let sealed = self.seal_in(&mut transaction).await;
        match &sealed {
            Ok(_) => transaction.commit().await?,
            Err(_) => transaction.undo().await,
        }
        sealed
    }

    async fn seal_in(&self, transaction: &mut Transaction<'_>) -> Result<bool, AccessError> {
        alone(transaction, self.database.backend).await?;
        let found = transaction.run(&waiting()).await?;
        if found.is_empty() {
            return Ok(false);
        }
        let mut last = end(transaction).await?;
        let mut ids = Vec::with_capacity(found.len());
        for row in &found {
            let event = event(row)?;
            let hash = self.keys.authenticate(&last.next(&event)?)?;
            last = Link {
                number: last.number + 1,
                hash,
            };
            let seal = Query::insert()
                .into_table(SEALS)
                .columns(["number", "event_id", "hash"])
                .values([
                    last.number.into(),
                    event.id.into(),
                    last.hash.clone().into(),
                ])
                .map_err(AccessError::internal)?
                .to_owned();
            transaction.run(&seal).await?;
            ids.push(Datum::from(event.id));
        }
        let done = one_of(self.database.backend, Expr::col("event_id"), ids);
        let done = Query::delete()
            .from_table(PENDING)
            .and_where(done)
            .to_owned();
        transaction.run(&done).await?;
        self.prove_length(transaction, &last).await?;
        Ok(found.len() as u64 == AT_A_TIME)
    }

    async fn prove_length(
        &self,
        transaction: &mut Transaction<'_>,
        last: &Link,
    ) -> Result<(), AccessError> {
        let proof = self.keys.authenticate(&last.proved(HEAD)?)?;
        let head = Query::insert()
            .into_table(HEAD)
            .columns(["id", "number", "proof"])
            .values([1.into(), last.number.into(), proof.into()])
            .map_err(AccessError::internal)?
            .on_conflict(
                OnConflict::column("id")
                    .update_columns(["number", "proof"])
                    .to_owned(),
            )
            .to_owned();
        transaction.run(&head).await.map(drop)
    }
}

/// Events that wait and have no seal. Those that are gone wait on, so that they are found
/// to be missing.
fn waiting() -> SelectStatement {
    let key = || Expr::col((audit_event::Entity, audit_event::Column::Id));
    let pending = || Expr::col((PENDING, "event_id"));
    let sealed = Query::select()
        .expr(Expr::cust("1"))
        .from(SEALS)
        .and_where(Expr::col((SEALS, "event_id")).eq(pending()))
        .take();
    events()
        .join(JoinType::InnerJoin, PENDING, pending().eq(key()))
        .and_where(Expr::exists(sealed).not())
        .limit(AT_A_TIME)
        .take()
}
