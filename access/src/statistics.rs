//! Statistics: how many records there are in each division of a level, by the values of
//! a column, of those that the caller may list and on which both are clear.

use std::{cmp::max, collections::BTreeMap};

use entity::term::DivisionLevel;
use sea_orm::{
    IdenStatic,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use crate::{
    arm::Interval,
    datum::Term,
    error::AccessError,
    filter::Compiler,
    frame::Frame,
    gate::Gate,
    kind::{self, Resource},
    rows::Rows,
    scope::Way,
    statement::Plan,
    tally::{self, COUNT, Digit, Tally, VALUE},
};

/// How statistics are laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout<C> {
    /// The column that says in which division a record counts.
    pub place: C,
    /// The column by whose values records are told apart.
    pub by: C,
    /// Divisions of this level.
    pub level: DivisionLevel,
    /// Within this subtree.
    pub within: Interval,
}

/// How many records of a division have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Key of the division; of the one where a record counts, if that lies above the
    /// level that was asked for.
    pub division: i64,
    /// How many; none where that is withheld, as only what is published may be.
    pub count: Option<i64>,
    pub(crate) value: String,
}

impl Cell {
    /// The value as a term of its vocabulary.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if it is none.
    pub fn term<T: Term>(&self) -> Result<T, AccessError> {
        Ok(T::try_from_value(&self.value)?)
    }
}

/// Cells of one answer at most: more than the counties of the nation by any vocabulary.
pub const MOST_CELLS: usize = 25_000;

const COUNTED: &str = "counted";

pub(crate) fn too_many() -> AccessError {
    AccessError::InvalidInput(format!(
        "these are more than {MOST_CELLS} counts: ask for a higher level, or within a smaller division"
    ))
}

impl<E: Resource> Rows<E> {
    /// The cells that are not empty, by division and value.
    ///
    /// # Errors
    /// As [`Rows::page`], and [`AccessError::InvalidInput`] where there are too many.
    pub async fn statistics(&self, layout: &Layout<E::Column>) -> Result<Vec<Cell>, AccessError> {
        let built = self.statistics_statement(layout);
        let Some(select) = self.settled(built).await? else {
            return self.unless_published(layout).map(|()| Vec::new());
        };
        let results = self.caller.select(Plan::Own, &select).await?;
        if results.len() > MOST_CELLS {
            return Err(too_many());
        }
        if results.is_empty() {
            return Ok(Vec::new());
        }
        let divisions = self.caller.divisions().await?;
        let mut counts = BTreeMap::<(i64, String), i64>::new();
        for result in results {
            // Nodes that are no divisions count where the nearest above them does.
            let division = divisions.nearest(result.try_get_by_index(0)?);
            let count: i64 = result.try_get_by_index(2)?;
            *counts
                .entry((division, result.try_get_by_index(1)?))
                .or_default() += count;
        }
        let cell = |((division, value), count)| Cell {
            division,
            count: Some(count),
            value,
        };
        Ok(counts.into_iter().map(cell).collect())
    }

    /// Points out to whoever may see no records that there are published counts.
    fn unless_published(&self, layout: &Layout<E::Column>) -> Result<(), AccessError> {
        let counts = self
            .caller
            .scope()
            .counts(E::KIND, kind::index::<E>(layout.by));
        if counts.is_never() {
            return Ok(());
        }
        Err(AccessError::Forbidden(
            "the records are not open to you: say of which year you want the published counts"
                .to_owned(),
        ))
    }

    fn statistics_statement(
        &self,
        layout: &Layout<E::Column>,
    ) -> Result<Option<SelectStatement>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let level = layout.level.digit();
        let counts = match self.tally(&frame, layout, level) {
            Some(tally) => tally.counts(&[layout.place.as_str(), VALUE, COUNT]),
            None => self.each_counted(&compiler, &frame, layout)?,
        };
        let Some(counts) = counts else {
            return Ok(None);
        };
        let place = layout.place.as_str();
        let select = Query::select()
            .expr(Expr::cust(tally::node_of(place, level)))
            .column(VALUE)
            .expr(tally::sum())
            .from_subquery(counts, COUNTED)
            .and_where(Expr::col(place).between(layout.within.first, layout.within.last))
            .and_where(self.guard())
            .add_group_by([Expr::cust("1"), Expr::cust("2")])
            .and_having(Expr::cust("SUM(count) <> 0"))
            .limit(MOST_CELLS as u64 + 1)
            .take();
        Ok(Some(select))
    }

    /// The counts that are kept, if they tell what is asked for.
    fn tally<'a>(
        &self,
        frame: &Frame<'a>,
        layout: &Layout<E::Column>,
        level: Digit,
    ) -> Option<Tally<'a>> {
        let clear = |column| matches!(frame.view.gates[kind::index::<E>(column)], Gate::Clear);
        if !self.is_whole() || !clear(layout.place) || !clear(layout.by) {
            return None;
        }
        let mut dimensions = tally::dimensions(E::KIND).iter().copied();
        let level_of = tally::level_of(&frame.view.rows)?;
        Some(Tally {
            kind: E::KIND,
            dimension: dimensions.find(|dimension| *dimension == layout.by.as_str())?,
            level: max(max(level, level_of), layout.within.level()?),
            decision: &frame.view.rows,
        })
    }

    /// Each record as a count of one.
    fn each_counted(
        &self,
        compiler: &Compiler<'_>,
        frame: &Frame<'_>,
        layout: &Layout<E::Column>,
    ) -> Result<Option<SelectStatement>, AccessError> {
        let Some(mut select) = frame.rows() else {
            return Ok(None);
        };
        let clear = |column: E::Column| {
            frame.clear(kind::index::<E>(column)).ok_or_else(|| {
                AccessError::Forbidden(format!(
                    "you may not count by {}.{}: it is not open to you on any row",
                    E::KIND.name(),
                    column.as_str()
                ))
            })
        };
        let (place, by) = (clear(layout.place)?, clear(layout.by)?);
        select
            .and_where_option(self.condition(compiler, frame)?)
            .expr_as(place, layout.place.as_str())
            .expr_as(by.clone(), VALUE)
            .expr_as(Expr::cust("1"), COUNT)
            .and_where(by.is_not_null());
        Ok(Some(select))
    }
}
