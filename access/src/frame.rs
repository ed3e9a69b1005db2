//! A table in a statement. Whoever reads from it has its rows under the row rule.

use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, JoinType, Query, SelectStatement};

use crate::{
    cover::{Part, Rule, parts, rule},
    kind::Kind,
    scope::View,
};

/// Its kind, its name there, and the view on it.
pub(crate) struct Frame<'a> {
    pub(crate) kind: Kind,
    pub(crate) table: DynIden,
    pub(crate) view: &'a View,
}

impl Frame<'_> {
    pub(crate) fn rule(&self) -> Rule {
        rule(self.kind, &self.table, &self.view.rows)
    }

    /// As [`parts`].
    pub(crate) fn parts(&self) -> Vec<Part> {
        parts(self.kind, &self.table, &self.view.rows)
    }

    /// A statement over the rows that the row rule lets through, or nothing where it
    /// lets none through.
    pub(crate) fn rows(&self) -> Option<SelectStatement> {
        match self.rule() {
            Rule::None => None,
            Rule::All => Some(self.whole()),
            Rule::Where(rule) => Some(self.rows_of(rule)),
        }
    }

    /// A statement over the rows that a part of the row rule lets through.
    pub(crate) fn rows_of(&self, part: Expr) -> SelectStatement {
        self.whole().and_where(part).take()
    }

    /// Joins the table's rows that the row rule lets through, and NULLs where there is
    /// none of them; nothing where it lets none through.
    pub(crate) fn join(&self, select: &mut SelectStatement, refers: Expr) -> Option<()> {
        let on = match self.rule() {
            Rule::None => return None,
            Rule::All => refers,
            Rule::Where(rule) => refers.and(rule),
        };
        let table = self.kind.table().name;
        select.join_as(JoinType::LeftJoin, table, self.table.clone(), on);
        Some(())
    }

    fn whole(&self) -> SelectStatement {
        let table = self.kind.table().name;
        Query::select().from_as(table, self.table.clone()).take()
    }

    /// The column of the key.
    pub(crate) fn key(&self) -> DynIden {
        self.kind.table().columns[0].name.into_iden()
    }

    pub(crate) fn raw(&self, column: usize) -> Expr {
        let name = self.kind.table().columns[column].name;
        Expr::col((self.table.clone(), name))
    }

    /// The column's value where it is clear, else NULL; nothing if nowhere.
    pub(crate) fn clear(&self, column: usize) -> Option<Expr> {
        self.view.gates[column].guard(self.kind, &self.table, self.raw(column))
    }
}
