//! What a statement fetches, and how its results become rows.

use sea_orm::{
    QueryResult,
    sea_query::{Expr, SelectStatement},
};

use crate::{
    caller::Caller,
    datum::Datum,
    disclosure::Notes,
    error::AccessError,
    frame::Frame,
    gate::Gate,
    keyset::Key,
    kind::{Kind, Shape, TableColumn},
    personal::Spot,
    row::{Cell, Cells},
    seal::Position,
    treatment::{Treated, Treatment},
};

/// The columns that a statement fetches, and how a result becomes a row.
///
/// In order: the key, the order's value, one flag for each way in which some column's
/// treatment depends on the row, the columns, and the same again for each of the records
/// that the row brings along. What a row's caller may not see is NULL already when
/// it leaves the database.
pub(crate) struct Projection {
    kind: Kind,
    key: Option<Shape>,
    flags: usize,
    columns: Vec<Projected>,
    /// Whether what would be masked is shown in clear.
    reveals: bool,
    pub(crate) expressions: Vec<Expr>,
    brought: Vec<Brought>,
}

/// A record that the row's column refers to.
struct Brought {
    column: usize,
    /// Nothing where no such record is the caller's to open.
    projection: Option<Projection>,
}

struct Projected {
    index: usize,
    source: Source,
}

enum Source {
    Alike(Treatment),
    Flagged(usize),
}

impl Projection {
    pub(crate) fn new(frame: &Frame<'_>, wanted: &[usize], key: Option<&Key>) -> Projection {
        Projection::by_masks(frame, wanted, key, &frame.view.masks)
    }

    /// With what may be revealed in clear.
    pub(crate) fn revealing(frame: &Frame<'_>, wanted: &[usize]) -> Projection {
        let projection = Projection::by_masks(frame, wanted, None, &frame.view.reveals);
        Projection {
            reveals: true,
            ..projection
        }
    }

    fn by_masks(
        frame: &Frame<'_>,
        wanted: &[usize],
        key: Option<&Key>,
        masks: &[Gate],
    ) -> Projection {
        let mut expressions = vec![frame.raw(0)];
        expressions.extend(key.map(|key| key.value.clone()));
        let mut known: Vec<(&Gate, &Gate)> = Vec::new();
        let mut flags = Vec::new();
        let mut columns = Vec::with_capacity(wanted.len());
        let mut values = Vec::with_capacity(wanted.len());
        for &index in wanted {
            let source = match frame.treated(index, &masks[index]) {
                Treated::Alike(treatment) => {
                    if treatment != Treatment::Refused {
                        values.push(frame.raw(index));
                    }
                    Source::Alike(treatment)
                }
                Treated::PerRow { flag, value } => {
                    values.push(*value);
                    let gates = (&frame.view.gates[index], &masks[index]);
                    let place = known.iter().position(|other| *other == gates);
                    Source::Flagged(place.unwrap_or_else(|| {
                        known.push(gates);
                        flags.push(*flag);
                        flags.len() - 1
                    }))
                }
            };
            columns.push(Projected { index, source });
        }
        let count = flags.len();
        expressions.extend(flags);
        expressions.extend(values);
        Projection {
            kind: frame.kind,
            key: key.map(|key| key.shape),
            flags: count,
            reveals: false,
            columns,
            expressions,
            brought: Vec::new(),
        }
    }

    /// Which of the expressions is a column's; none where it is refused on every row.
    pub(crate) fn place(&self, column: usize) -> Option<usize> {
        let fetched = self.columns.iter();
        let refused =
            |column: &Projected| matches!(column.source, Source::Alike(Treatment::Refused));
        let mut fetched = fetched.filter(|column| !refused(column));
        let place = fetched.position(|fetched| fetched.index == column)?;
        Some(1 + usize::from(self.key.is_some()) + self.flags + place)
    }

    /// With what a column refers to, fetched behind all that is fetched so far.
    pub(crate) fn bring(&mut self, column: usize, projection: Option<Projection>) {
        self.brought.push(Brought { column, projection });
    }

    /// Asks for the columns under the names c0, c1, …
    pub(crate) fn select(&self, select: &mut SelectStatement) {
        for (number, expression) in self.expressions.iter().enumerate() {
            select.expr_as(expression.clone(), name(number));
        }
    }

    /// A row from a result's columns, from this one on.
    pub(crate) fn read(
        &self,
        result: &QueryResult,
        start: usize,
        caller: &Caller,
    ) -> Result<Cells, AccessError> {
        let id = result.try_get_by_index(start)?;
        let mut next = start + 1;
        let mut key = None;
        if let Some(shape) = self.key {
            key = Datum::read(result, next, shape)?;
            next += 1;
        }
        let flags = next;
        next += self.flags;
        let mut values = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            if let Source::Alike(Treatment::Refused) = column.source {
                values.push((column.index, Cell::Refused));
                continue;
            }
            let treatment = match column.source {
                Source::Alike(treatment) => treatment,
                Source::Flagged(flag) => Treatment::of_flag(result.try_get_by_index(flags + flag)?),
            };
            let datum = self.datum(result, next, (column.index, id), caller)?;
            next += 1;
            let cell = self.cell((column.index, id), treatment, datum, caller.notes());
            values.push((column.index, cell));
        }
        Ok(Cells {
            position: Position { key, id },
            values,
            brought: self.read_brought(result, next, caller)?,
        })
    }

    fn datum(
        &self,
        result: &QueryResult,
        place: usize,
        (column, record): (usize, i64),
        caller: &Caller,
    ) -> Result<Option<Datum>, AccessError> {
        let table = self.kind.table();
        let shape = table.columns[column].shape;
        if shape != Shape::Sealed {
            return Datum::read(result, place, shape);
        }
        let sealed: Option<Vec<u8>> = result.try_get_by_index(place)?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let spot = Spot {
            column: &table.full_name(column),
            record,
        };
        Ok(Some(Datum::Text(caller.keys().open(spot, &sealed)?)))
    }

    fn cell(
        &self,
        (column, record): (usize, i64),
        treatment: Treatment,
        datum: Option<Datum>,
        notes: &Notes,
    ) -> Cell {
        let TableColumn { shape, mask, .. } = &self.kind.table().columns[column];
        match (treatment, mask, datum) {
            // A reveal is written down by itself.
            (Treatment::Clear | Treatment::Masked, _, datum) if self.reveals => Cell::Clear(datum),
            (Treatment::Clear, _, Some(datum)) if *shape == Shape::Sealed => {
                Cell::Sealed(notes.disclosure((self.kind, record, column), datum))
            }
            (Treatment::Clear, _, datum) => Cell::Clear(datum),
            (Treatment::Masked, Some(_), None) => Cell::Masked(None),
            (Treatment::Masked, Some(mask), Some(Datum::Text(text))) => {
                Cell::Masked(Some(mask.apply(&text)))
            }
            _ => Cell::Refused,
        }
    }

    fn read_brought(
        &self,
        result: &QueryResult,
        mut start: usize,
        caller: &Caller,
    ) -> Result<Vec<(usize, Option<Cells>)>, AccessError> {
        let mut records = Vec::with_capacity(self.brought.len());
        for Brought { column, projection } in &self.brought {
            let mut record = None;
            if let Some(projection) = projection {
                if result.try_get_by_index::<Option<i64>>(start)?.is_some() {
                    record = Some(projection.read(result, start, caller)?);
                }
                start += projection.expressions.len();
            }
            records.push((*column, record));
        }
        Ok(records)
    }
}

/// The name of the projection's n-th column.
pub(crate) fn name(number: usize) -> String {
    format!("c{number}")
}
