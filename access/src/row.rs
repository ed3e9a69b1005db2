//! A row as the caller may see it: each column in clear or refused.

use std::marker::PhantomData;

use sea_orm::{
    IdenStatic, QueryResult,
    sea_query::{CaseStatement, Expr, SelectStatement},
};

use crate::{
    arm::Decision,
    cover::{Rule, rule},
    datum::{Datum, FromDatum, Term},
    error::AccessError,
    frame::Frame,
    gate::Gate,
    keyset::Key,
    kind::{self, Resource, Shape},
    seal::Position,
};

/// A row of `E` with the columns that were asked for.
pub struct Row<E> {
    position: Position,
    cells: Vec<(usize, Cell)>,
    entity: PhantomData<fn() -> E>,
}

/// A column's value on a row, as far as the caller may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Clear(Option<Datum>),
    Refused,
}

impl<E: Resource> Row<E> {
    /// The row's key.
    pub fn id(&self) -> i64 {
        self.position.id
    }

    /// A column's value.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if it is refused on this row,
    /// [`AccessError::Internal`] if the column was not asked for or is of another type.
    pub fn get<T: FromDatum>(&self, column: E::Column) -> Result<Option<T>, AccessError> {
        match self.datum(column)? {
            None => Ok(None),
            Some(datum) => match T::from_datum(datum) {
                Some(value) => Ok(Some(value)),
                None => Err(unexpected(column)),
            },
        }
    }

    /// A column's value as a term of its vocabulary.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn term<T: Term>(&self, column: E::Column) -> Result<Option<T>, AccessError> {
        match self.datum(column)? {
            None => Ok(None),
            Some(Datum::Text(text)) => Ok(Some(T::try_from_value(text)?)),
            Some(_) => Err(unexpected(column)),
        }
    }

    fn datum(&self, column: E::Column) -> Result<Option<&Datum>, AccessError> {
        let index = kind::index::<E>(column);
        match self.cells.iter().find(|(known, _)| *known == index) {
            Some((_, Cell::Clear(datum))) => Ok(datum.as_ref()),
            Some((_, Cell::Refused)) => Err(AccessError::Forbidden(format!(
                "you may not read {}.{} of this record",
                E::KIND.name(),
                column.as_str()
            ))),
            None => Err(AccessError::internal(format!(
                "the column {} was not asked for",
                column.as_str()
            ))),
        }
    }

    pub(crate) fn position(&self) -> &Position {
        &self.position
    }
}

/// The value stays out of the cause, which is logged: it may be somebody's name.
fn unexpected<C: IdenStatic>(column: C) -> AccessError {
    AccessError::internal(format!(
        "the column {} holds a value of another shape",
        column.as_str()
    ))
}

/// The columns that a statement fetches, and how a result becomes a row.
///
/// In order: the key, the order's value, one flag for each set of rows on which
/// some column is clear, and the columns. What a row's caller may not see is
/// NULL already when it leaves the database.
pub(crate) struct Projection {
    key: Option<Shape>,
    flags: usize,
    columns: Vec<Projected>,
    pub(crate) expressions: Vec<Expr>,
}

struct Projected {
    index: usize,
    shape: Shape,
    source: Source,
}

enum Source {
    Clear,
    Refused,
    Flagged(usize),
}

impl Projection {
    pub(crate) fn new(frame: &Frame<'_>, wanted: &[usize], key: Option<&Key>) -> Projection {
        let mut expressions = vec![frame.raw(0)];
        expressions.extend(key.map(|key| key.value.clone()));
        let mut decisions: Vec<&Decision> = Vec::new();
        let mut columns = Vec::with_capacity(wanted.len());
        let mut values = Vec::with_capacity(wanted.len());
        for &index in wanted {
            let source = match &frame.view.gates[index] {
                Gate::Clear => {
                    values.push(frame.raw(index));
                    Source::Clear
                }
                Gate::Refused => Source::Refused,
                Gate::PerRow(decision) => match frame.clear(index) {
                    Some(value) => {
                        values.push(value);
                        let known = decisions.iter().position(|known| *known == decision);
                        Source::Flagged(known.unwrap_or_else(|| {
                            decisions.push(decision);
                            decisions.len() - 1
                        }))
                    }
                    // Denied wherever it is allowed.
                    None => Source::Refused,
                },
            };
            let shape = frame.kind.table().columns[index].shape;
            columns.push(Projected {
                index,
                shape,
                source,
            });
        }
        let flags = decisions.len();
        expressions.extend(decisions.iter().map(|decision| flag(frame, decision)));
        expressions.extend(values);
        Projection {
            key: key.map(|key| key.shape),
            flags,
            columns,
            expressions,
        }
    }

    /// Asks for the columns under the names c0, c1, …
    pub(crate) fn select(&self, select: &mut SelectStatement) {
        for (number, expression) in self.expressions.iter().enumerate() {
            select.expr_as(expression.clone(), name(number));
        }
    }

    pub(crate) fn read<E: Resource>(
        &self,
        result: &QueryResult,
        start: usize,
    ) -> Result<Row<E>, AccessError> {
        let id = result.try_get_by_index(start)?;
        let mut next = start + 1;
        let mut key = None;
        if let Some(shape) = self.key {
            key = Datum::read(result, next, shape)?;
            next += 1;
        }
        let flags = next;
        next += self.flags;
        let mut cells = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let clear = match column.source {
                Source::Clear => true,
                Source::Refused => {
                    cells.push((column.index, Cell::Refused));
                    continue;
                }
                Source::Flagged(flag) => result.try_get_by_index::<i32>(flags + flag)? == 1,
            };
            let datum = Datum::read(result, next, column.shape)?;
            next += 1;
            let cell = if clear {
                Cell::Clear(datum)
            } else {
                Cell::Refused
            };
            cells.push((column.index, cell));
        }
        Ok(Row {
            position: Position { key, id },
            cells,
            entity: PhantomData,
        })
    }
}

/// The name of the projection's n-th column.
pub(crate) fn name(number: usize) -> String {
    format!("c{number}")
}

fn flag(frame: &Frame<'_>, decision: &Decision) -> Expr {
    let number = |value: i32| Expr::cust(value.to_string());
    match rule(frame.kind, &frame.table, decision) {
        Rule::All => number(1),
        Rule::None => number(0),
        Rule::Where(clear) => CaseStatement::new()
            .case(clear, number(1))
            .finally(number(0))
            .into(),
    }
}

/// Rows of a kind whose every wanted column is clear on every row, made of
/// values that are in memory.
pub(crate) fn remembered<E: Resource>(
    id: i64,
    wanted: &[usize],
    values: &[Option<Datum>],
) -> Row<E> {
    let cells = wanted
        .iter()
        .map(|&index| (index, Cell::Clear(values.get(index).cloned().flatten())))
        .collect();
    Row {
        position: Position { key: None, id },
        cells,
        entity: PhantomData,
    }
}
