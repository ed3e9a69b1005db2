//! The column gate: whether a column's value may be seen on a row.

use sea_orm::sea_query::{DynIden, Expr};

use crate::{
    arm::Decision,
    cover::{Rule, rule},
    expression::only_where,
    kind::Kind,
};

/// For one column, among the rows that a row rule lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// In clear on every row.
    Clear,
    /// Refused on every row.
    Refused,
    /// In clear on the rows that the decision covers, refused on the others.
    PerRow(Decision),
}

impl Gate {
    pub(crate) fn of(index: usize, rows: &Decision, column: &Decision) -> Gate {
        let is_key = index == 0;
        if is_key || !column.is_never() && rows.implies(column) {
            Gate::Clear
        } else if column.is_never() {
            Gate::Refused
        } else {
            Gate::PerRow(column.clone())
        }
    }

    /// The rows on which the column is clear.
    pub(crate) fn condition(&self, kind: Kind, table: &DynIden) -> Rule {
        match self {
            Gate::Clear => Rule::All,
            Gate::Refused => Rule::None,
            Gate::PerRow(decision) => rule(kind, table, decision),
        }
    }

    /// `value` where the column is clear and NULL where it is not; nothing where
    /// it is refused on every row.
    pub(crate) fn guard(&self, kind: Kind, table: &DynIden, value: Expr) -> Option<Expr> {
        match self.condition(kind, table) {
            Rule::All => Some(value),
            Rule::None => None,
            Rule::Where(clear) => Some(only_where(clear, value)),
        }
    }
}
