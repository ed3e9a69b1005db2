//! What is to be known of a table beside the types of its columns.

use std::ops::RangeInclusive;

use crate::{link::Link, mask::Mask};

/// What is to be known of an entity. A kind of record without does not compile.
pub trait Facts {
    /// Whose a record is, by which rights on it are decided. Where it is no column that says
    /// so, the kind has a row rule of its own in `access`.
    const TIES: &'static [Tie];
    /// Which records it refers to.
    const LINKS: &'static [Link] = &[];
    /// The columns that hold something personal, each with how it is masked. What is not
    /// here can't be masked: a line of the policy that would is refused.
    const MASKS: &'static [(&'static str, Mask)] = &[];
    /// Days, each with the one that must not come before it.
    const PERIODS: &'static [(&'static str, &'static str)] = &[];
    /// The numbers that a column takes, if they are others than usual.
    const NUMBERS: &'static [(&'static str, RangeInclusive<i64>)] = &[];
}

/// A column that says whose a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The division that holds the record: it is of this one and of those above.
    Division(&'static str),
    /// The division where it lies, in whose subtrees it is counted.
    Place(&'static str),
    /// The division in all of whose subtree it is known.
    Above(&'static str),
    /// The facility that it is about: it is this one's and of what manages it.
    Facility(&'static str),
    /// The program that it is part of.
    Program(&'static str),
    /// The partnership project that it is part of.
    Project(&'static str),
}

impl Tie {
    /// The column's name.
    pub fn column(self) -> &'static str {
        match self {
            Tie::Division(column)
            | Tie::Place(column)
            | Tie::Above(column)
            | Tie::Facility(column)
            | Tie::Program(column)
            | Tie::Project(column) => column,
        }
    }
}
