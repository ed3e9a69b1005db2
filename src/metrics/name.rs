//! Operations' names as labels. Clients make them up, and each takes memory here
//! and in whatever reads the metrics, so that only so many are told apart.

use std::{
    collections::HashSet,
    sync::{PoisonError, RwLock},
};

/// Names that are told apart beside those of trusted documents. A frontend has
/// some dozens.
const MOST: usize = 200;
/// A name that is longer is not told.
const LONGEST: usize = 64;
const UNNAMED: &str = "anonymous";
const FURTHER: &str = "other";

/// The names of trusted documents, and the first of others that ran.
pub(super) struct Names {
    known: RwLock<HashSet<String>>,
    most: usize,
}

impl Names {
    /// With places for these names, whoever makes up others first.
    pub(super) fn with<'a>(trusted: impl Iterator<Item = &'a str>) -> Names {
        let known: HashSet<_> = trusted.map(str::to_owned).collect();
        Names {
            most: known.len() + MOST,
            known: RwLock::new(known),
        }
    }

    /// The label of an operation. Only one that ran gives its name a place: nothing
    /// that is refused can take one.
    pub(super) fn label(&self, name: Option<&str>, ran: bool) -> String {
        let label = match name {
            None => UNNAMED,
            Some(name) if self.holds(name) || ran && self.take(name) => name,
            Some(_) => FURTHER,
        };
        label.to_owned()
    }

    fn holds(&self, name: &str) -> bool {
        let names = self.known.read().unwrap_or_else(PoisonError::into_inner);
        names.contains(name)
    }

    fn take(&self, name: &str) -> bool {
        if name.len() > LONGEST {
            return false;
        }
        let mut names = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if names.len() < self.most {
            names.insert(name.to_owned());
        }
        names.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_names_of_operations_that_ran_are_told() {
        let names = Names::with(["Trusted"].into_iter());
        assert_eq!(names.label(None, true), UNNAMED);
        assert_eq!(names.label(Some("Staff"), false), FURTHER);
        assert_eq!(names.label(Some("Staff"), true), "Staff");
        assert_eq!(names.label(Some("Staff"), false), "Staff");
        assert_eq!(names.label(Some(&"a".repeat(LONGEST + 1)), true), FURTHER);
        for n in 1..MOST {
            let name = format!("N{n}");
            assert_eq!(names.label(Some(&name), true), name);
        }
        assert_eq!(names.label(Some("More"), true), FURTHER);
        assert_eq!(names.label(Some("Trusted"), false), "Trusted");
        assert_eq!(names.label(Some("N1"), true), "N1");
    }
}
