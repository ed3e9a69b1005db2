//! Programs in trees, their stages, and enrollments with and without a
//! facility, a stage and a score.

use entity::{enrollment, program, stage};

use super::{Tables, word};
use crate::rng::Rng;

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(3, 6);
    for id in word::keys(rng, count) {
        let program = program(rng, id, tables);
        for ordinal in 1..=rng.below(3) {
            let stage = stage::Model {
                id: tables.stages.last().map_or(1, |last| last.id + 1),
                program_id: program.id,
                division_id: program.division_id,
                ordinal: ordinal as i32,
                name: word::name(rng),
                version: word::version(rng),
                active: rng.chance(85),
            };
            tables.stages.push(stage);
        }
        tables.programs.push(program);
    }
    let count = rng.between(8, 14);
    for id in word::keys(rng, count) {
        let enrollment = enrollment(rng, id, tables);
        tables.enrollments.push(enrollment);
    }
}

fn program(rng: &mut Rng, id: i64, tables: &Tables) -> program::Model {
    let parents = &tables.programs;
    program::Model {
        id,
        parent_id: (!parents.is_empty() && rng.chance(70)).then(|| rng.pick(parents).id),
        code: format!("P{id}"),
        name: word::name(rng),
        kind: word::term(rng),
        tier: word::term(rng),
        host_id: rng.pick(&tables.organizations).id,
        division_id: rng.pick(&tables.divisions).id,
        starts_on: rng.maybe(60, word::day),
        ends_on: rng.maybe(50, word::day),
        target: rng.maybe(50, word::count),
        supported_by: rng.maybe(40, |rng| rng.pick(&tables.projects).id),
        version: word::version(rng),
        active: rng.chance(85),
    }
}

fn enrollment(rng: &mut Rng, id: i64, tables: &Tables) -> enrollment::Model {
    let program = rng.pick(&tables.programs);
    let stages = tables.stages.iter();
    let stages: Vec<&stage::Model> = stages.filter(|s| s.program_id == program.id).collect();
    let person = rng.pick(&tables.people);
    let facility = rng.maybe(60, |rng| rng.pick(&tables.facilities));
    let contract = rng.maybe(60, |rng| rng.pick(&tables.divisions));
    let division = facility.map(|facility| facility.administered_by);
    let division = division.or(contract.map(|county| county.id));
    let entered_on = word::day(rng);
    enrollment::Model {
        id,
        program_id: program.id,
        stage_id: (!stages.is_empty() && rng.chance(60)).then(|| rng.pick(&stages).id),
        person_id: person.id,
        participant_name: person.name.clone(),
        facility_id: facility.map(|facility| facility.id),
        division_id: division.unwrap_or(program.division_id),
        status: word::term(rng),
        entered_on,
        ended_on: rng.maybe(40, |rng| word::day_since(rng, entered_on)),
        score: rng.maybe(50, word::count),
        version: word::version(rng),
        active: rng.chance(85),
    }
}
