//! Filters in three-valued logic: a value that is absent, or not clear on the
//! row, meets neither a condition nor its opposite.

use access::Kind;

use crate::{
    filter::{Comparison, Condition, Filter},
    oracle::Way,
    reach,
    sight::{Seen, Sight},
    value::{Record, Value},
};

/// True, false or unknown.
type Truth = Option<bool>;

impl Sight<'_> {
    /// Whether the row, which the user may see, surely meets the filter.
    pub(crate) fn meets(&self, kind: Kind, row: &Record, filter: &Filter) -> bool {
        self.truth(kind, row, filter) == Some(true)
    }

    /// Whether the filter uses a column that the policy refuses on every row.
    /// What stands under a kind of which there is nothing is not looked at.
    pub(crate) fn may_not_filter(&self, kind: Kind, filter: &Filter) -> bool {
        let refused = |kind, column| self.oracle.is_refused(self.user, kind, column);
        let closed = |kind, way| self.oracle.is_closed(self.user, kind, way);
        filter.0.iter().any(|condition| match condition {
            Condition::And(filters) | Condition::Or(filters) => filters
                .iter()
                .any(|filter| self.may_not_filter(kind, filter)),
            Condition::Not(filter) => self.may_not_filter(kind, filter),
            Condition::Id(..) => false,
            Condition::Value(test, _) => refused(kind, test.column),
            Condition::One(one, filter) => {
                let within =
                    !closed(one.kind, Way::Opened) && self.may_not_filter(one.kind, filter);
                within || refused(kind, one.column)
            }
            Condition::Many(many, some, none) => {
                let mut filters = some.iter().chain(none);
                !closed(many.kind, Way::Listed)
                    && (refused(many.kind, many.link)
                        || filters.any(|filter| self.may_not_filter(many.kind, filter)))
            }
        })
    }

    fn truth(&self, kind: Kind, row: &Record, filter: &Filter) -> Truth {
        all(filter
            .0
            .iter()
            .map(|condition| self.condition(kind, row, condition)))
    }

    fn condition(&self, kind: Kind, row: &Record, condition: &Condition) -> Truth {
        match condition {
            Condition::And(filters) => all(filters.iter().map(|f| self.truth(kind, row, f))),
            Condition::Or(filters) => any(filters.iter().map(|f| self.truth(kind, row, f))),
            Condition::Not(filter) => not(self.truth(kind, row, filter)),
            Condition::Id(_, comparison) => self.compare(comparison, row.get("id")),
            Condition::Value(test, comparisons) => {
                let Seen::Clear(value) = self.value(kind, row, test.column) else {
                    self.notes.borrow_mut().hidden = true;
                    return None;
                };
                all(comparisons.iter().map(|c| self.compare(c, value)))
            }
            // The record that an absent key refers to is surely none; of a key
            // that is not clear nothing is known.
            Condition::One(one, filter) => match self.value(kind, row, one.column) {
                Seen::Refused | Seen::Masked(_) => {
                    self.notes.borrow_mut().hidden = true;
                    None
                }
                Seen::Clear(None) => Some(false),
                Seen::Clear(Some(key)) => {
                    let mut rows = self.world().rows(one.kind).iter();
                    Some(rows.any(|other| {
                        Value::Integer(other.id) == *key
                            && self.sees(one.kind, other, Way::Opened)
                            && self.meets(one.kind, other, filter)
                    }))
                }
            },
            Condition::Many(many, some, none) => {
                let exists = |filter: &Filter| {
                    let mut rows = self.world().rows(many.kind).iter();
                    rows.any(|other| {
                        self.refers(many.kind, other, many.link, row.id)
                            && self.meets(many.kind, other, filter)
                    })
                };
                let some = some.iter().map(|filter| Some(exists(filter)));
                let none = none.iter().map(|filter| Some(!exists(filter)));
                all(some.chain(none))
            }
        }
    }

    /// Whether the user may list the row and see that it refers to this key.
    pub(crate) fn refers(&self, kind: Kind, row: &Record, link: &'static str, to: i64) -> bool {
        row.key(link) == Some(to)
            && self.sees(kind, row, Way::Listed)
            && matches!(self.value(kind, row, link), Seen::Clear(_))
    }

    fn compare(&self, comparison: &Comparison, value: Option<&Value>) -> Truth {
        if let Comparison::IsNull(yes) = comparison {
            return Some(value.is_none() == *yes);
        }
        let value = value?;
        let text = || match value {
            Value::Text(text) => text.as_str(),
            other => panic!("{other:?} is no text"),
        };
        Some(match comparison {
            Comparison::Equals(other) => value == other,
            Comparison::In(others) => others.contains(value),
            Comparison::Less(other) => value < other,
            Comparison::AtMost(other) => value <= other,
            Comparison::Greater(other) => value > other,
            Comparison::AtLeast(other) => value >= other,
            Comparison::Contains(part) => text().contains(part.as_str()),
            Comparison::StartsWith(start) => text().starts_with(start.as_str()),
            Comparison::IsNull(_) => unreachable!("looked at above"),
            Comparison::Within(root, _) => {
                let Value::Integer(division) = value else {
                    panic!("{value:?} is no division");
                };
                reach::is_part(&self.world().tables, Some(*division), *root)
            }
        })
    }
}

fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.collect();
    if truths.contains(&Some(false)) {
        return Some(false);
    }
    let unknown = truths.contains(&None);
    (!unknown).then_some(true)
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    not(all(truths.map(not)))
}

fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}
