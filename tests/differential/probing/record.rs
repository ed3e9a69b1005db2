//! Probes of records as they are shown: by themselves, by those that refer to them, in the
//! lists of those that they refer to, and revealed.

use access::Kind;

use super::probe::{Probe, list, of_all, parents};
use crate::{
    catalogue::{self, One},
    query::{Field, global_id},
    world::World,
};

/// Probes of all records of a kind.
pub(super) fn probes(world: &World, kind: Kind) -> Vec<Probe> {
    let fields = shown(kind);
    let mut probes = Vec::from_iter(of_all(world, kind, fields.clone()));
    for &other in Kind::ALL {
        let ones: Vec<&One> = ones(other, kind).collect();
        let ones = ones.into_iter().enumerate();
        let ones = ones.map(|(n, one)| Field::One(format!("o{n}"), one, fields.clone()));
        let ones: Vec<Field> = ones.collect();
        if !ones.is_empty() {
            probes.extend(of_all(world, other, ones));
        }
    }
    for (parent, many) in parents(kind) {
        let mut list = list(0, many.kind, many.field, None, None);
        list.fields.clone_from(&fields);
        probes.extend(of_all(world, parent, vec![Field::Many(many, list)]));
    }
    if kind == Kind::AuditEvent {
        probes.extend((1..=3).map(about));
    }
    if kind == Kind::Person {
        let people = world.rows(kind).iter();
        probes.extend(people.map(|person| reveal(person.id)));
    }
    probes
}

/// Events about a person.
fn about(person: i64) -> Probe {
    let person = global_id(Kind::Person, person);
    Probe::Text(format!(
        "{{ is: auditEvents(filter: {{ record: {{ eq: \"{person}\" }} }}) {{ totalCount nodes {{ id }} }}
            not: auditEvents(filter: {{ not: {{ record: {{ in: [\"{person}\"] }} }} }}) {{ totalCount }} }}"
    ))
}

/// Nobody may, by the worlds' policy.
fn reveal(person: i64) -> Probe {
    let person = global_id(Kind::Person, person);
    Probe::Text(format!(
        "mutation {{ revealPersonalData(input: {{
            person: \"{person}\", fields: [IDENTITY_NUMBER, PHONE, BIRTH_DATE], purpose: \"to see it\"
        }}) {{ identityNumber phone birthDate }} }}"
    ))
}

fn ones(of: Kind, to: Kind) -> impl Iterator<Item = &'static One> {
    let ones = catalogue::of(of).ones.iter();
    ones.filter(move |one| one.kind == to)
}

/// All that a record shows of itself.
fn shown(kind: Kind) -> Vec<Field> {
    let shown = catalogue::of(kind);
    let values = shown.values.iter();
    let mut fields: Vec<Field> = values
        .map(|column| Field::Value(format!("v_{column}"), column))
        .collect();
    let ones = shown.ones.iter();
    fields.extend(ones.map(|one| Field::One(format!("r_{}", one.column), one, vec![Field::Id])));
    if kind == Kind::Enrollment {
        let name = Field::Value("name".to_owned(), "participant_name");
        fields.push(Field::Participant("participant".to_owned(), vec![name]));
    }
    if kind == Kind::AuditEvent {
        fields.push(Field::Value("records".to_owned(), "records"));
    }
    fields
}
