//! Requests that people come to work in a division: of staff whom a facility lets go, and of
//! who is to be hired.

use access::Kind;
use entity::{person, transfer};

use super::{Tables, World, word};
use crate::{rng::Rng, value::Value};

/// Has open requests follow a person who is known under another identity number now, or
/// under none.
pub(crate) fn follow(world: &mut World, person: i64) {
    let number = |kind, id| {
        let held = world.row(kind, id)?.get("identity_number")?.clone();
        match held {
            Value::Text(text) => Some(text.split_whitespace().collect::<String>().to_uppercase()),
            _ => None,
        }
    };
    let known = number(Kind::Person, person);
    let open = world.rows(Kind::Transfer).iter();
    let open = open.filter(|row| row.get("active") == Some(&Value::Boolean(true)));
    let followed = open.filter_map(|row| {
        let holder = row.key("holder_id").filter(|holder| *holder != person);
        let is_known = known.is_some() && number(Kind::Transfer, row.id) == known;
        let holder = holder.or_else(|| is_known.then_some(person));
        (holder != row.key("holder_id")).then_some((row.id, holder))
    });
    let followed: Vec<(i64, Option<i64>)> = followed.collect();
    for (row, holder) in followed {
        world.set(Kind::Transfer, row, "holder_id", holder.map(Value::Integer));
    }
}

pub(super) fn draw(rng: &mut Rng, tables: &mut Tables) {
    let count = rng.between(4, 7);
    for id in word::keys(rng, count) {
        let person = rng.maybe(50, |rng| rng.pick(&tables.people).clone());
        let transfer = ask(rng, id, person, tables);
        tables.transfers.push(transfer);
    }
}

fn ask(rng: &mut Rng, id: i64, person: Option<person::Model>, tables: &Tables) -> transfer::Model {
    transfer::Model {
        id,
        division_id: rng.pick(&tables.divisions).id,
        from_id: person.as_ref().map(|_| rng.pick(&tables.facilities).id),
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
        holder_id: rng.maybe(60, |rng| rng.pick(&tables.people).id),
        profession_category: rng.maybe(60, word::term),
        education: rng.maybe(60, word::term),
        title: rng.maybe(60, word::term),
        status: word::term(rng),
        version: word::version(rng),
        active: rng.chance(70),
    }
}
