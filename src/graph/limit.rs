//! The limits by their names, for errors and for who watches.

use std::fmt;

/// A limit of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Tokens in a document.
    Tokens,
    /// Brackets that are open at a time.
    Brackets,
    /// Fields within fields.
    Depth,
    /// Fields that are selected.
    Fields,
    /// Values in the arguments of all fields; as many as tokens.
    Literals,
    /// Fields under another name.
    Aliases,
    /// Directives.
    Directives,
    /// Fields of the query itself.
    RootFields,
    /// Fields `totalCount`.
    Counts,
    /// Lists of types within each other.
    Types,
    /// Values that the response could hold.
    Complexity,
    /// Items of one list.
    Items,
    /// Values in all variables.
    Variables,
    /// Errors in a response.
    Errors,
    /// Seconds of one operation.
    Seconds,
    /// Operations of one caller at a time.
    InFlight,
}

impl Limit {
    /// All of them.
    pub const ALL: [Limit; 16] = [
        Limit::Tokens,
        Limit::Brackets,
        Limit::Depth,
        Limit::Fields,
        Limit::Literals,
        Limit::Aliases,
        Limit::Directives,
        Limit::RootFields,
        Limit::Counts,
        Limit::Types,
        Limit::Complexity,
        Limit::Items,
        Limit::Variables,
        Limit::Errors,
        Limit::Seconds,
        Limit::InFlight,
    ];

    /// Its name in metrics; that of its setting, where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Limit::Tokens => "tokens",
            Limit::Brackets => "brackets",
            Limit::Depth => "depth",
            Limit::Fields => "fields",
            Limit::Literals => "literals",
            Limit::Aliases => "aliases",
            Limit::Directives => "directives",
            Limit::RootFields => "root-fields",
            Limit::Counts => "counts",
            Limit::Types => "types",
            Limit::Complexity => "complexity",
            Limit::Items => "items",
            Limit::Variables => "variables",
            Limit::Errors => "errors",
            Limit::Seconds => "seconds",
            Limit::InFlight => "in-flight",
        }
    }

    /// What it counts, in the words of an error.
    pub(super) fn what(self) -> &'static str {
        match self {
            Limit::Brackets => "open brackets",
            Limit::Depth => "fields within fields",
            Limit::Literals => "values in arguments",
            Limit::RootFields => "fields at its root",
            Limit::Types => "lists of types in lists of types",
            Limit::Complexity => "values in pages in pages",
            Limit::Items => "items in a list",
            Limit::Variables => "values in its variables",
            plain => plain.name(),
        }
    }
}

/// A limit that an operation is above.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excess {
    pub(super) limit: Limit,
    pub(super) most: usize,
}

impl fmt::Display for Excess {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, most) = (self.limit.what(), self.most);
        write!(
            text,
            "the operation has more {what} than the {most} that are allowed"
        )
    }
}

/// Refuses a count that is above its limit.
pub(super) fn check(limit: Limit, count: usize, most: usize) -> Result<(), Excess> {
    match count > most {
        true => Err(Excess { limit, most }),
        false => Ok(()),
    }
}
