//! Counts of what became of changes: a test in which none is refused for what it refers to
//! proves nothing of that.

use std::{
    collections::BTreeMap,
    fmt::{self, Display, Formatter},
};

use super::{
    change::Change,
    form::FORMS,
    verdict::{Refusal, Verdict},
};
use crate::oracle::Action;

#[derive(Default)]
pub(super) struct Tally {
    pub(super) changes: usize,
    /// Changes that were made, by action and kind.
    made: BTreeMap<(Action, &'static str), usize>,
    /// Those that were refused, by action and code.
    refused: BTreeMap<(Action, &'static str), usize>,
    /// The same by what stood in the way.
    obstacles: BTreeMap<(Action, String), usize>,
}

/// Of each there must be so many in a run of the usual length.
const ENOUGH_MADE: usize = 3;
const ENOUGH_REFUSED: usize = 4;
const ENOUGH_OBSTACLES: usize = 2;

/// What there must be refusals of.
const OBSTACLES: [(Action, &[&str]); 3] = [
    (
        Action::Create,
        &[
            "Apart", "Carried", "Ended", "Hidden", "Link", "Lost", "Taken", "Twofold", "Value",
        ],
    ),
    (
        Action::Update,
        &[
            "Apart", "Carried", "Circle", "Column", "Emptied", "Link", "Lost", "Reversed",
            "Unopened", "Unused", "Value", "Version",
        ],
    ),
    (
        Action::Deactivate,
        &["Column", "Reason", "Unopened", "Unused"],
    ),
];

impl Tally {
    pub(super) fn count(&mut self, change: &Change, verdict: &Verdict) {
        self.changes += 1;
        let action = change.action;
        let Err(refusal) = verdict else {
            *self.made.entry((action, change.kind.name())).or_default() += 1;
            return;
        };
        *self.refused.entry((action, refusal.code())).or_default() += 1;
        *self.obstacles.entry((action, name(refusal))).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.changes += other.changes;
        add(&mut self.made, other.made);
        add(&mut self.refused, other.refused);
        add(&mut self.obstacles, other.obstacles);
    }

    pub(super) fn assert_enough(&self) {
        for form in FORMS.iter() {
            for action in Action::ALL {
                if action == Action::Create && !form.is_made {
                    continue;
                }
                let made = self.made.get(&(action, form.kind.name()));
                let made = made.copied().unwrap_or_default();
                let what = (action, form.kind);
                assert!(made >= ENOUGH_MADE, "{what:?}: {made} changes made\n{self}");
            }
        }
        for action in Action::ALL {
            for code in ["FORBIDDEN", "NOT_FOUND", "CONFLICT", "INVALID_INPUT"] {
                let refused = self.refused.get(&(action, code));
                let refused = refused.copied().unwrap_or_default();
                let what = (action, code);
                assert!(refused >= ENOUGH_REFUSED, "{what:?}: {refused}\n{self}");
            }
        }
        for (action, names) in OBSTACLES {
            for name in names {
                let met = self.obstacles.get(&(action, (*name).to_owned()));
                let met = met.copied().unwrap_or_default();
                assert!(met >= ENOUGH_OBSTACLES, "{action:?} {name}: {met}\n{self}");
            }
        }
    }
}

/// The obstacle, whatever field it is about.
fn name(refusal: &Refusal) -> String {
    let name = format!("{refusal:?}");
    match name.split_once('(') {
        Some((name, _)) => name.to_owned(),
        None => name,
    }
}

fn add<K: Ord>(counts: &mut BTreeMap<K, usize>, others: BTreeMap<K, usize>) {
    for (what, count) in others {
        *counts.entry(what).or_default() += count;
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} changes", self.changes)?;
        for ((action, kind), count) in &self.made {
            writeln!(f, "  made      {count:5}  {} {kind}", action.name())?;
        }
        for ((action, code), count) in &self.refused {
            writeln!(f, "  refused   {count:5}  {} {code}", action.name())?;
        }
        for ((action, obstacle), count) in &self.obstacles {
            writeln!(f, "  obstacle  {count:5}  {} {obstacle}", action.name())?;
        }
        Ok(())
    }
}
