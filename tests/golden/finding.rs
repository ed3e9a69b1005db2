//! What one caller may do, as far as it was found out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    /// By an id or a code.
    Open,
    List,
    Count,
    Read,
    Filter,
    Order,
    Reveal,
    /// To make a record, or to give a field where one is made.
    Create,
    Update,
    /// To take a record out of use.
    Deactivate,
    /// To give a role at a place.
    Grant,
    /// To take a role back.
    Revoke,
    /// To have a mutation done.
    Run,
}

/// What came of it, over all rows on which it was tried.
#[derive(Default)]
struct Finding {
    words: BTreeSet<&'static str>,
    reached: Option<Reached>,
}

/// Some records, and how many there are.
struct Reached {
    ids: BTreeSet<String>,
    all: usize,
}

/// By the path from a type, each action and what came of it.
#[derive(Default)]
pub(crate) struct Findings(BTreeMap<String, BTreeMap<Action, Finding>>);

impl Findings {
    /// That it was tried, even if there was nothing to try it on.
    pub(crate) fn tried(&mut self, path: &str, action: Action) {
        self.finding(path, action);
    }

    /// That this came of it once.
    pub(crate) fn came(&mut self, path: &str, action: Action, word: &'static str) {
        self.finding(path, action).words.insert(word);
    }

    /// That these records, of so many, were reached.
    pub(crate) fn reached<'a>(
        &mut self,
        path: &str,
        action: Action,
        ids: impl IntoIterator<Item = &'a str>,
        all: usize,
    ) {
        let none = || Reached {
            ids: BTreeSet::new(),
            all,
        };
        let reached = self.finding(path, action).reached.get_or_insert_with(none);
        reached.ids.extend(ids.into_iter().map(str::to_owned));
    }

    /// That this came of sifting lists of a type. To be allowed is nothing to whoever
    /// sees no record of the type.
    pub(crate) fn sifted(
        &mut self,
        kind: &str,
        path: &str,
        action: Action,
        words: impl IntoIterator<Item = &'static str>,
    ) {
        let opens = self.finding(kind, Action::Open).reached.as_ref();
        let sees = opens.is_some_and(|reached| !reached.ids.is_empty());
        for word in words {
            if sees || word != "allowed" {
                self.came(path, action, word);
            }
        }
    }

    /// What was tried, and whether it may be done anywhere.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = (String, bool)> {
        self.0.iter().flat_map(|(path, found)| {
            let outcomes = found.iter();
            outcomes.map(move |(action, finding)| {
                let action = format!("{action:?}").to_lowercase();
                (format!("{path}: {action}"), finding.is_something())
            })
        })
    }

    /// A line each: the path, and what may be done there.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(path, found)| {
            let cells = found.iter().map(|(action, finding)| {
                let action = format!("{action:?}").to_lowercase();
                format!("{:<22}", format!("{action} {finding}"))
            });
            let cells = cells.collect::<Vec<_>>().join(" ");
            format!("{path:<44} {}", cells.trim_end())
        })
    }

    fn finding(&mut self, path: &str, action: Action) -> &mut Finding {
        let found = self.0.entry(path.to_owned()).or_default();
        found.entry(action).or_default()
    }
}

impl Finding {
    fn is_something(&self) -> bool {
        let reached = self.reached.as_ref();
        let mut words = self.words.iter();
        reached.is_some_and(|reached| !reached.ids.is_empty())
            || words.any(|word| !["refused", "null"].contains(word))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reached = self.reached.iter().map(Reached::to_string);
        // An absent value tells nothing where others are shown.
        let words = self.words.iter();
        let words = words.filter(|word| **word != "null" || self.words.len() == 1);
        let told: Vec<String> = reached
            .chain(words.map(|word| (*word).to_owned()))
            .collect();
        match told.is_empty() {
            true => formatter.write_str("-"),
            false => formatter.write_str(&told.join("+")),
        }
    }
}

/// Not of how many, lest a new line of the policy, which is a record too, changes the
/// table for everyone.
impl fmt::Display for Reached {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ids.len() {
            0 => formatter.write_str("none"),
            all if all == self.all => formatter.write_str("all"),
            some => write!(formatter, "{some}"),
        }
    }
}
