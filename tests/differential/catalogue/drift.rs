//! The catalogue is the whole schema: a field, a condition or an order that it
//! doesn't know would never be asked for.

use std::collections::BTreeSet;

use access::Kind;
use async_graphql::parser::{
    parse_schema,
    types::{ServiceDocument, TypeKind, TypeSystemDefinition},
};
use grassroots::graph::Graph;

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
