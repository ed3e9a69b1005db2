//! The catalogue is the whole schema: a field, a condition or an order that it
//! doesn't know would never be asked for.

use std::collections::BTreeSet;

use access::Kind;
use async_graphql::parser::{
    parse_schema,
    types::{ServiceDocument, TypeKind, TypeSystemDefinition},
};
use grassroots::graph::Graph;
use grassroots_tests::Schema;

use super::{Type, camel};

type Names = BTreeSet<String>;

#[test]
fn the_catalogue_knows_all_of_the_schema() {
    let schema = parse_schema(Graph::default().sdl()).expect("a schema");
    let types = Kind::ALL.iter().map(|kind| super::of(*kind));
    let mut roots = names([
        "viewer",
        "explainAccess",
        "simulatePolicy",
        "node",
        "nodes",
        "division",
        "facilityStatistics",
        "staffStatistics",
        "enrollmentStatistics",
    ]);
    for known in types {
        let name = known.name;
        assert_eq!(members(&schema, name), Some(fields(known)), "{name}");
        let filter = format!("{name}Filter");
        assert_eq!(
            members(&schema, &filter),
            Some(conditions(known)),
            "{filter}"
        );
        let order = format!("{name}Order");
        match members(&schema, &order) {
            Some(members) => assert_eq!(members, orders(known), "{order}"),
            None => assert!(known.orders.is_empty(), "{order}"),
        }
        roots.extend(names(known.list.into_iter().chain(known.open)));
    }
    assert_eq!(members(&schema, "Query"), Some(roots), "Query");
}

/// Columns that are told otherwise than by a field of their name, or not at all: they are
/// the program's own.
const APART: [(Kind, &str); 4] = [
    (Kind::Division, "last"),
    (Kind::Enrollment, "participant_name"),
    (Kind::User, "binding_epoch"),
    (Kind::AuditEvent, "record_id"),
];

/// A column that the policy decides on, but nobody can ask for, is forgotten; and who sees
/// a text that may be masked is told so by its type.
#[test]
fn every_column_is_asked_for() {
    let schema = Schema::read();
    let mut forgotten = Vec::new();
    for kind in Kind::ALL {
        let known = super::of(*kind);
        for (_, column) in kind.decided() {
            let name = column.name;
            let mut fields = schema.fields(known.name).iter();
            let field = fields.find(|field| field.name == camel(name));
            let refers = known.ones.iter().any(|one| one.column == name);
            let is_told = match column.mask {
                Some(_) => field.is_some_and(|field| field.of == "PersonalText"),
                None => field.is_some() || refers,
            };
            if !is_told {
                forgotten.push((*kind, name));
            }
        }
    }
    assert_eq!(forgotten, APART);
}

fn fields(known: &Type) -> Names {
    let mut fields = names(["id"]);
    fields.extend(known.values.iter().map(|column| camel(column)));
    fields.extend(names(known.ones.iter().map(|one| one.field)));
    fields.extend(names(known.manys.iter().map(|many| many.field)));
    match known.name {
        "Enrollment" => fields.extend(names(["participant"])),
        "AuditEvent" => fields.extend(names(["records"])),
        _ => {}
    }
    fields
}

fn conditions(known: &Type) -> Names {
    let mut conditions = names(["and", "or", "not", "id"]);
    conditions.extend(names(known.tests.iter().map(|test| test.field)));
    conditions.extend(names(known.related.iter().copied()));
    if known.name == "AuditEvent" {
        conditions.insert("record".to_owned());
    }
    conditions
}

fn orders(known: &Type) -> Names {
    let columns = known.orders.iter().copied().chain(["official"]);
    let columns = columns.map(str::to_uppercase);
    columns
        .flat_map(|column| ["ASC", "DESC"].map(|direction| format!("{column}_{direction}")))
        .collect()
}

/// The fields or values of a type, if the schema has it.
fn members(schema: &ServiceDocument, name: &str) -> Option<Names> {
    let definitions = schema.definitions.iter();
    let mut types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(defined) => Some(&defined.node),
        _ => None,
    });
    let found = types.find(|defined| defined.name.node == name)?;
    Some(match &found.kind {
        TypeKind::Object(object) => names(object.fields.iter().map(|f| f.node.name.node.as_str())),
        TypeKind::InputObject(input) => {
            names(input.fields.iter().map(|f| f.node.name.node.as_str()))
        }
        TypeKind::Enum(of) => names(of.values.iter().map(|v| v.node.value.node.as_str())),
        other => panic!("{name} is {other:?}"),
    })
}

fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
    names.into_iter().map(str::to_owned).collect()
}
