//! Requests that people come to work in a division: of staff whom a facility lets go, and of
//! who is to be hired.

use entity::{clash, person, transfer};

use super::{Tables, word};
use crate::rng::Rng;

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(4, 7);
    for id in word::keys(rng, count) {
        let person = rng.maybe(50, |rng| rng.pick(&tables.people).clone());
        let transfer = ask(rng, id, person, tables);
        tables.transfers.push(transfer);
        let known = rng.below(3);
        for person in rng.sample(known, known, &tables.people) {
            tables.clashes.push(clash::Model::of(id, person.id));
        }
    }
}

fn ask(rng: &mut Rng, id: i64, person: Option<person::Model>, tables: &Tables) -> transfer::Model {
    transfer::Model {
        id,
        division_id: rng.pick(&tables.divisions).id,
        from_id: person.as_ref().map(|_| rng.pick(&tables.facilities).id),
        released_by: person.as_ref().map(|_| rng.pick(&tables.divisions).id),
        person_id: person.as_ref().map(|person| person.id),
        name: person.map_or_else(|| word::name(rng), |person| person.name),
        starts_on: word::day(rng),
        facility_id: rng.maybe(60, |rng| rng.pick(&tables.facilities).id),
        tenure: rng.maybe(60, word::term),
        key_post: rng.maybe(60, word::term),
        title_engaged: rng.maybe(60, word::term),
        sex: rng.maybe(60, word::term),
        identity_kind: rng.maybe(60, word::term),
        identity_number: rng.maybe(60, word::identity_number),
        identity_number_digest: None,
        profession_category: rng.maybe(60, word::term),
        education: rng.maybe(60, word::term),
        title: rng.maybe(60, word::term),
        status: word::term(rng),
        version: word::version(rng),
        active: rng.chance(70),
    }
}
