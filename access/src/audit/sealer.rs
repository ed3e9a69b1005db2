//! Sealing events soon after they were written.

use std::sync::atomic::AtomicU64;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};

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
        let mut waiting = Query::select();
        waiting
            .column("event_id")
            .from(PENDING)
            .order_by("event_id", Order::Asc)
            .limit(AT_A_TIME);
        if self.database.select(&waiting).await?.is_empty() {
            return Ok(false);
        }
        let statements = AtomicU64::new(0);
        let mut transaction = self.database.begin(&statements).await?;
        alone(&mut transaction, self.database.backend).await?;
        let rows = transaction.run(&waiting).await?;
        let ids = rows.iter().map(|row| row.try_get_by_index::<i64>(0));
        let ids = ids.collect::<Result<Vec<i64>, _>>()?;
        let ids = || ids.iter().copied().map(Datum::from).collect();
        let among = |column| one_of(self.database.backend, Expr::col(column), ids());
        let mut found = events();
        found.and_where(among("id"));
        let found = transaction.run(&found).await?;
        if found.is_empty() {
            return Ok(false);
        }
        let mut last = end(&mut transaction).await?;
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
        }
        // Those that are gone wait on, so that they are found to be missing.
        let sealed = Query::select().column("event_id").from(SEALS).take();
        let done = Query::delete()
            .from_table(PENDING)
            .and_where(among("event_id"))
            .and_where(Expr::col("event_id").in_subquery(sealed))
            .to_owned();
        transaction.run(&done).await?;
        self.prove_length(&mut transaction, &last).await?;
        transaction.commit().await?;
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
