//! The rotation of keys: all personal data sealed under the first of them.

use entity::secret;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryResult, TransactionTrait,
    sea_query::{Expr, ExprTrait, Func, Query, UpdateStatement},
};

use crate::{
    error::AccessError,
    keyring::{PROOF, proof_name},
    kind::{Kind, Table},
    personal::{PersonalKeys, Spot},
    sealing::no_keys,
    system::System,
};

/// Records that are sealed anew at a time, in one transaction.
const AT_A_TIME: u64 = 1_000;

impl System {
    /// Seals all personal data anew that is not sealed under the first key, telling
    /// `progress` how many records of how many were looked at, and forgets the other
    /// keys. Whoever else writes must have the first key by then. Tells how many records
    /// were sealed anew. Where it is cut off, it can be begun again.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the data is not [unlocked](System::unlock), or
    /// somebody goes on writing under another key,
    /// [`AccessError::Internal`] if a value can't be opened, or the database fails.
    pub async fn rotate(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<u64, AccessError> {
        let keys = self.keys().ok_or_else(no_keys)?;
        let tables = || {
            let tables = Kind::ALL.iter().map(|kind| kind.table());
            tables.filter(|table| table.sealed().next().is_some())
        };
        let mut all = 0;
        for table in tables() {
            all += self.count(table).await?;
        }
        let (mut done, mut rotated) = (0, 0);
        for table in tables() {
            let mut last = i64::MIN;
            loop {
                let rows = self.some(table, last).await?;
                let Some(row) = rows.last() else { break };
                last = row.try_get_by_index(0)?;
                rotated += self.seal_anew(table, &rows, keys).await?;
                done += rows.len() as u64;
                progress(done, all);
            }
        }
        // This waits for whoever loads under one of the other keys; on SQLite for a while.
        let transaction = self.connection().begin().await?;
        secret::Entity::delete_many()
            .filter(secret::Column::Name.starts_with(PROOF))
            .filter(secret::Column::Name.ne(proof_name(keys)))
            .exec(&transaction)
            .await?;
        for table in tables() {
            if is_left(&transaction, table, keys).await? {
                return Err(AccessError::InvalidInput(
                    "somebody has written under one of the other keys meanwhile: see that \
                     everybody has the first one, and begin again"
                        .to_owned(),
                ));
            }
        }
        transaction.commit().await?;
        Ok(rotated)
    }

    async fn count(&self, table: &Table) -> Result<u64, AccessError> {
        let mut count = Query::select();
        count.expr(Func::count(Expr::cust("*"))).from(table.name);
        let counted = self.database().select(&count).await?;
        let counted: i64 = match counted.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        Ok(counted.unsigned_abs())
    }

    /// The next records by their keys, with what is sealed in them.
    async fn some(&self, table: &Table, last: i64) -> Result<Vec<QueryResult>, AccessError> {
        let mut some = Query::select();
        let key = || Expr::col(table.columns[0].name);
        some.expr(key())
            .from(table.name)
            .and_where(key().gt(last))
            .order_by_expr(key(), sea_orm::sea_query::Order::Asc)
            .limit(AT_A_TIME);
        for (column, ..) in table.sealed() {
            some.column(table.columns[column].name);
        }
        self.database().select(&some).await
    }

    async fn seal_anew(
        &self,
        table: &Table,
        rows: &[QueryResult],
        keys: &PersonalKeys,
    ) -> Result<u64, AccessError> {
        let transaction = self.connection().begin().await?;
        let mut rotated = 0;
        for row in rows {
            let record: i64 = row.try_get_by_index(0)?;
            let mut sealed_anew = false;
            for (place, (column, name, digest)) in (1..).zip(table.sealed()) {
                let Some(old) = row.try_get_by_index::<Option<Vec<u8>>>(place)? else {
                    continue;
                };
                if keys.is_current(&old) {
                    continue;
                }
                let spot = Spot {
                    column: &name,
                    record,
                };
                let new = keys.seal(spot, &keys.open(spot, &old)?)?;
                let column = table.columns[column].name;
                let update = UpdateStatement::new()
                    .table(table.name)
                    .value(column, new.bytes)
                    .value(table.columns[digest].name, new.digest)
                    .and_where(Expr::col(table.columns[0].name).eq(record))
                    // Unless somebody has changed it meanwhile.
                    .and_where(Expr::col(column).eq(old))
                    .take();
                transaction.execute(&update).await?;
                sealed_anew = true;
            }
            rotated += u64::from(sealed_anew);
        }
        transaction.commit().await?;
        Ok(rotated)
    }
}

/// Whether anything is sealed under another key than the first.
async fn is_left(
    transaction: &DatabaseTransaction,
    table: &Table,
    keys: &PersonalKeys,
) -> Result<bool, AccessError> {
    let name = keys.current();
    let length = i32::try_from(name.len()).map_err(AccessError::internal)?;
    let others = table.sealed().fold(Condition::any(), |any, (column, ..)| {
        let column = Expr::col(table.columns[column].name);
        let begins = Func::cust("substr").args([column, 1.into(), length.into()]);
        any.add(Expr::expr(begins).ne(name))
    });
    let left = Query::select()
        .expr(Expr::col(table.columns[0].name))
        .from(table.name)
        .cond_where(others)
        .limit(1)
        .take();
    Ok(transaction.query_one(&left).await?.is_some())
}
