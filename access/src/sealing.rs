//! Records on their way into the database: what is personal in them is sealed, whoever
//! writes them.

use sea_orm::{ActiveModelTrait, ActiveValue, IntoActiveModel, Iterable, Value};

use crate::{error::AccessError, kind::Resource, load::Loadable, personal::PersonalKeys};

/// Seals records of `E`.
pub(crate) struct Sealing<E: Resource> {
    keys: Option<PersonalKeys>,
    columns: Vec<SealedColumn<E>>,
}

struct SealedColumn<E: Resource> {
    value: E::Column,
    digest: E::Column,
    name: String,
}

impl<E: Loadable> Sealing<E> {
    pub(crate) fn under(keys: Option<PersonalKeys>) -> Sealing<E> {
        let all: Vec<E::Column> = E::Column::iter().collect();
        let columns = E::KIND
            .table()
            .sealed()
            .map(|(value, name, digest)| SealedColumn {
                value: all[value],
                digest: all[digest],
                name,
            });
        Sealing {
            keys,
            columns: columns.collect(),
        }
    }

    /// The record as the database is to hold it.
    pub(crate) fn seal(&self, record: E::Model) -> Result<E::ActiveModel, AccessError> {
        let mut record = record.into_active_model();
        for column in &self.columns {
            let (ActiveValue::Set(value) | ActiveValue::Unchanged(value)) =
                record.get(column.value)
            else {
                continue;
            };
            let Value::Bytes(Some(text)) = value else {
                continue;
            };
            let keys = self.keys.as_ref().ok_or_else(no_keys)?;
            let text = String::from_utf8(text).map_err(AccessError::internal)?;
            let sealed = keys.seal(&column.name, &text)?;
            record.set(column.value, sealed.bytes.into());
            record.set(column.digest, sealed.digest.into());
        }
        Ok(record)
    }
}

pub(crate) fn no_keys() -> AccessError {
    AccessError::InvalidInput("there are no keys for personal data".to_owned())
}
