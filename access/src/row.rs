//! A row as the caller may see it: each column in clear, masked or refused.

use std::marker::PhantomData;

use sea_orm::IdenStatic;

use crate::{
    datum::{Datum, FromDatum, Term},
    disclosure::Disclosure,
    error::AccessError,
    kind::{self, Resource},
    seal::Position,
};

/// A row of `E` with the columns that were asked for.
pub struct Row<E> {
    cells: Cells,
    entity: PhantomData<fn() -> E>,
}

/// A row of whatever kind.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    pub(crate) position: Position,
    pub(crate) values: Vec<(usize, Cell)>,
    /// The rows that columns refer to, as far as they were read with this one: none
    /// where the column is empty or what it refers to is not the caller's to open.
    pub(crate) brought: Vec<(usize, Option<Cells>)>,
}

/// A column's value on a row, as far as the caller may know it.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Clear(Option<Datum>),
    /// The same of what is sealed.
    Sealed(Disclosure),
    Masked(Option<String>),
    Refused,
}

impl Cells {
    pub(crate) fn cell(&self, column: usize) -> Option<&Cell> {
        let mut values = self.values.iter();
        values.find_map(|(known, cell)| (*known == column).then_some(cell))
    }
}

impl<E: Resource> From<Cells> for Row<E> {
    fn from(cells: Cells) -> Row<E> {
        Row {
            cells,
            entity: PhantomData,
        }
    }
}

impl<E: Resource> Row<E> {
    /// The row's key.
    pub fn id(&self) -> i64 {
        self.cells.position.id
    }

    /// A column's value.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if it is refused on this row,
    /// [`AccessError::Internal`] if the column was not asked for or is of another type:
    /// a value that may be masked is a [`Personal`](crate::Personal).
    pub fn get<T: FromDatum>(&self, column: E::Column) -> Result<Option<T>, AccessError> {
        let value = match self.cell(column)? {
            Cell::Clear(None) | Cell::Masked(None) => return Ok(None),
            Cell::Clear(Some(datum)) => T::from_datum(datum),
            Cell::Sealed(disclosure) => T::from_datum(disclosure.tell()),
            Cell::Masked(Some(text)) => T::from_mask(text),
            Cell::Refused => None,
        };
        value.map(Some).ok_or_else(|| unexpected(column))
    }

    /// A column's value as a term of its vocabulary.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub fn term<T: Term>(&self, column: E::Column) -> Result<Option<T>, AccessError> {
        match self.cell(column)? {
            Cell::Clear(None) => Ok(None),
            Cell::Clear(Some(Datum::Text(text))) => Ok(Some(T::try_from_value(text)?)),
            _ => Err(unexpected(column)),
        }
    }

    /// Whether a column may be read at all.
    pub(crate) fn is_readable(&self, column: E::Column) -> Result<(), AccessError> {
        self.cell(column).map(drop)
    }

    /// What may be known of a column, which is not refused.
    fn cell(&self, column: E::Column) -> Result<&Cell, AccessError> {
        let index = kind::index::<E>(column);
        match self.cells.cell(index) {
            Some(cell @ (Cell::Clear(_) | Cell::Sealed(_) | Cell::Masked(_))) => Ok(cell),
            Some(Cell::Refused) => Err(AccessError::Forbidden(format!(
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
        &self.cells.position
    }

    /// What was read with the row of the one that a column refers to, if it was.
    pub(crate) fn brought(&self, column: usize) -> Option<Option<&Cells>> {
        let mut brought = self.cells.brought.iter();
        brought.find_map(|(known, cells)| (*known == column).then_some(cells.as_ref()))
    }
}

/// The value stays out of the cause, which is logged: it may be somebody's name.
fn unexpected<C: IdenStatic>(column: C) -> AccessError {
    AccessError::internal(format!(
        "the column {} holds a value of another shape",
        column.as_str()
    ))
}

/// A row whose every wanted column is clear, made of values that are in memory.
pub(crate) fn remembered<E: Resource>(
    id: i64,
    wanted: &[usize],
    values: &[Option<Datum>],
) -> Row<E> {
    let values = wanted
        .iter()
        .map(|&index| (index, Cell::Clear(values.get(index).cloned().flatten())));
    Row::from(Cells {
        position: Position { key: None, id },
        values: values.collect(),
        brought: Vec::new(),
    })
}
