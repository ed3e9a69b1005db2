//! Statements that were made before. What a decision and a selection come to is the same
//! text and the same values each time, but for the keys that are asked for.

use std::sync::Arc;

use quick_cache::sync::Cache;
use sea_orm::{DbBackend, Statement, Value, Values};

use crate::{
    datum::keys_of,
    error::AccessError,
    kind::Kind,
    projection::Projection,
    reference::{Reading, Reference},
    text,
};

/// Statements that are kept; each takes some kilobytes.
const KEPT: usize = 4_096;

/// What a statement is about, by all that its text and its values depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    /// The number of the scope, which no other has had.
    pub(crate) scope: u64,
    pub(crate) kind: Kind,
    pub(crate) columns: Vec<usize>,
    pub(crate) references: Vec<Reference>,
    pub(crate) way: Wanted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    /// Records by their keys.
    Keys,
    /// The first page of the list, or the last.
    Page {
        most: u64,
        backward: bool,
        descending: bool,
    },
}

/// The statements, by what they are about.
pub(crate) struct Drafts(Cache<Subject, Arc<Draft>>);

impl Default for Drafts {
    fn default() -> Drafts {
        Drafts(Cache::new(KEPT))
    }
}

impl Drafts {
    /// The statement that is known or, where there is none, the one that is made now.
    pub(crate) fn get(
        &self,
        subject: Subject,
        make: impl FnOnce() -> Result<Option<Draft>, AccessError>,
    ) -> Result<Option<Arc<Draft>>, AccessError> {
        if let Some(known) = self.0.get(&subject) {
            return Ok(Some(known));
        }
        let Some(draft) = make()? else {
            return Ok(None);
        };
        let draft = Arc::new(draft);
        self.0.insert(subject, draft.clone());
        Ok(Some(draft))
    }
}

/// A statement, and what reads its rows.
pub(crate) struct Draft {
    backend: DbBackend,
    sql: String,
    values: Vec<Value>,
    /// Where among the values the keys stand.
    keys: Option<usize>,
    pub(crate) projection: Projection,
}

/// Stands where keys are to come.
pub(crate) const NO_KEYS: [i64; 1] = [i64::MIN];

impl Draft {
    /// A statement that is the same each time.
    pub(crate) fn of(backend: DbBackend, reading: Reading) -> Draft {
        let Reading {
            select, projection, ..
        } = reading;
        let Statement { sql, values, .. } = text::build(backend, &select);
        let values = values.map_or_else(Vec::new, |values| values.0);
        Draft {
            backend,
            sql,
            values,
            keys: None,
            projection,
        }
    }

    /// One by keys, for which [`NO_KEYS`] stand.
    pub(crate) fn by_keys(backend: DbBackend, reading: Reading) -> Draft {
        let stand_in = keys_of(backend, &NO_KEYS);
        let draft = Draft::of(backend, reading);
        Draft {
            keys: draft.values.iter().position(|value| *value == stand_in),
            ..draft
        }
    }

    /// The statement for these keys, if it is one by keys.
    pub(crate) fn statement(&self, keys: &[i64]) -> Statement {
        let mut values = self.values.clone();
        if let Some(place) = self.keys {
            values[place] = keys_of(self.backend, keys);
        }
        Statement {
            sql: self.sql.clone(),
            values: Some(Values(values)),
            db_backend: self.backend,
        }
    }
}
