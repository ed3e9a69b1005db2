//! Lists: which rows, in which order, and which page of them.

use std::cmp::Ordering;

use access::Kind;

use crate::{
    catalogue::{self, Many},
    filter::Filter,
    oracle::Way,
    query::{List, Order, Size, Window},
    sight::{Seen, Sight},
    value::{Record, Value},
};

/// The list is refused as a whole: its filter or its order uses a column that
/// the user may see on no row.
#[derive(Debug)]
pub(crate) struct Refused;

/// A page of a list.
pub(crate) struct Page<'a> {
    pub(crate) rows: Vec<&'a Record>,
    pub(crate) has_next: bool,
    pub(crate) has_previous: bool,
}

/// Records in a page where the query doesn't say.
const USUAL: usize = 20;

/// Where a row stands: by the value that it is ordered by, as far as the user
/// may see it, and then by its key.
type Position<'a> = (Option<&'a Value>, i64);

impl<'a> Sight<'a> {
    /// All rows of the list in their order; of those that refer to a parent, if
    /// there is one.
    pub(crate) fn list(
        &self,
        list: &List,
        also: Option<&Filter>,
        parent: Option<(&Many, i64)>,
    ) -> Result<Vec<&'a Record>, Refused> {
        let kind = list.kind;
        let no_link =
            parent.is_some_and(|(many, _)| self.oracle.is_refused(self.user, kind, many.link));
        // Where there is nothing at all, filter and order don't matter.
        if no_link || self.oracle.is_closed(self.user, kind, Way::Listed) {
            return Ok(Vec::new());
        }
        let filters: Vec<&Filter> = list.filter.iter().chain(also).collect();
        if list.asks_for_page() && self.may_not_order(kind, list.order)
            || filters
                .iter()
                .any(|filter| self.may_not_filter(kind, filter))
        {
            return Err(Refused);
        }
        let rows = self.world().rows(kind).iter();
        let listed = |row: &&Record| match parent {
            Some((many, key)) => self.refers(kind, row, many.link, key),
            None => self.sees(kind, row, Way::Listed),
        };
        let met = |row: &&Record| filters.iter().all(|filter| self.meets(kind, row, filter));
        let mut rows: Vec<&Record> = rows.filter(listed).filter(met).collect();
        rows.sort_by(|one, other| {
            let (one, other) = (self.position(list, one), self.position(list, other));
            compare(list.order, one, other)
        });
        Ok(rows)
    }

    /// The page that the window shows of a list's rows.
    pub(crate) fn page(&self, list: &List, mut rows: Vec<&'a Record>) -> Page<'a> {
        let Window {
            size,
            after,
            before,
        } = &list.window;
        let place = |row: i64| {
            let row = self.world().row(list.kind, row);
            self.position(list, row.expect("a row that had a cursor"))
        };
        let behind = |row: &Record, than: i64| {
            let position = self.position(list, row);
            compare(list.order, position, place(than))
        };
        if let Some(after) = after {
            rows.retain(|row| behind(row, after.row) == Ordering::Greater);
        }
        if let Some(before) = before {
            rows.retain(|row| behind(row, before.row) == Ordering::Less);
        }
        let (size, backward) = match size {
            Size::First(size) => (*size, false),
            Size::Last(size) => (*size, true),
            Size::Usual => (USUAL, false),
        };
        let more = rows.len() > size;
        if backward {
            rows.drain(..rows.len().saturating_sub(size));
        } else {
            rows.truncate(size);
        }
        Page {
            rows,
            has_next: before.is_some() || !backward && more,
            has_previous: after.is_some() || backward && more,
        }
    }

    fn may_not_order(&self, kind: Kind, order: Option<Order>) -> bool {
        let column = order.and_then(|order| order.column);
        column.is_some_and(|column| self.oracle.is_refused(self.user, kind, column))
    }

    fn position<'r>(&self, list: &List, row: &'r Record) -> Position<'r> {
        let official = catalogue::of(list.kind).official;
        let column = list.order.and_then(|order| order.column).or(official);
        let value = column.and_then(|column| match self.value(list.kind, row, column) {
            Seen::Clear(value) => value,
            Seen::Refused | Seen::Masked(_) => {
                self.notes.borrow_mut().hidden = true;
                None
            }
        });
        (value, row.id)
    }
}

/// From the least to the greatest, absent values last; descending is exactly the
/// opposite.
fn compare(order: Option<Order>, one: Position<'_>, other: Position<'_>) -> Ordering {
    let key = |position: Position<'_>| (position.0.is_none(), position.0.cloned(), position.1);
    let rising = key(one).cmp(&key(other));
    match order {
        Some(order) if order.descending => rising.reverse(),
        _ => rising,
    }
}
