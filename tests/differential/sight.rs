//! What one user sees of a world, and what of the policy it took to decide.

use std::{cell::RefCell, collections::BTreeSet};

use access::Kind;

use crate::{
    oracle::{Oracle, Verdict, Way},
    value::{Record, Value},
    world::World,
};

pub(crate) struct Sight<'a> {
    pub(crate) oracle: &'a Oracle,
    /// The user's key.
    pub(crate) user: i64,
    pub(crate) notes: RefCell<Notes>,
}

/// What came up while a response was worked out.
#[derive(Default)]
pub(crate) struct Notes {
    /// Records in the response.
    pub(crate) records: usize,
    /// Values refused on a record.
    pub(crate) refused_values: usize,
    /// Values that are masked on a record.
    pub(crate) masked_values: usize,
    /// Lists refused for their filter or order.
    pub(crate) refused_lists: usize,
    /// Records in more pages than one.
    pub(crate) further_pages: usize,
    /// Whether a deny took what another line allowed.
    pub(crate) denied: bool,
    /// Whether a binding that is not in force would have changed something.
    pub(crate) timed: bool,
    /// Whether a filter or order met a value that is not clear on the row.
    pub(crate) hidden: bool,
    /// For each kind the different sets of bindings at divisions that allow a row.
    sources: BTreeSet<(&'static str, u64)>,
}

impl Notes {
    /// Whether rows of one kind came from different bindings at divisions.
    pub(crate) fn has_several_subtrees(&self) -> bool {
        let kinds: BTreeSet<_> = self.sources.iter().map(|(kind, _)| kind).collect();
        kinds.len() < self.sources.len()
    }
}

/// A column's value, if the user may see it on the row.
pub(crate) enum Seen<'a> {
    Clear(Option<&'a Value>),
    Masked(Option<String>),
    Refused,
}

impl<'a> Sight<'a> {
    pub(crate) fn of(oracle: &'a Oracle, user: i64) -> Sight<'a> {
        Sight {
            oracle,
            user,
            notes: RefCell::default(),
        }
    }

    pub(crate) fn world(&self) -> &'a World {
        &self.oracle.world
    }

    /// Whether the user may list or open the row.
    pub(crate) fn sees(&self, kind: Kind, row: &Record, way: Way) -> bool {
        let verdict = self.oracle.row(self.user, kind, row.id, way);
        self.note(verdict);
        let bindings = self.world().tables.bindings.iter().enumerate();
        let at_divisions = bindings
            .filter(|(_, binding)| binding.division_id.is_some())
            .fold(0, |set, (place, _)| set | 1 << place);
        let source = verdict.allowed_by & at_divisions;
        if verdict.is_granted() && source != 0 {
            self.notes
                .borrow_mut()
                .sources
                .insert((kind.name(), source));
        }
        verdict.is_granted()
    }

    /// The column of a row that the user may see.
    pub(crate) fn value<'r>(&self, kind: Kind, row: &'r Record, column: &'static str) -> Seen<'r> {
        let verdict = self.oracle.cell(self.user, kind, row.id, column);
        self.note(verdict);
        if verdict.is_granted() {
            return Seen::Clear(row.get(column));
        }
        let masked = self.oracle.masked(self.user, kind, row.id, column);
        match masked.is_granted() {
            true => {
                self.notes.borrow_mut().masked_values += 1;
                Seen::Masked(row.get(column).map(|value| mask(column, value)))
            }
            false => Seen::Refused,
        }
    }

    fn note(&self, verdict: Verdict) {
        let mut notes = self.notes.borrow_mut();
        notes.denied |= verdict.is_denied && verdict.allowed_by != 0;
        notes.timed |= verdict.hangs_on_time;
    }
}

/// A personal value as those see it who see it masked.
pub(crate) fn mask(column: &str, value: &Value) -> String {
    let Value::Text(text) = value else {
        panic!("{column} holds {value:?}, which has no mask");
    };
    let letters: Vec<char> = text.chars().collect();
    let count = letters.len();
    let part = |letters: &[char]| letters.iter().collect::<String>();
    match column {
        name if name.ends_with("name") => match count {
            0 | 1 => "**".to_owned(),
            _ => format!("{}**", letters[0]),
        },
        "identity_number" if count >= 8 => {
            format!("{}{}{}", letters[0], "*".repeat(16), letters[count - 1])
        }
        "phone" if count >= 11 => {
            format!("{}****{}", part(&letters[..3]), part(&letters[count - 4..]))
        }
        "identity_number" | "phone" => "****".to_owned(),
        "birth_date" => format!("{}-**-**", part(&letters[..4])),
        _ => panic!("{column} has no mask"),
    }
}
