//! The table itself: a file a role, and in it a line for each field and seat.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
};

use crate::{finding::Findings, seat::Seat};

/// What to set it to, so that what was found is what is accepted.
const VARIABLE: &str = "GRASSROOTS_ACCEPT";
const VALUE: &str = "golden";
pub(crate) const HOW_TO_ACCEPT: &str =
    "accept it: GRASSROOTS_ACCEPT=golden cargo test -p grassroots-tests --test golden";

/// Lines by role.
#[derive(Default)]
pub(crate) struct Table {
    lines: BTreeMap<String, BTreeSet<String>>,
    /// What was tried, and whether somebody may do it.
    outcomes: BTreeMap<String, bool>,
}

impl Table {
    /// Who may do just what somebody before them may, is told in a line.
    pub(crate) fn of(surveys: impl IntoIterator<Item = (Seat, Findings)>) -> Table {
        let mut table = Table::default();
        let mut known: Vec<(Seat, Vec<String>)> = Vec::new();
        for (seat, findings) in surveys {
            for (tried, is_something) in findings.outcomes() {
                *table.outcomes.entry(tried).or_default() |= is_something;
            }
            let lines: Vec<String> = findings.lines().collect();
            let file = table.lines.entry(seat.role().to_owned()).or_default();
            if let Some((other, _)) = known.iter().find(|(_, known)| *known == lines) {
                file.insert(format!("{seat:<26} as {other}"));
                continue;
            }
            file.extend(lines.iter().map(|line| format!("{seat:<26} {line}")));
            known.push((seat, lines));
        }
        table
    }

    /// As it was accepted last.
    pub(crate) fn accepted() -> Table {
        let mut table = Table::default();
        for path in files() {
            let role = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let lines = fs::read_to_string(&path).unwrap();
            table
                .lines
                .insert(role, lines.lines().map(str::to_owned).collect());
        }
        table
    }

    /// Accepts this one.
    pub(crate) fn accept(&self) {
        for path in files() {
            fs::remove_file(path).unwrap();
        }
        for (role, lines) in &self.lines {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            fs::write(directory().join(format!("{role}.txt")), lines).unwrap();
        }
    }

    /// What nobody may do, whatever the role.
    pub(crate) fn of_nobody(&self) -> Vec<&str> {
        let outcomes = self.outcomes.iter();
        let nothing = outcomes.filter(|(_, is_something)| !**is_something);
        nothing.map(|(tried, _)| tried.as_str()).collect()
    }

    /// The lines that only one of two tables has.
    pub(crate) fn difference(&self, other: &Table, name: &str, other_name: &str) -> String {
        let lines = |table: &Table| -> BTreeSet<String> {
            table.lines.values().flatten().cloned().collect()
        };
        let (lines, others) = (lines(self), lines(other));
        let mut differing: Vec<String> = lines
            .symmetric_difference(&others)
            .map(|line| match lines.contains(line) {
                true => format!("- {line}\n"),
                false => format!("+ {line}\n"),
            })
            .collect();
        if !differing.is_empty() {
            differing.insert(0, format!("--- {name}\n+++ {other_name}\n"));
        }
        differing.concat()
    }
}

/// Whether what is found is to be accepted.
pub(crate) fn is_to_be_accepted() -> bool {
    env::var(VARIABLE).is_ok_and(|value| value == VALUE)
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/table")
}

fn files() -> Vec<PathBuf> {
    let files = fs::read_dir(directory()).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}
