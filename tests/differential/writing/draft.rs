//! Draws changes, mostly such as might be made.

use access::Kind;
use chrono::{Days, NaiveDate};

use super::{
    change::{Change, Given},
    form::{self, FORMS, Field, Form, Takes, When},
    verdict::{self, Refusal, Verdict},
};
use crate::{
    constraint,
    oracle::{Action, Oracle, Way},
    rng::Rng,
    value::{Record, Value},
    world::{READER, personal},
};

/// Changes that are drawn for one that is to be made, and for one that meets something rare.
const TRIES: usize = 24;
const MANY_TRIES: usize = 40;
/// Records of which one is taken, if it is open.
const PICKS: usize = 5;
/// A key that no record has.
const NOWHERE: i64 = 999_999;

/// What changes seldom meet, as most are made or refused before.
const MISTAKES: [Refusal; 2] = [Refusal::Emptied, Refusal::Value];
const RARE: [Refusal; 9] = [
    Refusal::Hidden,
    Refusal::Unused,
    Refusal::Carried,
    Refusal::Ended,
    Refusal::Circle,
    Refusal::Twofold,
    Refusal::Apart,
    Refusal::Taken,
    Refusal::Reversed,
];

/// A change by one of the world's users: one that is made, one that meets what few meet, if
/// there is any to be found, or whatever comes.
pub(super) fn change(rng: &mut Rng, oracle: &mut Oracle) -> Change {
    match rng.below(10) {
        0..=4 => {
            let (form, action) = task(rng, oracle);
            let is_made = |_: &Change, verdict: &Verdict| verdict.is_ok();
            sought(rng, oracle, TRIES, is_made, |_, _| (form, action))
        }
        5 | 6 => {
            let rare = if rng.chance(80) { &RARE[..] } else { &MISTAKES };
            let is_rare = |_: &Change, verdict: &Verdict| {
                let refusal = verdict.as_ref().err();
                refusal.is_some_and(|refusal| rare.contains(refusal))
            };
            sought(rng, oracle, MANY_TRIES, is_rare, task)
        }
        7 => {
            let which = rng.below(4);
            let is_removed = |change: &Change, verdict: &Verdict| match verdict {
                Err(Refusal::Lost) if which == 0 => change.columns() == ["located_in"],
                Err(Refusal::Lost) => which == 1,
                Err(Refusal::Carried) => which == 2,
                Err(Refusal::Link(_)) => which == 3,
                _ => false,
            };
            sought(rng, oracle, MANY_TRIES, is_removed, removal)
        }
        _ => sought(rng, oracle, 1, |_, _| true, task),
    }
}

/// What is to be done with which kind of record.
type Task = (&'static Form, Action);

/// The first of some changes of which this is the verdict, else the last.
fn sought(
    rng: &mut Rng,
    oracle: &mut Oracle,
    tries: usize,
    is_sought: impl Fn(&Change, &Verdict) -> bool,
    task: impl Fn(&mut Rng, &Oracle) -> Task,
) -> Change {
    let mut left = tries;
    loop {
        let task = task(rng, oracle);
        let drawn = Draft::change(rng, oracle, task);
        left -= 1;
        if left == 0 || is_sought(&drawn, &verdict::of(oracle, &drawn)) {
            return drawn;
        }
    }
}

/// One of those that may take a record away from who changes it, or tie it to another.
fn removal(rng: &mut Rng, _: &Oracle) -> Task {
    let kinds = [
        Kind::Facility,
        Kind::Facility,
        Kind::Program,
        Kind::PartnershipProject,
    ];
    (form::of(*rng.pick(&kinds)), Action::Update)
}

fn task(rng: &mut Rng, oracle: &Oracle) -> Task {
    let action = match rng.below(10) {
        0..=3 => Action::Update,
        4 | 5 => Action::Deactivate,
        _ => Action::Create,
    };
    let mut forms: Vec<&Form> = FORMS.iter().collect();
    forms.retain(|form| action != Action::Create || form.is_made);
    let mut likely = forms.clone();
    likely.retain(|form| {
        let mut users = oracle.world.callers.iter();
        users.any(|user| oracle.writes_any(user.id, form.kind, action))
    });
    if !likely.is_empty() && rng.chance(92) {
        forms = likely;
    }
    // A new record is drawn after another.
    forms.retain(|form| !oracle.world.rows(form.kind).is_empty());
    (*rng.pick(&forms), action)
}

struct Draft<'a> {
    rng: &'a mut Rng,
    oracle: &'a Oracle,
    user: i64,
    kind: Kind,
    action: Action,
}

impl<'a> Draft<'a> {
    fn change(rng: &'a mut Rng, oracle: &'a Oracle, (form, action): Task) -> Change {
        let mut draft = Draft {
            user: user(rng, oracle, form.kind, action),
            rng,
            oracle,
            kind: form.kind,
            action,
        };
        let row = draft.row();
        let version = row.get("version").cloned();
        let Some(Value::Integer(version)) = version else {
            panic!("{row:?} has no version");
        };
        let stale = if draft.rng.chance(10) { 1 } else { 0 };
        Change {
            user: draft.user,
            kind: draft.kind,
            action,
            row: match action != Action::Create && draft.rng.chance(3) {
                true => NOWHERE,
                false => row.id,
            },
            version: version as i32 - stale,
            given: draft.given(form, row),
            reason: match draft.rng.chance(6) {
                true => " no ",
                false => "it was entered twice",
            },
        }
    }

    /// Mostly one that is in use and that the user may open.
    fn row(&mut self) -> &'a Record {
        let rows: Vec<&Record> = self.oracle.world.rows(self.kind).iter().collect();
        self.likely(self.kind, &rows)
    }

    /// Mostly one that is in use and that the user may open, if such are not rare.
    fn likely(&mut self, kind: Kind, rows: &[&'a Record]) -> &'a Record {
        let picks = if self.rng.chance(90) { PICKS } else { 1 };
        let mut row = *self.rng.pick(rows);
        for _ in 1..picks {
            if self.is_open(kind, row) {
                break;
            }
            row = *self.rng.pick(rows);
        }
        row
    }

    fn is_open(&self, kind: Kind, row: &Record) -> bool {
        let opened = self.oracle.row(self.user, kind, row.id, Way::Opened);
        row.get("active") != Some(&Value::Boolean(false)) && opened.is_granted()
    }

    fn given(&mut self, form: &'static Form, row: &Record) -> Vec<Given> {
        let fields: Vec<&'static Field> = form.of(self.action).collect();
        let chosen = match self.action {
            Action::Deactivate => Vec::new(),
            Action::Create => self.told(&fields),
            Action::Update => self.changed(&fields, row),
        };
        let given = chosen.into_iter();
        let mut given: Vec<Given> = given.map(|field| self.value(field, row)).collect();
        if self.kind == Kind::StaffMember && self.rng.chance(94) {
            self.name_the_employed(&mut given);
        }
        given
    }

    /// Has the person of a new professional record be the one whose employment it names.
    fn name_the_employed(&self, given: &mut [Given]) {
        let world = &self.oracle.world;
        let mut links = given.iter().filter_map(Given::link);
        let employed = links.find_map(|(kind, key)| match kind {
            Kind::Employment => world.row(kind, key)?.get("person_id").cloned(),
            _ => None,
        });
        let person = given.iter_mut().find(|one| one.field.column == "person_id");
        if let (Some(person), Some(employed)) = (person, employed) {
            person.value = Some(employed);
        }
    }

    /// What is told of a new record.
    fn told(&mut self, fields: &[&'static Field]) -> Vec<&'static Field> {
        // Mostly one of them at most: more would say too much.
        let fixed: &[&str] = match self.rng.below(10) {
            0..=2 => &["facility_id", "division_id"],
            3..=5 => &["facility_id"],
            6 | 7 => &["division_id"],
            _ => &[],
        };
        let is_told = |field: &&&Field| match field.when {
            When::Needed | When::Fixed => true,
            When::Later | When::Optional => self.rng.chance(25),
            When::FixedOptional => fixed.contains(&field.column),
        };
        fields.iter().filter(is_told).copied().collect()
    }

    /// Some fields of a record, mostly such as the user may write.
    fn changed(&mut self, fields: &[&'static Field], row: &Record) -> Vec<&'static Field> {
        let mut links = fields.to_vec();
        links.retain(|field| matches!(field.takes, Takes::Link(_)));
        let mut chosen = match !links.is_empty() && self.rng.chance(30) {
            true => self.rng.sample(1, 1, &links),
            false => self.rng.sample(1, 5, fields),
        };
        let mut theirs = chosen.clone();
        theirs.retain(|field| {
            let column = (self.kind, field.column);
            let written = self.oracle.written(self.user, column, row.id, self.action);
            written.is_granted()
        });
        if !theirs.is_empty() && self.rng.chance(88) {
            chosen = theirs;
        }
        chosen.truncate(3);
        let fields = fields.iter().copied();
        let is_chosen = |field: &&Field| chosen.iter().any(|chosen| chosen.column == field.column);
        fields.filter(is_chosen).collect()
    }

    fn value(&mut self, field: &'static Field, row: &Record) -> Given {
        let emptied = match (self.action, field.when) {
            (Action::Update, When::Optional) => 15,
            (Action::Update, _) => 2,
            _ => 0,
        };
        let (value, fits) = match self.rng.chance(emptied) {
            true => (None, true),
            false => {
                let fits = !self.rng.chance(4);
                let unfit = (!fits).then(|| self.unfit(field)).flatten();
                let fits = unfit.is_none();
                (Some(unfit.unwrap_or_else(|| self.fit(field, row))), fits)
            }
        };
        Given { field, value, fits }
    }

    /// A value that the field does not take.
    fn unfit(&mut self, field: &Field) -> Option<Value> {
        let text = |text: &&str| Value::Text((*text).to_owned());
        Some(match field.takes {
            Takes::Text if field.column == "name" && !personal(self.kind).is_empty() => {
                text(self.rng.pick(&["王*", ""]))
            }
            Takes::Text => text(self.rng.pick(&["", " ", "a\nb", "a\u{202e}b"])),
            Takes::Number => Value::Integer(*self.rng.pick(&[-1, 10_000_001])),
            Takes::Day => {
                let year = *self.rng.pick(&[1899, 2200]);
                Value::Date(NaiveDate::from_ymd_opt(year, 12, 31)?)
            }
            Takes::Flag | Takes::Term(_) | Takes::Link(_) => return None,
        })
    }

    fn fit(&mut self, field: &Field, row: &Record) -> Value {
        match field.takes {
            Takes::Text => Value::Text(self.text(field.column)),
            Takes::Number => Value::Integer(*self.rng.pick(&[1, 2, 3, 4, 50, 100])),
            Takes::Day => {
                let first = NaiveDate::from_ymd_opt(2019, 12, 25).expect("a day");
                Value::Date(first + Days::new(self.rng.below(20) as u64))
            }
            Takes::Flag => Value::Boolean(self.rng.chance(50)),
            Takes::Term(terms) => Value::Text(self.rng.pick(terms).clone()),
            Takes::Link(kind) => Value::Integer(self.link(field.column, kind, row)),
        }
    }

    fn text(&mut self, column: &str) -> String {
        let texts: &[&str] = match column {
            "identity_number" => &["11010519491231002x", "E 7654321", "（12）34-5"],
            "phone" => &["138 1234 5679", "+86 13912345678", "1234"],
            "birth_date" => &["1985-03-21", "2001-12-31"],
            // Some of them are taken.
            "code" => &["P1", "P2", "P3", "P4", "P5", "N1", "N2", "N3"],
            _ => &["新名", "O'Neil", "𠮷田", "100%", "say \"aah\"", "$1"],
        };
        (*self.rng.pick(texts)).to_owned()
    }

    /// Mostly a record that the user may open, and one that belongs to the same as this one.
    fn link(&mut self, column: &str, kind: Kind, row: &Record) -> i64 {
        if self.rng.chance(3) {
            return NOWHERE;
        }
        let rows: Vec<&Record> = self.oracle.world.rows(kind).iter().collect();
        let mut fitting = rows.clone();
        let whole = match column {
            "stage_id" => Some("program_id"),
            "module_id" => Some("project_id"),
            _ => None,
        };
        if let Some(whole) = whole
            && self.rng.chance(70)
        {
            fitting.retain(|other| other.key(whole) == row.key(whole));
        }
        if column == "main_employment_id" && self.rng.chance(92) {
            fitting.retain(|other| {
                constraint::is_current(other)
                    && !self.has_record(other)
                    && other
                        .key("person_id")
                        .is_some_and(|person| self.changes(person))
            });
        }
        if column == "person_id" && self.rng.chance(85) {
            fitting.retain(|person| self.changes(person.id));
        }
        match (fitting.is_empty(), rows.is_empty()) {
            (false, _) => self.likely(kind, &fitting).id,
            (true, false) => self.likely(kind, &rows).id,
            (true, true) => NOWHERE,
        }
    }

    /// Whether the user may change the person.
    fn changes(&self, person: i64) -> bool {
        let name = (Kind::Person, "name");
        let written = self.oracle.written(self.user, name, person, Action::Update);
        written.is_granted()
    }

    /// Whether the person of an employment has a professional record.
    fn has_record(&self, employment: &Record) -> bool {
        let mut staff = self.oracle.world.rows(Kind::StaffMember).iter();
        staff.any(|record| record.key("person_id") == employment.key("person_id"))
    }
}

/// Mostly one who may write something of the kind.
fn user(rng: &mut Rng, oracle: &Oracle, kind: Kind, action: Action) -> i64 {
    let users = oracle.world.callers.iter().map(|user| user.id);
    let users: Vec<i64> = users.filter(|user| *user != READER).collect();
    let mut likely = users.clone();
    likely.retain(|user| oracle.writes_any(*user, kind, action));
    let any = likely.is_empty() || rng.chance(5);
    *rng.pick(if any { &users } else { &likely })
}
