//! What must become of a change. Whether rights reach is Casbin's own `enforce` on the
//! record as it was and as it would be; what else may stand in the way is told in the order
//! in which a user is told of it.

use std::sync::Arc;

use access::Kind;

use super::{change::Change, form::When};
use crate::{
    cell::Column,
    constraint,
    oracle::{Action, Oracle, Way},
    value::Value,
    world::World,
};

/// What stands in the way of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// Something is emptied that may not be.
    Emptied,
    /// The reason is none.
    Reason,
    /// The user may write nothing of the kind.
    Closed,
    /// The record is not there, or not the user's to open.
    Unopened,
    /// A column is not the user's to write.
    Column,
    /// The record is out of use.
    Unused,
    /// It is of another version.
    Version,
    /// The field of this name refers to what is not there, not in use, or not the user's to
    /// open.
    Link(String),
    /// Rights hang on a record that is not the user's to change.
    Carried,
    /// The employment is no main one that lasts, as far as the user reads it.
    Ended,
    /// The record would be part of itself.
    Circle,
    /// A field does not take the value.
    Value,
    /// What follows from another field is given besides.
    Twofold,
    /// Values do not go together.
    Apart,
    /// What only one record may have is taken.
    Taken,
    /// The record would not be the user's to write.
    Lost,
    /// The same, and nobody is told that something stands in its way.
    Hidden,
    /// The last day lies before the first.
    Reversed,
}

impl Refusal {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Refusal::Closed
            | Refusal::Column
            | Refusal::Carried
            | Refusal::Lost
            | Refusal::Hidden => "FORBIDDEN",
            Refusal::Unopened | Refusal::Link(_) => "NOT_FOUND",
            Refusal::Unused | Refusal::Version | Refusal::Taken => "CONFLICT",
            Refusal::Emptied
            | Refusal::Reason
            | Refusal::Ended
            | Refusal::Circle
            | Refusal::Value
            | Refusal::Twofold
            | Refusal::Apart
            | Refusal::Reversed => "INVALID_INPUT",
        }
    }

    /// What the user is told, where it must be the same for whatever is not theirs to open.
    pub(super) fn message(&self) -> Option<String> {
        match self {
            Refusal::Unopened => {
                Some("there is no such record, or it is not yours to open".to_owned())
            }
            Refusal::Link(field) => Some(format!(
                "`{field}` names no record that is there, in use and yours to open"
            )),
            _ => None,
        }
    }
}

/// Key of a record that is yet to be made: none of a world has it.
const UNBORN: i64 = 4_000_000;

/// Links by which rights on one record are rights on the other, or that repeat what not all
/// who open the other may read, with the other's column that must be the user's to write.
const CARRYING: [(Column, &str); 7] = [
    ((Kind::Facility, "branch_of"), "branch_of"),
    ((Kind::Facility, "integrated_under"), "integrated_under"),
    ((Kind::Program, "parent_id"), "parent_id"),
    ((Kind::PartnershipProject, "parent_id"), "parent_id"),
    ((Kind::StaffMember, "person_id"), "name"),
    ((Kind::Employment, "person_id"), "name"),
    ((Kind::Enrollment, "person_id"), "name"),
];

/// Days of which the second may not come before the first.
const PERIODS: [(Kind, &str, &str); 5] = [
    (Kind::Facility, "opened_on", "closed_on"),
    (Kind::Employment, "started_on", "ended_on"),
    (Kind::Program, "starts_on", "ends_on"),
    (Kind::Enrollment, "entered_on", "ended_on"),
    (Kind::PartnershipProject, "signed_on", "agreement_ends_on"),
];

/// Whether the change is made, or what refuses it.
pub(super) type Verdict = Result<(), Refusal>;

pub(super) fn of(oracle: &mut Oracle, change: &Change) -> Verdict {
    let case = Case {
        before: oracle.world.clone(),
        change,
    };
    match change.action {
        Action::Create => case.creation(oracle),
        Action::Update | Action::Deactivate => case.rewriting(oracle),
    }
}

struct Case<'a> {
    before: Arc<World>,
    change: &'a Change,
}

impl Case<'_> {
    fn rewriting(&self, oracle: &mut Oracle) -> Verdict {
        let Change {
            user, kind, row, ..
        } = *self.change;
        self.check_form()?;
        self.check_closed(oracle)?;
        let record = self.before.row(kind, row);
        let is_open = |_: &_| oracle.row(user, kind, row, Way::Opened).is_granted();
        let record = record.filter(is_open).ok_or(Refusal::Unopened)?;
        unless(self.writes_all(oracle, row), Refusal::Column)?;
        let active = Some(&Value::Boolean(true));
        unless(record.get("active") == active, Refusal::Unused)?;
        let version = Value::Integer(self.change.version.into());
        unless(record.get("version") == Some(&version), Refusal::Version)?;
        self.check_links(oracle)?;
        self.check_values()?;
        let after = Arc::new(self.change.applied(&self.before, row));
        self.stored(&after)?;
        let is_kept = oracle.within(after.clone(), |oracle| self.is_theirs(oracle, row));
        unless(is_kept, Refusal::Lost)?;
        self.check_period(&after, row)
    }

    fn creation(&self, oracle: &mut Oracle) -> Verdict {
        self.check_form()?;
        self.check_closed(oracle)?;
        self.check_links(oracle)?;
        self.check_values()?;
        let given = self.change.columns();
        let both = ["facility_id", "division_id"];
        let is_twofold = self.change.kind == Kind::Enrollment
            && both.iter().all(|column| given.contains(column));
        unless(!is_twofold, Refusal::Twofold)?;
        let after = Arc::new(self.change.applied(&self.before, UNBORN));
        if let Err(refusal) = self.stored(&after) {
            // Of what stands in the way only those are told whose the record would be.
            let unborn = Arc::new(self.without_ties(&after));
            let is_theirs = oracle.within(unborn, |oracle| self.writes_all(oracle, UNBORN));
            return Err(if is_theirs { refusal } else { Refusal::Hidden });
        }
        let is_theirs = oracle.within(after.clone(), |oracle| self.is_theirs(oracle, UNBORN));
        unless(is_theirs, Refusal::Lost)?;
        self.check_period(&after, UNBORN)
    }

    fn check_form(&self) -> Verdict {
        let mut given = self.change.given.iter();
        let is_emptied = given
            .any(|one| matches!(one.field.when, When::Needed | When::Later) && one.value.is_none());
        unless(!is_emptied, Refusal::Emptied)?;
        let length = self.change.reason.trim().chars().count();
        let is_told = self.change.action != Action::Deactivate || length >= 4;
        unless(is_told, Refusal::Reason)
    }

    fn check_closed(&self, oracle: &Oracle) -> Verdict {
        let Change {
            user, kind, action, ..
        } = *self.change;
        unless(oracle.writes_any(user, kind, action), Refusal::Closed)
    }

    /// Whether the user may write all of the columns on the record.
    fn writes_all(&self, oracle: &Oracle, row: i64) -> bool {
        let Change {
            user, kind, action, ..
        } = *self.change;
        let columns = self.change.columns();
        let mut each = columns.into_iter().map(|column| (kind, column));
        each.all(|column| oracle.written(user, column, row, action).is_granted())
    }

    /// The same of one that the user may open.
    fn is_theirs(&self, oracle: &Oracle, row: i64) -> bool {
        let Change { user, kind, .. } = *self.change;
        let opened = oracle.row(user, kind, row, Way::Opened);
        opened.is_granted() && self.writes_all(oracle, row)
    }

    fn check_links(&self, oracle: &Oracle) -> Verdict {
        let Change { user, kind, .. } = *self.change;
        for given in &self.change.given {
            let Some((to, key)) = given.link() else {
                continue;
            };
            let column = given.field.column;
            if !self.may_be_named(oracle, to, key) {
                return Err(Refusal::Link(given.field.name(kind)));
            }
            let mut carrying = CARRYING.iter();
            if let Some((_, theirs)) = carrying.find(|(link, _)| *link == (kind, column)) {
                let theirs = oracle.written(user, (to, theirs), key, Action::Update);
                unless(theirs.is_granted(), Refusal::Carried)?;
            }
            if column == "main_employment_id" {
                unless(self.lasts(oracle, key), Refusal::Ended)?;
            }
            if self.change.action == Action::Update && to == kind {
                unless(!self.hangs_on_it(column, key), Refusal::Circle)?;
            }
        }
        Ok(())
    }

    /// Whether the record is there, in use, and the user's to open.
    fn may_be_named(&self, oracle: &Oracle, kind: Kind, key: i64) -> bool {
        let placeholder = Some(&Value::Text("PLACEHOLDER".to_owned()));
        self.before.row(kind, key).is_some_and(|row| {
            let groups = kind == Kind::Division && row.get("kind") == placeholder;
            let is_open = oracle.row(self.change.user, kind, key, Way::Opened);
            !groups && row.get("active") != Some(&Value::Boolean(false)) && is_open.is_granted()
        })
    }

    /// Whether the user reads that the employment is a main one that lasts.
    fn lasts(&self, oracle: &Oracle, key: i64) -> bool {
        let employment = self.before.row(Kind::Employment, key);
        let reads = |column| oracle.cell(self.change.user, Kind::Employment, key, column);
        employment.is_some_and(constraint::is_current)
            && ["main", "ended_on"]
                .map(reads)
                .iter()
                .all(|cell| cell.is_granted())
    }

    /// Whether the record is the one that is changed, or part of it.
    fn hangs_on_it(&self, link: &str, key: i64) -> bool {
        let above = |key: &i64| self.before.row(self.change.kind, *key)?.key(link);
        let mut way = std::iter::successors(Some(key), above);
        way.any(|key| key == self.change.row)
    }

    fn check_values(&self) -> Verdict {
        let fit = self.change.given.iter().all(|given| given.fits);
        unless(fit, Refusal::Value)
    }

    /// What the database says to the world as it would be.
    fn stored(&self, after: &World) -> Verdict {
        let kind = self.change.kind;
        unless(constraint::are_in_order(after, kind), Refusal::Apart)?;
        unless(constraint::are_distinct(after, kind), Refusal::Taken)?;
        unless(constraint::fit(after, kind), Refusal::Apart)
    }

    /// The world in which the new record is not yet come by through what it hangs on.
    fn without_ties(&self, after: &World) -> World {
        let mut world = after.clone();
        let kind = self.change.kind;
        // By those to other kinds it is not come by.
        let ties = CARRYING
            .iter()
            .filter(|((of, link), theirs)| *of == kind && link == theirs);
        for ((_, column), _) in ties {
            world.set(kind, UNBORN, column, None);
        }
        world
    }

    /// Periods of which a day is written.
    fn check_period(&self, after: &World, row: i64) -> Verdict {
        let kind = self.change.kind;
        let columns = self.change.columns();
        let row = after.row(kind, row).expect("the record");
        let mut periods = PERIODS.iter().filter(|(of, ..)| *of == kind);
        let is_reversed = periods.any(|(_, from, until)| {
            let is_written = columns.contains(from) || columns.contains(until);
            let days = row.get(from).zip(row.get(until));
            is_written && days.is_some_and(|(from, until)| from > until)
        });
        unless(!is_reversed, Refusal::Reversed)
    }
}

fn unless(holds: bool, refusal: Refusal) -> Verdict {
    if holds { Ok(()) } else { Err(refusal) }
}
