//! The rotation of keys: all personal data sealed under the first of them.

use entity::secret;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, TransactionTrait,
    sea_query::{Expr, ExprTrait, Func, Query, UpdateStatement},
};

use crate::{
    error::AccessError,
    keyring::PROOF,
    kind::{Kind, Table},
    personal::PersonalKeys,
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
    /// [`AccessError::InvalidInput`] if the data is not [unlocked](System::unlock),
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
        let current = keys.names().next().unwrap_or_default();
        secret::Entity::delete_many()
            .filter(secret::Column::Name.starts_with(PROOF))
            .filter(secret::Column::Name.ne(format!("{PROOF}{current}")))
            .exec(self.connection())
            .await?;
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
            let mut sealed_anew = false;
            for (place, (column, name, digest)) in (1..).zip(table.sealed()) {
                let Some(old) = row.try_get_by_index::<Option<Vec<u8>>>(place)? else {
                    continue;
                };
                if keys.is_current(&old) {
                    continue;
                }
                let new = keys.seal(&name, &keys.open(&name, &old)?)?;
                let column = table.columns[column].name;
                let update = UpdateStatement::new()
                    .table(table.name)
                    .value(column, new.bytes)
                    .value(table.columns[digest].name, new.digest)
                    .and_where(Expr::col(table.columns[0].name).eq(row.try_get_by_index::<i64>(0)?))
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
