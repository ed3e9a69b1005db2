//! What of sealed values is told in clear: each leaves a note with the run, so that no
//! answer leaves before it is written down who was told what.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{datum::Datum, kind::Kind, policy::ColumnSet};

/// A sealed value, opened for a caller who may see it in clear. It can't be told without
/// a note.
#[derive(Clone)]
pub(crate) struct Disclosure {
    value: Datum,
    kind: Kind,
    record: i64,
    column: usize,
    notes: Notes,
}

/// What a run has told of sealed values: of each record, the columns.
#[derive(Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Told>>);

/// By the kinds and keys of records.
pub(crate) type Told = BTreeMap<Kind, BTreeMap<i64, ColumnSet>>;

impl Disclosure {
    /// The value, and a note that it is told.
    pub(crate) fn tell(&self) -> &Datum {
        self.notes.add(self.kind, self.record, self.column);
        &self.value
    }
}

/// The value stays out of what is printed.
impl fmt::Debug for Disclosure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Disclosure").finish_non_exhaustive()
    }
}

impl Notes {
    /// A value of a record's column that is not told yet.
    pub(crate) fn disclosure(
        &self,
        (kind, record, column): (Kind, i64, usize),
        value: Datum,
    ) -> Disclosure {
        Disclosure {
            value,
            kind,
            record,
            column,
            notes: self.clone(),
        }
    }

    fn add(&self, kind: Kind, record: i64, column: usize) {
        let mut told = self.told();
        let of_kind = told.entry(kind).or_default();
        *of_kind.entry(record).or_default() |= 1 << column;
    }

    /// What was told since this was asked last.
    pub(crate) fn take(&self) -> Told {
        std::mem::take(&mut *self.told())
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
