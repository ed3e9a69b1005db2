//! Organizations and facilities. Many a facility is administered from elsewhere
//! than it stands; branches and integrated clinics form chains, so that managing
//! two levels down would show.

use entity::{division, facility, organization, term::OrganizationKind};

use super::{Tables, word};
use crate::rng::Rng;

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(2, 4);
    for id in word::keys(rng, count) {
        let organization = organization(rng, id, &tables.divisions);
        tables.organizations.push(organization);
    }
    let count = rng.between(8, 12);
    for id in word::keys(rng, count) {
        let facility = facility(rng, id, tables);
        tables.facilities.push(facility);
    }
}

fn organization(rng: &mut Rng, id: i64, divisions: &[division::Model]) -> organization::Model {
    organization::Model {
        id,
        name: word::name(rng),
        kind: match rng.chance(40) {
            true => OrganizationKind::Company,
            false => word::term(rng),
        },
        credit_code: rng.maybe(60, |_| format!("91{id:016}")),
        division_id: rng.maybe(65, |rng| rng.pick(divisions).id),
    }
}

fn facility(rng: &mut Rng, id: i64, tables: &Tables) -> facility::Model {
    let located = rng.pick(&tables.divisions);
    let administered_by = match rng.below(10) {
        0..=4 => located.id,
        5 | 6 => located.parent_id.unwrap_or(located.id),
        _ => rng.pick(&tables.divisions).id,
    };
    // The last facilities rather than any, for the sake of long chains.
    let latest = tables.facilities.len().saturating_sub(2);
    let manager = |rng: &mut Rng, percent: usize| {
        let latest = &tables.facilities[latest..];
        if latest.is_empty() {
            return None;
        }
        rng.maybe(percent, |rng| rng.pick(latest).id)
    };
    facility::Model {
        id,
        name: word::name(rng),
        facility_type: word::term(rng),
        level: word::term(rng),
        class: word::term(rng),
        sponsor_body: word::term(rng),
        located_in: located.id,
        administered_by,
        organization_id: rng.maybe(50, |rng| rng.pick(&tables.organizations).id),
        branch_of: manager(rng, 50),
        integrated_under: manager(rng, 45),
        beds_approved: rng.maybe(60, word::count),
        beds_actual: rng.maybe(60, word::count),
        opened_on: rng.maybe(60, word::day),
        closed_on: rng.maybe(20, word::day),
        version: word::version(rng),
        active: rng.chance(85),
    }
}
