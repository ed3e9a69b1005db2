//! What a statement fetches, and how its results become rows.

use sea_orm::{
    QueryResult,
    sea_query::{CaseStatement, Expr, SelectStatement},
};

use crate::{
    arm::Decision,
    cover::{Rule, rule},
    datum::Datum,
    error::AccessError,
    frame::Frame,
    gate::Gate,
    keyset::Key,
    kind::Shape,
    row::{Cell, Cells},
    seal::Position,
};

/// The columns that a statement fetches, and how a result becomes a row.
///
/// In order: the key, the order's value, one flag for each set of rows on which
/// some column is clear, the columns, and the same again for each of the records
/// that the row brings along. What a row's caller may not see is NULL already when
/// it leaves the database.
pub(crate) struct Projection {
    key: Option<Shape>,
    flags: usize,
    columns: Vec<Projected>,
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
            brought: Vec::new(),
        }
    }

    /// Which of the expressions is a column's; none where it is refused on every row.
    pub(crate) fn place(&self, column: usize) -> Option<usize> {
        let fetched = self.columns.iter();
        let mut fetched = fetched.filter(|column| !matches!(column.source, Source::Refused));
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
    pub(crate) fn read(&self, result: &QueryResult, start: usize) -> Result<Cells, AccessError> {
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
            let clear = match column.source {
                Source::Clear => true,
                Source::Refused => {
                    values.push((column.index, Cell::Refused));
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
            values.push((column.index, cell));
        }
        Ok(Cells {
            position: Position { key, id },
            values,
            brought: self.read_brought(result, next)?,
        })
    }

    fn read_brought(
        &self,
        result: &QueryResult,
        mut start: usize,
    ) -> Result<Vec<(usize, Option<Cells>)>, AccessError> {
        let mut records = Vec::with_capacity(self.brought.len());
        for Brought { column, projection } in &self.brought {
            let mut record = None;
            if let Some(projection) = projection {
                if result.try_get_by_index::<Option<i64>>(start)?.is_some() {
                    record = Some(projection.read(result, start)?);
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
