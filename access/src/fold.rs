//! Folding what writers have appended into the tallies.

use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};

use crate::{database::Database, error::AccessError, kind::Kind, tally};

/// Folds appended counts into the tallies, which reads the quicker the more are folded
/// and are exact without.
#[derive(Clone)]
pub struct Folder(pub(crate) Database);

impl Folder {
    /// Folds what is there.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn fold(&self) -> Result<(), AccessError> {
        let kinds = Kind::ALL.iter().copied();
        for kind in kinds.filter(|kind| !tally::dimensions(*kind).is_empty()) {
            if self.has_appended(kind).await? {
                self.fold_kind(kind).await?;
            }
        }
        Ok(())
    }

    async fn has_appended(&self, kind: Kind) -> Result<bool, AccessError> {
        let sql = format!("SELECT 1 FROM {}_delta LIMIT 1", kind.table().name);
        let some = Statement::from_string(self.0.backend, sql);
        let row = self.0.connection.query_one_raw(some).await?;
        Ok(row.is_some())
    }

    async fn fold_kind(&self, kind: Kind) -> Result<(), AccessError> {
        let transaction = self.0.connection.begin().await?;
        let backend = self.0.backend;
        let run = |sql: String| transaction.execute_raw(Statement::from_string(backend, sql));
        let delta = format!("{}_delta", kind.table().name);
        if backend == DbBackend::Postgres {
            // Two that fold at once would wait for each other's rows, each in its own order.
            run(format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
            let moved = format!("WITH moved AS (DELETE FROM {delta} RETURNING *)");
            run(format!("{moved} {}", add(kind, "moved"))).await?;
        } else {
            // The first statement writes, so that nobody appends in between.
            run(add(kind, &delta)).await?;
            run(format!("DELETE FROM {delta}")).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Key of the advisory lock of those who fold.
const LOCK: i64 = 0x7A11_F01D;

/// Adds the counts of `source` to the tally, at every level.
fn add(kind: Kind, source: &str) -> String {
    let table = kind.table().name;
    let places = tally::places(kind);
    let names = places.join(", ");
    // By number, since the names are also those of the source's columns.
    let groups: Vec<_> = (1..=places.len() + 3)
        .map(|number| number.to_string())
        .collect();
    let groups = groups.join(", ");
    let at = |level| {
        let nodes = places.iter().map(|place| tally::node_of(place, level));
        let nodes = nodes.collect::<Vec<_>>().join(", ");
        format!(
            "SELECT {level} AS level, dimension, {nodes}, value, CAST(SUM(count) AS bigint)
            FROM {source} GROUP BY {groups} HAVING SUM(count) <> 0"
        )
    };
    let levels: Vec<_> = (0..=4).map(at).collect();
    format!(
        "INSERT INTO {table}_tally (level, dimension, {names}, value, count)
        SELECT * FROM ({}) levels WHERE TRUE
        ON CONFLICT (level, dimension, {names}, value)
            DO UPDATE SET count = {table}_tally.count + excluded.count",
        levels.join(" UNION ALL ")
    )
}
