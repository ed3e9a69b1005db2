//! What somebody can work out who knows how counts are published, and even which of those
//! that are withheld are small: unknown whole numbers, and what is known of their sums.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::release::{Count, LEVELS};

/// More than any of the counts.
const MOST: i32 = 2_000;
/// Up to this a count is withheld for its own sake.
pub(crate) const SMALL: i64 = 10;

/// Numbers of unknowns that are added up.
type Sum = Vec<usize>;

#[derive(Default)]
pub(crate) struct Puzzle<'a> {
    unknowns: usize,
    /// Each published or withheld count as a sum, with what it lies between.
    counts: Vec<(&'a Count, Sum, [i64; 2])>,
    /// Sums that are the same, and sums of which the first is at most the second.
    same: Vec<(Sum, Sum)>,
    at_most: Vec<(Sum, Sum)>,
    /// The values of each count that have been seen in a solution.
    seen: Vec<BTreeSet<i64>>,
}

impl<'a> Puzzle<'a> {
    /// The puzzle of a year's staff or enrollments. No count of one year says anything of
    /// another's: staff come and go, and an enrollment begins in one year alone.
    pub(crate) fn of(
        release: &'a [Count],
        staff: bool,
        is_small: impl Fn(&Count) -> bool,
    ) -> Puzzle<'a> {
        let counts = release.iter();
        let counts = counts.filter(|count| (count.field != "status") == staff);
        let mut puzzle = Puzzle::default();
        let mut lowest: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        let mut of_projects: BTreeMap<(i64, &str, &str), usize> = BTreeMap::new();
        for count in counts.clone() {
            let (code, term) = (count.code.as_str(), count.term.as_str());
            match (count.project, count.level) {
                (None, "COUNTY") => {
                    lowest.insert((count.field, code, term), puzzle.unknown());
                }
                (Some(project), "PROVINCE") => {
                    of_projects.insert((project, code, term), puzzle.unknown());
                }
                _ => {}
            }
        }
        for count in counts {
            let sum = match count.project {
                None => parts(count, &lowest, |(field, ..)| *field == count.field),
                Some(key) => parts(count, &of_projects, |(project, ..)| *project == key),
            };
            let bounds = match count.told {
                Some(told) => [(told - 2).max(SMALL + 1), told + 2],
                None if is_small(count) => [0, SMALL],
                None => [SMALL + 1, MOST.into()],
            };
            puzzle.counts.push((count, sum, bounds));
        }
        puzzle.seen = vec![BTreeSet::new(); puzzle.counts.len()];
        puzzle.compare(&lowest, &of_projects);
        puzzle
    }

    fn unknown(&mut self) -> usize {
        self.unknowns += 1;
        self.unknowns - 1
    }

    /// The heads of a county are the same by whatever they are told apart, and projects
    /// support no more enrollments than there are.
    fn compare(
        &mut self,
        lowest: &BTreeMap<(&str, &str, &str), usize>,
        of_projects: &BTreeMap<(i64, &str, &str), usize>,
    ) {
        let mut heads: BTreeMap<&str, BTreeMap<&str, Sum>> = BTreeMap::new();
        for ((field, code, _), unknown) in lowest {
            let heads = heads.entry(code).or_default();
            heads.entry(field).or_default().push(*unknown);
        }
        for heads in heads.into_values() {
            let heads: Vec<Sum> = heads.into_values().collect();
            let pairs = heads.windows(2);
            self.same
                .extend(pairs.map(|pair| (pair[0].clone(), pair[1].clone())));
        }
        let mut supported: BTreeMap<(&str, &str), Sum> = BTreeMap::new();
        for ((_, code, term), unknown) in of_projects {
            supported.entry((code, term)).or_default().push(*unknown);
        }
        let totals = self.counts.clone();
        for ((code, term), supported) in supported {
            let total = totals.iter().find(|(count, ..)| {
                count.project.is_none()
                    && count.level == "PROVINCE"
                    && count.code == code
                    && count.term == term
            });
            self.at_most.push((supported, total.unwrap().1.clone()));
        }
    }

    /// Each withheld count with values that it may have: as many as asked for, if there
    /// are.
    pub(crate) fn solve(&mut self, enough: usize) -> Vec<(&'a Count, BTreeSet<i64>)> {
        for place in 0..self.counts.len() {
            if self.counts[place].0.told.is_some() {
                continue;
            }
            let mut value = 0;
            while self.seen[place].len() < enough && value <= i64::from(MOST) {
                if !self.seen[place].contains(&value) {
                    if value > 0 && !self.look(place, ComparisonOp::Ge, value) {
                        break;
                    }
                    self.look(place, ComparisonOp::Eq, value);
                }
                value += 1;
            }
        }
        let counts = self.counts.iter().zip(&self.seen);
        let withheld = counts.filter(|((count, ..), _)| count.told.is_none());
        withheld
            .map(|((count, ..), seen)| (*count, seen.clone()))
            .collect()
    }

    /// Looks for a solution in which a count is, or is at least, a value, and remembers
    /// the values of all counts in it.
    fn look(&mut self, place: usize, comparison: ComparisonOp, value: i64) -> bool {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let unknowns: Vec<Variable> = (0..self.unknowns)
            .map(|_| problem.add_integer_var(0.0, (0, MOST)))
            .collect();
        let term = |sum: &Sum, factor: f64| -> Vec<(Variable, f64)> {
            sum.iter()
                .map(|unknown| (unknowns[*unknown], factor))
                .collect()
        };
        for (_, sum, [least, most]) in &self.counts {
            problem.add_constraint(term(sum, 1.0), ComparisonOp::Ge, *least as f64);
            problem.add_constraint(term(sum, 1.0), ComparisonOp::Le, *most as f64);
        }
        for (pairs, comparison) in [
            (&self.same, ComparisonOp::Eq),
            (&self.at_most, ComparisonOp::Le),
        ] {
            for (one, other) in pairs {
                let difference = [term(one, 1.0), term(other, -1.0)].concat();
                problem.add_constraint(difference, comparison, 0.0);
            }
        }
        let sum = term(&self.counts[place].1, 1.0);
        problem.add_constraint(sum, comparison, value as f64);
        let Ok(solved) = problem.solve() else {
            return false;
        };
        let solution = solved.into_solution().unwrap();
        let values = unknowns
            .iter()
            .map(|unknown| solution.var_value(*unknown).round() as i64);
        self.remember(&values.collect::<Vec<_>>());
        true
    }

    /// Takes the values from a solution, once it is certain that it is one.
    fn remember(&mut self, values: &[i64]) {
        let sum = |sum: &Sum| sum.iter().map(|unknown| values[*unknown]).sum::<i64>();
        let is_right = |(_, unknowns, [least, most]): &(&Count, Sum, [i64; 2])| {
            (*least..=*most).contains(&sum(unknowns))
        };
        assert!(values.iter().all(|value| *value >= 0));
        assert!(self.counts.iter().all(is_right));
        assert!(self.same.iter().all(|(one, other)| sum(one) == sum(other)));
        assert!(
            self.at_most
                .iter()
                .all(|(one, other)| sum(one) <= sum(other))
        );
        for ((_, unknowns, _), seen) in self.counts.iter().zip(&mut self.seen) {
            seen.insert(sum(unknowns));
        }
    }
}

/// The unknowns that make up a count.
fn parts<K: Ord>(
    count: &Count,
    unknowns: &BTreeMap<(K, &str, &str), usize>,
    is_of: impl Fn(&(K, &str, &str)) -> bool,
) -> Sum {
    let within = |code: &str| match count.level {
        // What belongs to a larger division as a whole has its own line at this level.
        "COUNTY" => count.code == code,
        level => lies_in(code, &count.code, level),
    };
    let parts = unknowns.iter().filter(|(key, _)| is_of(key));
    let parts = parts.filter(|((_, code, term), _)| within(code) && *term == count.term);
    parts.map(|(_, unknown)| *unknown).collect()
}

/// Whether a line of the lowest level counts in a division at this level: in the one of
/// its first digits or, if it is of a larger one itself, in that.
pub(crate) fn lies_in(code: &str, division: &str, level: &str) -> bool {
    let place = LEVELS.iter().position(|known| *known == level).unwrap();
    let digits = [6, 4, 2, 0][place];
    match (division, code) {
        (_, _) if digits == 0 => true,
        (_, "0") => division == "0",
        _ => division == &code[..code.len().min(digits)],
    }
}
