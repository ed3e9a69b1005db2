//! Users and their bindings, in force, lapsed and yet to come.

use access::LOCAL_ISSUER;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{app_user, division, role_binding};

use super::{
    Tables,
    policy::{Bearing, Role},
    word,
};
use crate::rng::Rng;

/// Draws users and gives back those who ask.
pub(super) fn draw(rng: &mut Rng, tables: &mut Tables, roles: &[Role]) -> Vec<app_user::Model> {
    let count = rng.between(4, 5);
    for id in word::keys(rng, count) {
        tables.users.push(app_user::Model {
            id,
            issuer: LOCAL_ISSUER.to_owned(),
            subject: format!("user-{id}"),
            name: word::name(rng),
            organization_id: rng.maybe(60, |rng| rng.pick(&tables.organizations).id),
            active: rng.chance(85),
            binding_epoch: 0,
        });
        let mut role = rng.pick(roles);
        for _ in 0..rng.between(1, 5) {
            let binding = binding(rng, id, tables, role);
            tables.bindings.push(binding);
            // The same role elsewhere, or another.
            if rng.chance(40) {
                role = rng.pick(roles);
            }
        }
    }
    // Whoever calls must be active; somebody has to.
    tables.users[0].active = true;
    let active = tables.users.iter().filter(|user| user.active);
    active.cloned().collect()
}

fn binding(rng: &mut Rng, user: i64, tables: &Tables, role: &Role) -> role_binding::Model {
    let bearing = match rng.chance(85) {
        true => role.bearing,
        false => *rng.pick(&Bearing::ALL),
    };
    let target = match bearing {
        Bearing::Division => division(rng, &tables.divisions),
        Bearing::Facility => rng.pick(&tables.facilities).id,
        Bearing::Program => rng.pick(&tables.programs).id,
        Bearing::Partnership => rng.pick(&tables.projects).id,
    };
    let at = |wanted: Bearing| (bearing == wanted).then_some(target);
    let (valid_from, valid_until) = validity(rng);
    role_binding::Model {
        id: tables.bindings.last().map_or(1, |last| last.id + 1),
        user_id: user,
        // A role that the policy doesn't know gives nothing.
        role: match rng.chance(3) {
            true => "unheard-of".to_owned(),
            false => role.name.clone(),
        },
        division_id: at(Bearing::Division),
        facility_id: at(Bearing::Facility),
        program_id: at(Bearing::Program),
        partnership_id: at(Bearing::Partnership),
        valid_from,
        valid_until,
    }
}

/// The nation, a node or, as wide subtrees show more, the one above it.
fn division(rng: &mut Rng, divisions: &[division::Model]) -> i64 {
    let node = rng.pick(divisions);
    match rng.below(10) {
        0 => 0,
        1..=5 => node.parent_id.unwrap_or(node.id),
        _ => node.id,
    }
}

/// From and until when a binding is in force: far enough from today that no
/// test sees the change.
fn validity(rng: &mut Rng) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let past = |rng: &mut Rng| instant("2005-03-01T00:00:00.5Z", rng);
    let future = |rng: &mut Rng| instant("2190-11-30T23:59:59Z", rng);
    match rng.below(20) {
        0..=10 => (None, None),
        11 | 12 => (Some(past(rng)), None),
        13 => (None, Some(future(rng))),
        14 | 15 => (Some(past(rng)), Some(future(rng))),
        16 | 17 => (None, Some(past(rng))),
        _ => (Some(future(rng)), None),
    }
}

fn instant(base: &str, rng: &mut Rng) -> DateTime<Utc> {
    let base: DateTime<Utc> = base.parse().expect("an instant");
    base + TimeDelta::milliseconds(rng.below(5) as i64 * 43_200_500)
}

pub(crate) fn in_force(binding: &role_binding::Model) -> bool {
    let now = Utc::now();
    let has_begun = binding.valid_from.is_none_or(|from| from <= now);
    let has_ended = binding.valid_until.is_some_and(|until| until <= now);
    has_begun && !has_ended
}
