//! The policy of worlds in which records are written: each role may write of some kinds
//! something somewhere, and reads as much that there is something to write.

use access::{Kind, LOCAL_ISSUER};
use entity::{app_user, role_binding};
use grassroots_tests::policy_rule;

use super::{
    Tables,
    policy::{Role, roles, scope},
};
use crate::rng::Rng;

/// The user who reads all of every person, and writes nothing.
pub(crate) const READER: i64 = 1_000;

/// The kinds that those refer to beside each other.
const REFERRED: [Kind; 3] = [Kind::Division, Kind::Organization, Kind::PartnershipModule];

/// Groups of columns that each kind has.
const GROUPS: usize = 2;

/// Whether users change records of a kind one by one. Transfers are decided, with all that
/// follows from it.
pub(crate) fn is_changed(kind: Kind) -> bool {
    kind.is_written() && kind != Kind::Transfer
}

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) -> Vec<Role> {
    let roles = roles(rng);
    let mut policy = Draft {
        lines: vec!["p, role:reader, res:person, read, reference, cols:all, allow".to_owned()],
    };
    let (focus, others) = focus(rng);
    for kind in &focus {
        policy.group_columns(rng, *kind);
    }
    for (number, role) in roles.iter().enumerate() {
        for kind in rng.some(85, &others) {
            policy.line(role, kind, "read", ["reference", "cols:all", "allow"]);
        }
        for kind in rng.some(75, &focus) {
            policy.give(rng, role, kind);
        }
        for giver in rng.some(25, &roles[..number].iter().collect::<Vec<_>>()) {
            let line = format!("g, role:{}, role:{}", role.name, giver.name);
            policy.lines.push(line);
        }
    }
    let rows = policy.lines.iter().zip(1..);
    tables.policy = rows.map(|(line, id)| policy_rule(id, line)).collect();
    roles
}

/// Some kinds that are written, so that the few lines of a policy meet, and all that they
/// may refer to.
fn focus(rng: &mut Rng) -> (Vec<Kind>, Vec<Kind>) {
    let written = Kind::ALL.iter().copied().filter(|kind| is_changed(*kind));
    let written: Vec<Kind> = written.collect();
    let focus = rng.sample(4, 5, &written);
    let mut others = [written.as_slice(), &REFERRED].concat();
    others.retain(|kind| !focus.contains(kind));
    (focus, others)
}

struct Draft {
    lines: Vec<String>,
}

impl Draft {
    fn group_columns(&mut self, rng: &mut Rng, kind: Kind) {
        let columns: Vec<&str> = kind.columns().collect();
        for number in 0..GROUPS {
            for column in rng.sample(columns.len() / 2, columns.len(), &columns) {
                let column = format!("col:{}.{column}", kind.name());
                let line = format!("g2, {column}, {}", group(kind, number));
                self.lines.push(line);
            }
        }
    }

    /// Some rights on one kind, and what is taken from them.
    fn give(&mut self, rng: &mut Rng, role: &Role, kind: Kind) {
        let reads = match rng.chance(45) {
            true => "reference",
            false => scope(rng, role.bearing, &[kind]),
        };
        let columns = some_columns(rng, kind, 50);
        self.line(role, kind, "read", [reads, &columns, "allow"]);
        let writes = [
            ("update", 90, 60),
            ("deactivate", 75, 70),
            ("create", 75, 80),
        ];
        for (action, share, whole) in writes {
            for _ in 0..rng.between(1, 2) {
                if rng.chance(share) {
                    let scope = scope(rng, role.bearing, &[kind]);
                    let columns = some_columns(rng, kind, whole);
                    self.line(role, kind, action, [scope, &columns, "allow"]);
                }
            }
        }
        // Who may change nobody ties nobody to anything.
        let ties_persons = [Kind::StaffMember, Kind::Employment, Kind::Enrollment].contains(&kind);
        if ties_persons && rng.chance(60) {
            let scope = scope(rng, role.bearing, &[Kind::Person]);
            let scope = if rng.chance(60) { "reference" } else { scope };
            self.line(role, Kind::Person, "update", [scope, "cols:all", "allow"]);
        }
        // Few are employed and have no professional record yet.
        if kind == Kind::StaffMember && rng.chance(50) {
            for action in ["read", "create"] {
                self.line(role, kind, action, ["reference", "cols:all", "allow"]);
            }
        }
        if rng.chance(35) {
            let action = *rng.pick(&["read", "update", "update", "deactivate", "create"]);
            let scope = scope(rng, role.bearing, &[kind]);
            let columns = some_columns(rng, kind, 30);
            self.line(role, kind, action, [scope, &columns, "deny"]);
        }
    }

    fn line(&mut self, role: &Role, kind: Kind, action: &str, rest: [&str; 3]) {
        let (role, kind) = (&role.name, kind.name());
        let line = format!("p, role:{role}, res:{kind}, {action}, {}", rest.join(", "));
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }
}

/// All of a kind's columns in so many cases of a hundred, else a group of them.
fn some_columns(rng: &mut Rng, kind: Kind, whole: usize) -> String {
    match rng.chance(whole) {
        true => "cols:all".to_owned(),
        false => group(kind, rng.below(GROUPS)),
    }
}

fn group(kind: Kind, number: usize) -> String {
    format!("cols:{}-{number}", kind.name())
}

pub(super) fn add_reader(tables: &mut Tables) -> app_user::Model {
    let reader = app_user::Model {
        id: READER,
        issuer: LOCAL_ISSUER.to_owned(),
        subject: format!("user-{READER}"),
        name: "reader".to_owned(),
        organization_id: None,
        active: true,
        binding_epoch: 0,
    };
    tables.users.push(reader.clone());
    tables.bindings.push(role_binding::Model {
        id: tables.bindings.last().map_or(1, |last| last.id + 1),
        user_id: READER,
        role: "reader".to_owned(),
        division_id: Some(0),
        facility_id: None,
        program_id: None,
        partnership_id: None,
        valid_from: None,
        valid_until: None,
    });
    reader
}
