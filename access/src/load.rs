//! Loading many records at a time, without a caller, by the quickest way that each
//! database has.

use std::{fmt::Write, vec};

use entity::secret;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, DbBackend, EntityTrait,
    IdenStatic, IntoActiveModel, Iterable, QueryFilter, TransactionTrait, Value,
    sea_query::Expr,
    sqlx::{self, AssertSqlSafe, Postgres},
};

use tokio::sync::mpsc;

use crate::{
    database::Database, error::AccessError, keyring::proof_name, kind::Resource,
    personal::PersonalKeys, sealing::Sealing,
};

/// Data on its way into the database, in one transaction.
pub struct Load {
    transaction: Transaction,
    keys: Option<PersonalKeys>,
}

enum Transaction {
    Sqlite(DatabaseTransaction),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A kind of record that can be loaded.
pub trait Loadable: Resource<Model: IntoActiveModel<Self::ActiveModel>, ActiveModel: Send> {}

impl<E: Resource<Model: IntoActiveModel<E::ActiveModel>, ActiveModel: Send>> Loadable for E {}

/// Parameters that one statement may carry on SQLite.
const PARAMETERS: usize = 30_000;
/// Records after which progress is told.
const AT_A_TIME: usize = 5_000;
/// Bytes that go to PostgreSQL at a time.
const PORTION: usize = 1 << 20;

impl Load {
    pub(crate) async fn begin(
        database: &Database,
        keys: Option<PersonalKeys>,
    ) -> Result<Load, AccessError> {
        let transaction = match database.backend {
            DbBackend::Postgres => {
                let pool = database.connection.get_postgres_connection_pool();
                let mut connection = pool.acquire().await?;
                // Cut off in the midst of a COPY, it can't be used for anything else.
                connection.close_on_drop();
                Transaction::Postgres(sqlx::Transaction::begin(connection, None).await?)
            }
            _ => Transaction::Sqlite(database.connection.begin().await?),
        };
        let mut load = Load { transaction, keys };
        load.hold_key().await?;
        Ok(load)
    }

    /// Until the end nobody takes away the key that seals.
    async fn hold_key(&mut self) -> Result<(), AccessError> {
        let Some(keys) = &self.keys else {
            return Ok(());
        };
        let name = proof_name(keys);
        let is_there = match &mut self.transaction {
            // A write, and so the first to be made: what was read before one may be out of
            // date by then, and SQLite would refuse it.
            Transaction::Sqlite(transaction) => {
                let proof = secret::Entity::update_many()
                    .col_expr(secret::Column::Name, Expr::col(secret::Column::Name))
                    .filter(secret::Column::Name.eq(name));
                proof.exec(transaction).await?.rows_affected == 1
            }
            Transaction::Postgres(transaction) => {
                let proof = "SELECT id FROM secret WHERE name = $1 FOR KEY SHARE";
                let proof = sqlx::query(proof).bind(name);
                let proof = proof.fetch_optional(&mut **transaction).await;
                proof.map_err(AccessError::internal)?.is_some()
            }
        };
        match is_there {
            true => Ok(()),
            false => Err(AccessError::InvalidInput(
                "the key for personal data has been replaced: give the new one".to_owned(),
            )),
        }
    }

    /// Loads a table that is to hold a great many records, as they come, telling
    /// `progress` of how many parts: its indexes and references are made anew at the end,
    /// which takes far less time than to keep them up with each record.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if a record refers to one that is not there, or the
    /// database fails.
    pub async fn table<E: Loadable>(
        &mut self,
        parts: mpsc::Receiver<Vec<E::Model>>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), AccessError> {
        let later = match &mut self.transaction {
            Transaction::Sqlite(_) => Vec::new(),
            Transaction::Postgres(transaction) => {
                put_off(transaction, E::default().table_name()).await?
            }
        };
        self.fill::<E>(Source::Parts(parts), &|_| progress(1))
            .await?;
        if let Transaction::Postgres(transaction) = &mut self.transaction {
            for sql in &later {
                run(transaction, sql).await?;
            }
        }
        Ok(())
    }

    /// Loads all of a table, telling `progress` how many records at a time.
    ///
    /// # Errors
    /// As [`Load::table`].
    pub async fn insert<E: Loadable>(
        &mut self,
        records: Vec<E::Model>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), AccessError> {
        self.fill::<E>(Source::All(records.into_iter()), progress)
            .await
    }

    async fn fill<E: Loadable>(
        &mut self,
        source: Source<E::Model>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), AccessError> {
        let sealing = Sealing::under(self.keys.clone());
        match &mut self.transaction {
            Transaction::Sqlite(transaction) => {
                insert::<E>(transaction, source, &sealing, progress).await
            }
            Transaction::Postgres(transaction) => {
                copy::<E>(transaction, source, &sealing, progress).await?;
                // Records came with their keys; the sequence must follow.
                let table = E::default().table_name();
                let sequence = format!("pg_get_serial_sequence('{table}', 'id')");
                let sql = format!("SELECT setval({sequence}, max(id)) FROM {table}");
                run(transaction, &sql).await
            }
        }
    }

    /// Keeps all that was loaded.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if the database fails.
    pub async fn commit(self) -> Result<(), AccessError> {
        match self.transaction {
            Transaction::Sqlite(transaction) => Ok(transaction.commit().await?),
            Transaction::Postgres(transaction) => Ok(transaction.commit().await?),
        }
    }
}

/// Where records come from, some at a time.
enum Source<M> {
    All(vec::IntoIter<M>),
    Parts(mpsc::Receiver<Vec<M>>),
}

impl<M> Source<M> {
    async fn next(&mut self) -> Option<Vec<M>> {
        match self {
            Source::All(records) => {
                let some: Vec<_> = records.take(AT_A_TIME).collect();
                (!some.is_empty()).then_some(some)
            }
            Source::Parts(parts) => parts.recv().await,
        }
    }
}

async fn insert<E: Loadable>(
    transaction: &DatabaseTransaction,
    mut source: Source<E::Model>,
    sealing: &Sealing<E>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), AccessError> {
    let at_a_time = PARAMETERS / E::Column::iter().count();
    while let Some(records) = source.next().await {
        let count = records.len() as u64;
        let mut records = records.into_iter().map(|record| sealing.seal(record));
        loop {
            let some = records.by_ref().take(at_a_time);
            let some: Vec<_> = some.collect::<Result<_, _>>()?;
            if some.is_empty() {
                break;
            }
            let insert = E::insert_many(some);
            insert.exec_without_returning(transaction).await?;
        }
        progress(count);
    }
    Ok(())
}

/// All in one COPY: its end is a round trip for which a small packet waits.
async fn copy<E: Loadable>(
    transaction: &mut sqlx::Transaction<'static, Postgres>,
    mut source: Source<E::Model>,
    sealing: &Sealing<E>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), AccessError> {
    let columns: Vec<_> = E::Column::iter().map(|column| column.as_str()).collect();
    let sql = format!(
        "COPY {} ({}) FROM STDIN",
        E::default().table_name(),
        columns.join(", ")
    );
    let mut copy = transaction.copy_in_raw(&sql).await?;
    let mut text = String::new();
    while let Some(records) = source.next().await {
        let count = records.len() as u64;
        for record in records {
            let record = sealing.seal(record);
            if let Err(problem) = record.and_then(|record| write_line::<E>(&mut text, &record)) {
                copy.abort("a record can't be written").await?;
                return Err(problem);
            }
        }
        if text.len() >= PORTION {
            copy.send(text.as_bytes()).await?;
            text.clear();
        }
        progress(count);
    }
    copy.send(text.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

/// A record as a line of COPY's text format.
fn write_line<E: Loadable>(text: &mut String, record: &E::ActiveModel) -> Result<(), AccessError> {
    for (place, column) in E::Column::iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        let (ActiveValue::Set(value) | ActiveValue::Unchanged(value)) = record.get(column) else {
            return Err(AccessError::internal(format!(
                "a record has no {}",
                column.as_str()
            )));
        };
        write_value(text, value)?;
    }
    text.push('\n');
    Ok(())
}

fn write_value(text: &mut String, value: Value) -> Result<(), AccessError> {
    // Writing to a string can't fail.
    let _ = match value {
        Value::BigInt(Some(value)) => write!(text, "{value}"),
        Value::Int(Some(value)) => write!(text, "{value}"),
        Value::Bool(Some(value)) => write!(text, "{value}"),
        Value::ChronoDate(Some(value)) => write!(text, "{value}"),
        Value::ChronoDateTimeUtc(Some(value)) => write!(text, "{}", value.to_rfc3339()),
        Value::Bytes(Some(value)) => {
            let written = text.write_str("\\\\x");
            let mut bytes = value.iter();
            written.and_then(|()| bytes.try_for_each(|byte| write!(text, "{byte:02x}")))
        }
        Value::String(Some(value)) => {
            escape(text, &value);
            Ok(())
        }
        value if value == value.as_null() => {
            text.push_str("\\N");
            Ok(())
        }
        value => {
            return Err(AccessError::internal(format!(
                "a value of the kind of {value:?} can't be loaded"
            )));
        }
    };
    Ok(())
}

fn escape(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
}

/// Drops the table's indexes, but for those of its keys, and its references; gives what
/// makes them anew, indexes first.
async fn put_off(
    transaction: &mut sqlx::Transaction<'static, Postgres>,
    table: &str,
) -> Result<Vec<String>, AccessError> {
    let sql = format!(
        "SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
         FROM pg_index
         WHERE indrelid = '{table}'::regclass AND NOT EXISTS (
             SELECT FROM pg_constraint
             WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
         UNION ALL
         SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
             format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                 conrelid::regclass, conname, pg_get_constraintdef(oid))
         FROM pg_constraint
         WHERE conrelid = '{table}'::regclass AND contype = 'f'"
    );
    let found: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(sql))
        .fetch_all(&mut **transaction)
        .await?;
    let mut later = Vec::with_capacity(found.len());
    for (drop, make) in found {
        run(transaction, &drop).await?;
        later.push(make);
    }
    Ok(later)
}

async fn run(
    transaction: &mut sqlx::Transaction<'static, Postgres>,
    sql: &str,
) -> Result<(), AccessError> {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    sql.execute(&mut **transaction).await?;
    Ok(())
}
