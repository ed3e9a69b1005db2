//! Which columns were probed, and which can't be.

use std::collections::BTreeSet;

use access::Kind;

use super::twin::{Difference, Twin};
use crate::world::personal;

/// Columns in which no two worlds differ that a user may not tell apart.
const EXEMPT: [(Kind, &str); 1] = [
    // What a line's other values mean: with another one the policy is none.
    (Kind::PolicyRule, "ptype"),
];
/// Kinds of which no column is in clear on one record and hidden on another.
const ALIKE: [Kind; 1] = [
    // The policy belongs to no place and to nobody: no scope kind reaches a part of it.
    Kind::PolicyRule,
];

/// Columns by the names of their kinds, which have an order.
type Names = BTreeSet<(&'static str, &'static str)>;

#[derive(Clone, Default)]
pub(super) struct Coverage {
    /// Columns in which worlds differed.
    varied: Names,
    /// Of those the ones that were in clear on another record.
    partly: Names,
    /// Of those the ones that were masked.
    masked: Names,
}

impl Coverage {
    pub(super) fn count(&mut self, twin: &Twin) {
        for ((kind, column), differences) in twin.columns() {
            let name = (kind.name(), column);
            let any = |holds: fn(&Difference) -> bool| differences.iter().any(holds);
            self.varied.insert(name);
            if any(|difference| difference.clear_elsewhere) {
                self.partly.insert(name);
            }
            if any(|difference| difference.masked) {
                self.masked.insert(name);
            }
        }
    }

    pub(super) fn add(&mut self, other: Coverage) {
        self.varied.extend(other.varied);
        self.partly.extend(other.partly);
        self.masked.extend(other.masked);
    }

    /// How much is covered.
    pub(super) fn len(&self) -> usize {
        self.varied.len() + self.partly.len() + self.masked.len()
    }

    /// This and the other together.
    pub(super) fn with(&self, other: &Coverage) -> Coverage {
        let mut both = self.clone();
        both.add(other.clone());
        both
    }

    /// Fails where a column was forgotten, and where one is exempt for no reason.
    pub(super) fn assert_whole(&self) {
        let exempt = |kind: Kind, column| EXEMPT.contains(&(kind, column));
        let varied = columns(|kind, column| !exempt(kind, column));
        assert_eq!(self.varied, varied, "varied");
        let partly = columns(|kind, column| !exempt(kind, column) && !ALIKE.contains(&kind));
        assert_eq!(self.partly, partly, "in clear on other records");
        let masked = columns(|kind, column| personal(kind).contains(&column));
        assert_eq!(self.masked, masked, "masked");
    }
}

fn columns(wanted: impl Fn(Kind, &'static str) -> bool) -> Names {
    let kinds = Kind::ALL.iter().copied();
    let columns = kinds.flat_map(|kind| kind.columns().map(move |column| (kind, column)));
    let wanted = columns.filter(|(kind, column)| wanted(*kind, column));
    wanted.map(|(kind, column)| (kind.name(), column)).collect()
}
