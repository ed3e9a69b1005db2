//! People: staff with their main, further and ended employments, and people
//! without a professional record.

use entity::{employment, person, staff_member};

use super::{Tables, word};
use crate::rng::Rng;

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(8, 12);
    for id in word::keys(rng, count) {
        let person = person::Model {
            id,
            name: word::name(rng),
            sex: word::term(rng),
            identity_kind: rng.maybe(80, word::term),
            identity_number: rng.maybe(80, word::identity_number),
            phone: rng.maybe(80, word::phone),
            birth_date: rng.maybe(80, |rng| word::day(rng).to_string().into()),
            identity_number_digest: None,
            phone_digest: None,
            birth_date_digest: None,
            version: word::version(rng),
            active: rng.chance(85),
        };
        if rng.chance(65) {
            hire(rng, &person, tables);
        }
        tables.people.push(person);
    }
}

/// Gives the person a professional record, a main employment, ended or not, and
/// sometimes others.
fn hire(rng: &mut Rng, person: &person::Model, tables: &mut Tables) {
    let has_left = rng.chance(20);
    let main = employ(rng, person, tables, true, has_left);
    let record = staff_member::Model {
        id: 2 * person.id,
        person_id: person.id,
        name: person.name.clone(),
        main_employment_id: main.id,
        facility_id: main.facility_id,
        administered_by: main.administered_by,
        located_in: main.located_in,
        profession_category: word::term(rng),
        education: word::term(rng),
        title: word::term(rng),
        key_post: main.key_post,
        version: word::version(rng),
        active: rng.chance(85),
    };
    tables.employments.push(main);
    tables.staff.push(record);
    if rng.chance(60) {
        // An earlier main employment has ended; a further one may last.
        let main = rng.chance(30);
        let ended = main || rng.chance(50);
        let other = employ(rng, person, tables, main, ended);
        tables.employments.push(other);
    }
}

/// Gives some of those who have no professional record a main employment, ended or not.
pub(super) fn hire_newcomers(rng: &mut Rng, tables: &mut Tables) {
    for person in tables.people.clone() {
        let has_record = tables
            .staff
            .iter()
            .any(|record| record.person_id == person.id);
        if !has_record && rng.chance(90) {
            let has_left = rng.chance(20);
            let employment = employ(rng, &person, tables, true, has_left);
            tables.employments.push(employment);
        }
    }
}

fn employ(
    rng: &mut Rng,
    person: &person::Model,
    tables: &Tables,
    main: bool,
    ended: bool,
) -> employment::Model {
    let facility = rng.pick(&tables.facilities);
    let started_on = word::day(rng);
    employment::Model {
        id: tables.employments.last().map_or(1, |last| last.id + 2),
        person_id: person.id,
        person_name: person.name.clone(),
        facility_id: facility.id,
        employer_id: rng.pick(&tables.facilities).id,
        administered_by: facility.administered_by,
        located_in: facility.located_in,
        main,
        tenure: word::term(rng),
        deployment: rng.maybe(40, word::term),
        key_post: word::term(rng),
        title_engaged: word::term(rng),
        started_on,
        ended_on: ended.then(|| word::day_since(rng, started_on)),
        version: word::version(rng),
        active: rng.chance(85),
    }
}
