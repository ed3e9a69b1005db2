//! Counts that triggers keep, at every level of divisions: a nation's is one row, and
//! nobody has to count millions of records for it. What has not been folded into them
//! yet is added in the same statement, so that they are exact at any moment.

use std::cmp::max;

use entity::term::DivisionLevel;
use sea_orm::sea_query::{
    DynIden, Expr, ExprTrait, Func, IntoIden, Query, SelectStatement, UnionType,
};

use crate::{
    arm::{Arm, Decision, Interval},
    cover::{Rule, rule},
    kind::Kind,
};

/// The columns by whose values a kind's records are counted; none where nothing is kept.
pub(crate) const fn dimensions(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Facility => &["facility_type"],
        Kind::StaffMember => &["title", "education", "key_post"],
        Kind::Enrollment => &["status"],
        _ => &[],
    }
}

/// The columns that say where a kind's counted records are.
pub(crate) const fn places(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Enrollment => &["division_id"],
        _ => &["administered_by", "located_in"],
    }
}

/// A digit that tells a division's level, from the nation's 0 to a township's 4.
pub(crate) type Digit = i64;

/// The digit of a division's level, with which its key ends.
const fn digit(key: i64) -> Digit {
    key % 10
}

/// The digit of a township, which nothing lies under.
const LAST: Digit = 4;

/// How many keys the subtree of a division takes.
const fn width(digit: Digit) -> i64 {
    match digit {
        0 => 10_000_000_000_000,
        1 => 100_000_000_000,
        2 => 1_000_000_000,
        3 => 10_000_000,
        _ => 10_000,
    }
}

/// The node of this level that a division is or lies under; a division above that level
/// stands for itself.
pub(crate) const fn node(key: i64, level: Digit) -> i64 {
    if level == LAST || digit(key) <= level {
        key
    } else {
        key / width(level) * width(level) + level
    }
}

/// The same in SQL, of a column.
pub(crate) fn node_of(column: &str, level: Digit) -> String {
    if level == LAST {
        return column.to_owned();
    }
    let width = width(level);
    format!(
        "CASE WHEN {column} % 10 <= {level} THEN {column}
            ELSE {column} / {width} * {width} + {level} END"
    )
}

impl Interval {
    /// The level of the division whose subtree it is, as its key says; nothing if it is
    /// not one division's by its code.
    pub(crate) fn level(&self) -> Option<Digit> {
        let level = digit(self.first);
        let is_whole = self.first - level + width(level) - 1 == self.last;
        (level <= LAST && is_whole).then_some(level)
    }

    /// Whether it holds all keys that begin with a province's two digits, and no others.
    pub(crate) fn is_province(&self) -> bool {
        self.level() == Some(DivisionLevel::Province.digit())
    }
}

/// The level of whose counts a decision's are made up; nothing if it depends on more than
/// divisions.
pub(crate) fn level_of(decision: &Decision) -> Option<Digit> {
    let arms = decision.allow.iter().chain(&decision.deny);
    arms.map(|arm| match arm {
        Arm::Everything => Some(0),
        Arm::Subtree(interval) | Arm::Located(interval) => interval.level(),
        _ => None,
    })
    .try_fold(0, |deepest, level| level.map(|level| max(level, deepest)))
}

/// What is counted of a kind: by one of its dimensions, at one level, of the rows that a
/// decision covers.
pub(crate) struct Tally<'a> {
    pub(crate) kind: Kind,
    pub(crate) dimension: &'static str,
    pub(crate) level: Digit,
    pub(crate) decision: &'a Decision,
}

/// How many.
pub(crate) const COUNT: &str = "count";
/// The dimension's value.
pub(crate) const VALUE: &str = "value";

impl Tally<'_> {
    /// The counts, folded or not, with what `columns` names; nothing where the decision
    /// covers no row.
    pub(crate) fn counts(&self, columns: &[&'static str]) -> Option<SelectStatement> {
        let table = self.kind.table().name;
        let mut folded = self.part(format!("{table}_tally"), "folded", columns)?;
        folded.and_where(Expr::col(("folded", "level")).eq(Expr::cust(self.level.to_string())));
        let appended = self.part(format!("{table}_delta"), "appended", columns)?;
        folded.union(UnionType::All, appended);
        Some(folded)
    }

    fn part(
        &self,
        table: String,
        alias: &'static str,
        columns: &[&'static str],
    ) -> Option<SelectStatement> {
        let name: DynIden = alias.into_iden();
        let mut part = Query::select();
        part.from_as(table, name.clone());
        for column in columns {
            part.column((name.clone(), *column));
        }
        let dimension = Expr::cust(format!("'{}'", self.dimension));
        part.and_where(Expr::col((name.clone(), "dimension")).eq(dimension));
        match rule(self.kind, &name, self.decision) {
            Rule::None => return None,
            Rule::All => {}
            Rule::Where(rule) => {
                part.and_where(rule);
            }
        }
        Some(part)
    }
}

/// The sum of counts; 0 where there are none.
pub(crate) fn sum() -> Expr {
    let sum = Func::sum(Expr::col(COUNT));
    Expr::from(Func::coalesce([sum.into(), Expr::cust("0")])).cast_as("bigint")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_found_by_its_code() {
        let township = 2_106_811_000_004;
        let above = [0, 2_100_000_000_001, 2_106_000_000_002, 2_106_810_000_003];
        for (level, node_above) in (0..).zip(above) {
            assert_eq!(node(township, level), node_above);
            assert_eq!(node(node_above, level), node_above);
            assert_eq!(node(node_above, 4), node_above);
        }
    }

    #[test]
    fn the_level_of_a_subtree_is_known_and_that_of_a_merged_one_is_not() {
        for (code, level) in [
            ("0", 0),
            ("21", 1),
            ("2106", 2),
            ("210681", 3),
            ("210681100", 4),
        ] {
            assert_eq!(
                Interval::of_code(code).unwrap().level(),
                Some(level),
                "{code}"
            );
        }
        let [merged, odd] = [
            (2_106_810_000_003, 2_106_829_999_999),
            (2_106_810_000_007, 2_106_810_009_999),
        ]
        .map(|(first, last)| Interval { first, last });
        assert_eq!(merged.level(), None);
        // A key that ends with no level's digit is no level's.
        assert_eq!(odd.level(), None);
        assert_eq!(node(odd.first, 4), odd.first);
    }

    #[test]
    fn a_facilitys_rows_are_not_counted_by_division() {
        let subtree = |code| Arm::Subtree(Interval::of_code(code).unwrap());
        let level = |allow, deny| level_of(&Decision::new(allow, deny));
        assert_eq!(level(vec![Arm::Everything], vec![]), Some(0));
        assert_eq!(level(vec![subtree("21")], vec![subtree("210681")]), Some(3));
        assert_eq!(level(vec![subtree("21"), Arm::Facility(7)], vec![]), None);
    }
}
