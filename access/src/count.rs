//! How many rows a list holds, as far as they were counted.

use sea_orm::sea_query::{Expr, Func, Query, SelectStatement};

use crate::{
    error::AccessError,
    filter::Compiler,
    frame::Frame,
    kind::{Kind, Resource},
    rows::Rows,
    scope::Way,
    tally::{self, COUNT, Tally},
};

/// A number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// This many.
    Exactly(i64),
    /// More than this: nobody counted further.
    MoreThan(i64),
}

impl Count {
    /// How many rows are counted where it need not be exact.
    pub(crate) const CAP: i64 = 10_000;

    /// From the number that a statement gave which stops behind `most`.
    pub(crate) fn of(count: i64, most: Option<i64>) -> Count {
        match most {
            Some(most) if count > most => Count::MoreThan(most),
            _ => Count::Exactly(count),
        }
    }

    /// Counts the rows of a statement that selects nothing yet, one more than the most.
    pub(crate) fn capped(mut rows: SelectStatement) -> SelectStatement {
        rows.expr(Expr::cust("1")).limit(Self::CAP as u64 + 1);
        Query::select()
            .expr(Func::count(Expr::cust("*")))
            .from_subquery(rows, "counted")
            .take()
    }

    /// The number, if it is exact.
    pub fn exact(self) -> Option<i64> {
        match self {
            Count::Exactly(count) => Some(count),
            Count::MoreThan(_) => None,
        }
    }
}

impl<E: Resource> Rows<E> {
    /// How many rows the list holds. Where nothing keeps count and it need not be
    /// `exact`, no more than 10,000 are counted.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn count(&self, exact: bool) -> Result<Count, AccessError> {
        let built = self.count_statement(exact);
        let Some((select, most)) = self.settled(built).await? else {
            return Ok(Count::Exactly(0));
        };
        let results = self.caller.select(self.plan(), &select).await?;
        let count = match results.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        if count == 0 {
            self.caller.confirm().await?;
        }
        Ok(Count::of(count, most))
    }

    /// The statement and, where it stops counting, at how many.
    fn count_statement(
        &self,
        exact: bool,
    ) -> Result<Option<(SelectStatement, Option<i64>)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        if let Some(counts) = self.kept_count(&frame) {
            let mut select = Query::select();
            select
                .expr(tally::sum())
                .from_subquery(counts, "counted")
                .and_where(self.guard());
            return Ok(Some((select, None)));
        }
        let Some(mut select) = frame.rows() else {
            return Ok(None);
        };
        select.and_where_option(self.condition(&compiler, &frame)?);
        select.and_where(self.guard());
        if exact || E::KIND == Kind::Division {
            select.expr(Func::count(Expr::cust("*")));
            return Ok(Some((select, None)));
        }
        Ok(Some((Count::capped(select), Some(Count::CAP))))
    }

    /// The counts that make up the list's, where they are kept.
    fn kept_count(&self, frame: &Frame<'_>) -> Option<SelectStatement> {
        let dimension = tally::dimensions(E::KIND).first()?;
        let level = tally::level_of(&frame.view.rows)?;
        let tally = Tally {
            kind: E::KIND,
            dimension,
            level,
            decision: &frame.view.rows,
        };
        self.is_whole().then(|| tally.counts(&[COUNT])).flatten()
    }
}
