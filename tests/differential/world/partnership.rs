//! Partnership projects in trees, with parties, modules, sites and activities.

use entity::{
    partnership_activity, partnership_module, partnership_party, partnership_project,
    partnership_site,
};

use super::{Tables, word};
use crate::rng::Rng;

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(2, 4);
    for id in word::keys(rng, count) {
        let parents = &tables.projects;
        let project = partnership_project::Model {
            id,
            parent_id: (!parents.is_empty() && rng.chance(60)).then(|| rng.pick(parents).id),
            name: word::name(rng),
            tier: word::term(rng),
            agreement_kind: word::term(rng),
            signed_on: rng.maybe(60, word::day),
            signed_at: rng.maybe(60, word::name),
            agreement_ends_on: rng.maybe(50, word::day),
            version: word::version(rng),
            active: rng.chance(85),
        };
        draw_parts(rng, &project, tables);
        tables.projects.push(project);
    }
}

fn draw_parts(rng: &mut Rng, project: &partnership_project::Model, tables: &mut Tables) {
    for organization in rng.sample(1, 4, &tables.organizations) {
        tables.parties.push(partnership_party::Model {
            id: tables.parties.last().map_or(1, |last| last.id + 1),
            project_id: project.id,
            organization_id: organization.id,
            role: word::term(rng),
        });
    }
    for ordinal in 1..=rng.below(3) {
        tables.modules.push(partnership_module::Model {
            id: tables.modules.last().map_or(1, |last| last.id + 1),
            project_id: project.id,
            ordinal: ordinal as i32,
            name: word::name(rng),
        });
    }
    for facility in rng.sample(0, 3, &tables.facilities) {
        tables.sites.push(partnership_site::Model {
            id: tables.sites.last().map_or(1, |last| last.id + 1),
            project_id: project.id,
            facility_id: facility.id,
            administered_by: facility.administered_by,
            located_in: facility.located_in,
            joined_on: rng.maybe(60, word::day),
        });
    }
    let modules = tables.modules.iter();
    let modules: Vec<i64> = modules
        .filter(|module| module.project_id == project.id)
        .map(|module| module.id)
        .collect();
    for _ in 0..rng.below(4) {
        tables.activities.push(partnership_activity::Model {
            id: tables.activities.last().map_or(1, |last| last.id + 1),
            project_id: project.id,
            module_id: (!modules.is_empty() && rng.chance(60)).then(|| *rng.pick(&modules)),
            kind: word::term(rng),
            name: word::name(rng),
            held_on: word::day(rng),
            place: word::name(rng),
            version: word::version(rng),
            active: rng.chance(85),
        });
    }
}
