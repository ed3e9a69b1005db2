//! Records that rows refer to, read in the same statement.

use std::collections::HashMap;

use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, IntoIden, JoinType, Order as Direction, Query, SelectStatement},
};

use crate::{
    cover::Rule,
    expression::truth,
    filter::Compiler,
    frame::Frame,
    gate::Gate,
    keyset::Keyset,
    kind::{self, Kind, Resource},
    projection::{Projection, name},
    row::Row,
    rows::Rows,
    scope::Way,
};

/// What is asked for of the record that a column refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reference {
    pub(crate) column: usize,
    pub(crate) kind: Kind,
    pub(crate) columns: Vec<usize>,
}

/// The statement that rows are read by.
pub(crate) struct Reading {
    pub(crate) select: SelectStatement,
    pub(crate) projection: Projection,
    /// The order of the rows, and whether from the end; none for records by their keys.
    pub(crate) order: Option<(Keyset, bool)>,
    /// Whether the rows are those of many parents: they begin with their parent's key,
    /// and stand in its order first.
    pub(crate) of_parents: bool,
}

pub(crate) const PARENT: &str = "parent";
pub(crate) const PAGE: &str = "page";

impl Reading {
    /// The same rows in the same order, each with the records that it refers to, as
    /// far as the caller may open them.
    pub(crate) fn bring(
        mut self,
        references: &[Reference],
        compiler: &Compiler<'_>,
        backend: DbBackend,
    ) -> Reading {
        let asked = references.iter().filter_map(|reference| {
            let place = self.projection.place(reference.column)?;
            let frame = compiler.frame(reference.kind, Way::Opened);
            let is_remembered = frame.is_remembered(&reference.columns);
            (!is_remembered).then_some((reference, frame, place))
        });
        let asked: Vec<_> = asked.collect();
        if asked.is_empty() {
            return self;
        }
        let of_page = |name: String| Expr::col((PAGE, name));
        let mut select = Query::select();
        let parent = self.of_parents.then(|| of_page(PARENT.to_owned()));
        if let Some(parent) = &parent {
            select.expr(parent.clone());
        }
        for number in 0..self.projection.expressions.len() {
            select.expr(of_page(name(number)));
        }
        select.from_subquery(self.select, PAGE);
        for (reference, frame, place) in asked {
            let refers = frame.raw(0).eq(of_page(name(place)));
            let brought = join(&mut select, &frame, refers, &reference.columns, backend);
            self.projection.bring(reference.column, brought);
        }
        if let Some(parent) = parent {
            select.order_by_expr(parent, Direction::Asc);
        }
        if let Some((keyset, backward)) = &self.order {
            let value = keyset.key().map(|_| of_page(name(1)));
            keyset.order_by(&mut select, value, of_page(name(0)), *backward);
        }
        self.select = select;
        self
    }
}

/// PostgreSQL may not know how few rows refer: it looks one record up for each, and
/// never reads all of them to join.
fn join(
    select: &mut SelectStatement,
    frame: &Frame<'_>,
    refers: Expr,
    columns: &[usize],
    backend: DbBackend,
) -> Option<Projection> {
    let projection = Projection::new(frame, columns, None);
    if backend == DbBackend::Postgres {
        let mut rows = frame.rows()?;
        rows.and_where(refers).limit(1);
        projection.select(&mut rows);
        for number in 0..projection.expressions.len() {
            select.column((frame.table.clone(), name(number).into_iden()));
        }
        select.join_lateral(JoinType::LeftJoin, rows, frame.table.clone(), truth());
    } else {
        frame.join(select, refers)?;
        for expression in &projection.expressions {
            select.expr(expression.clone());
        }
    }
    Some(projection)
}

impl Frame<'_> {
    /// Whether all that is asked for is in memory: divisions that are open to the
    /// caller, all of them and in these columns.
    pub(crate) fn is_remembered(&self, columns: &[usize]) -> bool {
        let clear = |column: &usize| self.view.gates[*column] == Gate::Clear;
        self.kind == Kind::Division && matches!(self.rule(), Rule::All) && columns.iter().all(clear)
    }
}

impl<E: Resource> Rows<E> {
    /// The records that those rows brought along; nothing where they did not, or not
    /// with all the columns that are asked for.
    pub(crate) fn brought<R: Resource>(
        &self,
        by: &[Row<R>],
        column: R::Column,
    ) -> Option<HashMap<i64, Row<E>>> {
        let column = kind::index::<R>(column);
        let mut rows = HashMap::new();
        for row in by {
            let Some(cells) = row.brought(column)? else {
                continue;
            };
            let mut wanted = self.columns.iter();
            if !wanted.all(|column| cells.cell(*column).is_some()) {
                return None;
            }
            let id = cells.position.id;
            rows.entry(id).or_insert_with(|| cells.clone().into());
        }
        Some(rows)
    }
}
