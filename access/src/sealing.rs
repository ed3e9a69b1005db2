//! Records on their way into the database: what is personal in them is sealed, whoever
//! writes them.

use sea_orm::{ActiveModelTrait, ActiveValue, IntoActiveModel, Iterable, Value};

use crate::{
    error::AccessError,
    kind::Resource,
    load::Loadable,
    personal::{PersonalKeys, Spot},
};

/// Seals records of `E`.
pub(crate) struct Sealing<E: Resource> {
    keys: Option<PersonalKeys>,
    columns: Vec<SealedColumn<E>>,
}

struct SealedColumn<E: Resource> {
    /// That of the record's key.
    key: E::Column,
    value: E::Column,
    digest: E::Column,
    name: String,
}

impl<E: Loadable> Sealing<E> {
    pub(crate) fn under(keys: Option<PersonalKeys>) -> Sealing<E> {
        let all: Vec<E::Column> = E::Column::iter().collect();
        let sealed = E::KIND.table().sealed();
        let columns = sealed.map(|(value, name, digest)| SealedColumn {
            key: all[0],
            value: all[value],
            digest: all[digest],
            name,
        });
        Sealing {
            keys,
            columns: columns.collect(),
        }
    }

    /// The record as the database is to hold it. It must have its key, to which what is
    /// sealed is bound.
    pub(crate) fn seal(&self, record: E::Model) -> Result<E::ActiveModel, AccessError> {
        let mut record = record.into_active_model();
        for column in &self.columns {
            let Some(Value::Bytes(Some(text))) = given::<E>(&record, column.value) else {
                continue;
            };
            let Some(Value::BigInt(Some(key))) = given::<E>(&record, column.key) else {
                return Err(AccessError::internal("a record to be sealed has no key"));
            };
            let keys = self.keys.as_ref().ok_or_else(no_keys)?;
            let text = String::from_utf8(text).map_err(AccessError::internal)?;
            let spot = Spot {
                column: &column.name,
                record: key,
            };
            let sealed = keys.seal(spot, &text)?;
            record.set(column.value, sealed.bytes.into());
            record.set(column.digest, sealed.digest.into());
        }
        Ok(record)
    }
}

fn given<E: Loadable>(record: &E::ActiveModel, column: E::Column) -> Option<Value> {
    match record.get(column) {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value),
        ActiveValue::NotSet => None,
    }
}

pub(crate) fn no_keys() -> AccessError {
    AccessError::InvalidInput("there are no keys for personal data".to_owned())
}
