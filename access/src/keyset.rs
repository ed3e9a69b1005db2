//! Paging by key: a page starts behind a row, not at a number of rows, so that
//! rows written meanwhile neither repeat nor hide one.

use sea_orm::{
    IdenStatic,
    sea_query::{Expr, ExprTrait, NullOrdering, Order as Direction, SelectStatement},
};

use crate::{
    datum::Datum,
    error::AccessError,
    frame::Frame,
    gate::Gate,
    kind::{self, Resource, Shape},
    seal::Position,
};

/// The order of a list: by a column and then the key, or the official order: by
/// division, where the kind has one that the caller may read, and then the key.
#[derive(Clone, Copy, Debug)]
pub struct Order<C> {
    /// The column; none for the official order.
    pub column: Option<C>,
    /// From the greatest to the least.
    pub descending: bool,
}

impl<C> Default for Order<C> {
    fn default() -> Order<C> {
        Order {
            column: None,
            descending: false,
        }
    }
}

/// Which page of a list: the first `size` rows behind `after`, or the last
/// `size` rows before `before`.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// The most rows that the page may hold.
    pub size: u64,
    /// From the end of the list, rather than its start.
    pub backward: bool,
    /// Cursor of the row that the page comes behind.
    pub after: Option<String>,
    /// Cursor of the row that the page comes before.
    pub before: Option<String>,
}

/// How many rows statements fetch: few numbers, since each makes a text, and so a plan,
/// of its own.
const FETCHED: [u64; 8] = [1, 2, 6, 11, 21, 51, 101, 201];

impl Window {
    /// How many rows a statement fetches: at least one more than the page may hold, which
    /// tells whether there are more.
    pub(crate) fn most(&self) -> u64 {
        let mut enough = FETCHED.iter().filter(|most| **most > self.size);
        enough.next().copied().unwrap_or(self.size + 1)
    }
}

/// The order of one statement, resolved against what the caller may see.
pub(crate) struct Keyset {
    key: Option<Key>,
    descending: bool,
}

pub(crate) struct Key {
    pub(crate) value: Expr,
    pub(crate) shape: Shape,
    nullable: bool,
}

impl Keyset {
    pub(crate) fn resolve<E: Resource>(
        frame: &Frame<'_>,
        order: &Order<E::Column>,
    ) -> Result<Keyset, AccessError> {
        let table = frame.kind.table();
        let official = frame.kind.division().and_then(|name| table.index(name));
        let column = order.column.map(kind::index::<E>).or(official);
        // The key alone orders as well, and stands for itself below.
        let column = column.filter(|column| *column != 0);
        if let Some(sealed) = column.filter(|column| table.columns[*column].shape == Shape::Sealed)
        {
            return Err(AccessError::InvalidInput(format!(
                "{} is in no order",
                table.full_name(sealed)
            )));
        }
        let key = column.and_then(|column| {
            Some(Key {
                value: frame.clear(column)?,
                shape: table.columns[column].shape,
                nullable: table.columns[column].nullable
                    || matches!(frame.view.gates[column], Gate::PerRow(_)),
            })
        });
        if let (None, Some(column), Some(_)) = (&key, order.column, column) {
            return Err(AccessError::Forbidden(format!(
                "you may not order by {}.{}: it is not open to you on any row",
                frame.kind.name(),
                column.as_str(),
            )));
        }
        Ok(Keyset {
            key,
            descending: order.descending,
        })
    }

    pub(crate) fn key(&self) -> Option<&Key> {
        self.key.as_ref()
    }

    /// Whether keys rise or fall in this order, `backward` from the end.
    pub(crate) fn direction(&self, backward: bool) -> Direction {
        if self.descending == backward {
            Direction::Asc
        } else {
            Direction::Desc
        }
    }

    /// Puts the statement's rows in order, `backward` from the end.
    pub(crate) fn order(&self, select: &mut SelectStatement, id: Expr, backward: bool) {
        let key = self.key.as_ref().map(|key| key.value.clone());
        self.order_by(select, key, id, backward);
    }

    /// The same for a statement that knows the values under other names.
    pub(crate) fn order_by(
        &self,
        select: &mut SelectStatement,
        value: Option<Expr>,
        id: Expr,
        backward: bool,
    ) {
        let direction = self.direction(backward);
        let nulls = match direction {
            Direction::Desc => NullOrdering::First,
            _ => NullOrdering::Last,
        };
        if let (Some(key), Some(value)) = (&self.key, value) {
            if key.nullable {
                select.order_by_expr_with_nulls(value, direction.clone(), nulls);
            } else {
                select.order_by_expr(value, direction.clone());
            }
        }
        select.order_by_expr(id, direction);
    }

    /// The rows behind a position (before it, if `before`).
    pub(crate) fn beyond(&self, position: Position, id: Expr, before: bool) -> Expr {
        let falling = self.descending != before;
        let Some(key) = &self.key else {
            return compare(id, position.id.into(), falling);
        };
        let null = || key.value.clone().is_null();
        match position.key {
            Some(value) => {
                let behind = key.behind(value, position.id, id, falling);
                // NULLs come last in rising order.
                if key.nullable && !falling {
                    behind.or(null())
                } else {
                    behind
                }
            }
            None => {
                let among_nulls = null().and(compare(id, position.id.into(), falling));
                if falling {
                    among_nulls.or(null().not())
                } else {
                    among_nulls
                }
            }
        }
    }
}

impl Key {
    /// The comparison of rows bounds the index scan on PostgreSQL; SQLite needs
    /// the bound on the first column said again.
    fn behind(&self, value: Datum, at: i64, id: Expr, falling: bool) -> Expr {
        let here = Expr::tuple([self.value.clone(), id]);
        let there = Expr::tuple([value.clone().into(), Expr::val(at)]);
        let bound = Expr::from(value);
        if falling {
            here.lt(there).and(self.value.clone().lte(bound))
        } else {
            here.gt(there).and(self.value.clone().gte(bound))
        }
    }
}

fn compare(value: Expr, with: Expr, falling: bool) -> Expr {
    if falling {
        value.lt(with)
    } else {
        value.gt(with)
    }
}
