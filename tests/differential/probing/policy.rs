//! A world for probing: everyone who asks sees every record, and of the columns that are
//! closed nothing, or a mask, or the value in one province alone, or all but there.

use std::collections::HashMap;

use access::{Kind, LOCAL_ISSUER};
use chrono::{DateTime, Utc};
use entity::{app_user, policy_rule, role_binding};
use grassroots_tests::policy_rule;

use crate::{
    cell::{Column, origin},
    rng::Rng,
    world::{Tables, World, personal},
};

/// The roles of each who asks.
const ASKERS: [&[&str]; 3] = [
    // The open columns and, at home, the closed ones.
    &["reader", "native"],
    // All columns but, at home, the closed ones.
    &["confidant", "barred"],
    // The open columns, the masks of the closed ones and, at home, their values.
    &["reader", "native", "masked"],
];

/// To which come the groups of columns, open and closed. Nobody who asks holds the last
/// two roles: their lines may say what they like.
const LINES: &str = "
p, role:reader, res:all, list, reference, cols:all, allow
p, role:reader, res:all, read, reference, cols:open, allow
p, role:native, res:all, read, subtree, cols:closed, allow
p, role:native, res:accounts, read, self, cols:closed, allow
p, role:confidant, res:all, list, reference, cols:all, allow
p, role:confidant, res:all, read, reference, cols:all, allow
p, role:barred, res:all, read, subtree, cols:closed, deny
p, role:barred, res:accounts, read, self, cols:closed, deny
p, role:idle, res:program, read, subtree, cols:all, allow
p, role:spare, res:stage, update, reference, cols:open, deny
g2, res:user, res:accounts
g2, res:role_binding, res:accounts";

pub(super) fn world(seed: u64) -> World {
    let mut tables = World::draw(seed).tables;
    let rng = &mut Rng::part(seed, 0);
    let closed = closed(rng);
    tables.policy = policy(&closed);
    let organizations: Vec<i64> = tables.organizations.iter().map(|o| o.id).collect();
    // Two more have an account and never ask.
    let users = (1..=ASKERS.len() as i64 + 2).map(|id| app_user::Model {
        id,
        issuer: LOCAL_ISSUER.to_owned(),
        subject: format!("user-{id}"),
        name: format!("name {id}"),
        organization_id: rng.maybe(60, |rng| *rng.pick(&organizations)),
        active: true,
        binding_epoch: 0,
    });
    tables.users = users.collect();
    for event in &mut tables.events {
        event.user_id = rng.pick(&tables.users).id;
    }
    tables.bindings = bindings(&tables, home(&tables));
    let callers = tables.users[..ASKERS.len()].to_vec();
    World::of(seed, tables, callers)
}

/// What those who ask hold at home, and the two others at every kind of target.
fn bindings(tables: &Tables, home: i64) -> Vec<role_binding::Model> {
    let mut bindings = Vec::new();
    for (user, roles) in (1..).zip(ASKERS) {
        let held = roles
            .iter()
            .map(|role| bound(user, role, Some(home), [None; 3]));
        bindings.extend(held);
    }
    for (place, role) in ["reader", "barred"].into_iter().enumerate() {
        let user = (ASKERS.len() + 1 + place) as i64;
        let division = tables.divisions.get(place).map(|division| division.id);
        bindings.push(bound(user, role, division, [None; 3]));
        let targets = [
            tables.facilities.get(place).map(|facility| facility.id),
            tables.programs.get(place).map(|program| program.id),
            tables.projects.get(place).map(|project| project.id),
        ];
        for (number, target) in targets.into_iter().enumerate() {
            let mut others = [None; 3];
            others[number] = target;
            bindings.push(role_binding::Model {
                valid_from: Some(instant(place)),
                valid_until: Some(instant(place + 5)),
                ..bound(user, role, None, others)
            });
        }
    }
    for (id, binding) in (1..).zip(&mut bindings) {
        binding.id = id;
    }
    bindings
}

fn bound(
    user: i64,
    role: &str,
    division: Option<i64>,
    [facility, program, partnership]: [Option<i64>; 3],
) -> role_binding::Model {
    role_binding::Model {
        id: 0,
        user_id: user,
        role: role.to_owned(),
        division_id: division,
        facility_id: facility,
        program_id: program,
        partnership_id: partnership,
        valid_from: None,
        valid_until: None,
    }
}

fn instant(year: usize) -> DateTime<Utc> {
    let instant = format!("{}-03-01T00:00:00Z", 2020 + year);
    instant.parse().expect("an instant")
}

/// Whether a line concerns nobody who asks.
pub(super) fn is_idle(line: &policy_rule::Model) -> bool {
    line.ptype == "p" && ["role:idle", "role:spare"].contains(&line.v0.as_str())
}

/// For each column whether it is closed, as those are that it repeats. In some worlds
/// nearly all are, so that those that must change together may.
fn closed(rng: &mut Rng) -> HashMap<Column, bool> {
    let share = *rng.pick(&[50, 95, 95]);
    let columns = Kind::ALL
        .iter()
        .flat_map(|kind| kind.columns().map(|column| (*kind, column)));
    let columns: Vec<Column> = columns.collect();
    let mut closed = HashMap::new();
    for column in &columns {
        let drawn = rng.chance(share);
        let drawn = match column {
            // No scope kind reaches a part of the policy: of its lines all may be closed.
            (Kind::PolicyRule, name) => *name != "ptype",
            _ => drawn,
        };
        closed.entry(origin(*column)).or_insert(drawn);
    }
    // Either group names a column of each kind.
    for kind in Kind::ALL {
        let own = columns.iter().filter(|(of, _)| of == kind);
        let own: Vec<&Column> = own.filter(|column| origin(**column) == **column).collect();
        for state in [true, false] {
            if own.iter().all(|column| closed[*column] != state) {
                closed.insert(**rng.pick(&own), state);
            }
        }
    }
    for column in &columns {
        closed.insert(*column, closed[&origin(*column)]);
    }
    closed
}

fn policy(closed: &HashMap<Column, bool>) -> Vec<policy_rule::Model> {
    let mut lines = LINES.trim().to_owned();
    for kind in Kind::ALL {
        let name = kind.name();
        lines += &format!("\ng2, res:{name}, res:all");
        let mut has_mask = false;
        for column in kind.columns() {
            let is_closed = closed[&(*kind, column)];
            let group = if is_closed { "closed" } else { "open" };
            lines += &format!("\ng2, col:{name}.{column}, cols:{group}");
            if is_closed && personal(*kind).contains(&column) {
                has_mask = true;
                lines += &format!("\ng2, col:{name}.{column}, cols:masked");
            }
        }
        if has_mask {
            lines += &format!("\np, role:masked, res:{name}, mask, reference, cols:masked, allow");
        }
    }
    (1..)
        .zip(lines.lines())
        .map(|(id, line)| policy_rule(id, line))
        .collect()
}

/// The province where the most staff are, or else any.
fn home(tables: &Tables) -> i64 {
    let provinces = tables
        .divisions
        .iter()
        .filter(|division| division.parent_id == Some(0));
    let home = provinces.max_by_key(|province| {
        let staff = tables.staff.iter();
        staff
            .filter(|record| (province.id..=province.last).contains(&record.administered_by))
            .count()
    });
    home.expect("a province").id
}
