//! Which records a record refers to, and what it repeats of them.

use crate::kind::Kind;

/// A column that refers to a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    pub column: &'static str,
    pub kind: Kind,
    /// Columns that are as the other's: own name, its name there.
    pub copies: &'static [(&'static str, &'static str)],
    /// The same for columns that stay as they were when the record was made.
    pub fixed: &'static [(&'static str, &'static str)],
    /// The same where nothing else says what they are.
    pub defaults: &'static [(&'static str, &'static str)],
    /// What of the other must be the caller's to change: who has rights on the one has rights
    /// on the other by it, or reads here what the other keeps from them.
    pub carries: Option<&'static str>,
    /// Whether it takes nothing but a main employment that lasts.
    pub lasts: bool,
}

impl Link {
    pub(crate) const fn to(kind: Kind, column: &'static str) -> Link {
        Link {
            column,
            kind,
            copies: &[],
            fixed: &[],
            defaults: &[],
            carries: None,
            lasts: false,
        }
    }

    pub(crate) const fn carrying(self, column: &'static str) -> Link {
        Link {
            carries: Some(column),
            ..self
        }
    }

    pub(crate) const fn lasting(self) -> Link {
        Link {
            lasts: true,
            ..self
        }
    }

    pub(crate) const fn copying(self, copies: &'static [(&'static str, &'static str)]) -> Link {
        Link { copies, ..self }
    }

    pub(crate) const fn fixing(self, fixed: &'static [(&'static str, &'static str)]) -> Link {
        Link { fixed, ..self }
    }

    pub(crate) const fn defaulting(
        self,
        defaults: &'static [(&'static str, &'static str)],
    ) -> Link {
        Link { defaults, ..self }
    }
}
