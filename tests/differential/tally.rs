//! Counts of what came up in a run: a test whose cases never meet a deny proves
//! nothing of denies.

use crate::sight::Notes;

#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) cases: usize,
    /// Cases by what came up in them.
    classes: [usize; CLASSES.len()],
}

/// What a case may meet: its name, and how its notes tell.
type Class = (&'static str, fn(&Notes) -> bool);

const CLASSES: [Class; 9] = [
    ("records shown", |notes| notes.records > 0),
    ("values refused", |notes| notes.refused_values > 0),
    ("values masked", |notes| notes.masked_values > 0),
    ("lists refused", |notes| notes.refused_lists > 0),
    ("pages behind cursors", |notes| notes.further_pages > 0),
    ("denies with effect", |notes| notes.denied),
    ("bindings out of force", |notes| notes.timed),
    ("several subtrees", Notes::has_several_subtrees),
    ("hidden values in filters and orders", |notes| notes.hidden),
];

impl Tally {
    pub(crate) fn count(&mut self, notes: &Notes) {
        self.cases += 1;
        for (count, (_, holds)) in self.classes.iter_mut().zip(CLASSES) {
            *count += usize::from(holds(notes));
        }
    }

    pub(crate) fn add(&mut self, other: &Tally) {
        self.cases += other.cases;
        for (count, more) in self.classes.iter_mut().zip(other.classes) {
            *count += more;
        }
    }

    /// Each class in percent of the cases.
    pub(crate) fn shares(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let share = |count: usize| 100.0 * count as f64 / self.cases.max(1) as f64;
        let counts = self.classes.into_iter();
        CLASSES
            .iter()
            .zip(counts)
            .map(move |((name, _), count)| (*name, share(count)))
    }
}
