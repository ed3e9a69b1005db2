//! The tables and the schema name the same types and fields, so that no field is
//! forgotten and none is remembered that is gone.

use std::collections::BTreeSet;

use crate::{
    schema::{SCHEMA, Shape, Shaped},
    table::Kind,
};

/// Root fields that are no list and don't open one type by its id; each has a
/// test of its own.
const OWN_TESTS: [&str; 9] = [
    "viewer",
    "explainAccess",
    "simulatePolicy",
    "node",
    "nodes",
    "division",
    "facilityStatistics",
    "staffStatistics",
    "enrollmentStatistics",
];
/// Object types that are neither records, nor pages of them, nor what was written of one.
const OTHER_OBJECTS: [&str; 19] = [
    "Query",
    "Mutation",
    "RevealPersonalDataPayload",
    "AddPolicyRulePayload",
    "RemovePolicyRulePayload",
    "AccessExplanation",
    "AccessReason",
    "AccessNeed",
    "AccessPlace",
    "PolicySimulation",
    "PolicyEffect",
    "PageInfo",
    "Viewer",
    "ReadableType",
    "ReadableField",
    "Participant",
    "FacilityCount",
    "StaffCount",
    "EnrollmentCount",
];

#[test]
fn every_root_field_is_covered() {
    let own: BTreeSet<&str> = OWN_TESTS.into();
    let others = SCHEMA
        .fields("Query")
        .iter()
        .filter(|field| match field.shape() {
            Shape::Many(_) => false,
            Shape::One(_) => !field.arguments.iter().any(|(name, _)| name == "id"),
            Shape::Value | Shape::Part => true,
        });
    let others: BTreeSet<&str> = others.map(|field| field.name.as_str()).collect();
    assert_eq!(others, own);
}

#[test]
fn every_type_is_covered() {
    let kinds: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(SCHEMA.nodes().collect::<BTreeSet<_>>(), kinds);
    let others = SCHEMA.objects().filter(|name| {
        let ends = ["Connection", "Edge", "Payload"];
        let records = ends.iter().filter_map(|end| name.strip_suffix(end));
        Kind::named(name).is_none() && records.filter_map(Kind::named).next().is_none()
    });
    assert_eq!(
        others.collect::<BTreeSet<_>>(),
        BTreeSet::from(OTHER_OBJECTS)
    );
}

#[test]
fn every_field_of_a_record_is_covered() {
    for &kind in Kind::ALL {
        let mut columns = BTreeSet::new();
        let mut lists = BTreeSet::new();
        for field in SCHEMA.fields(kind.name()) {
            match field.shape() {
                Shape::Value if field.name == "id" => {}
                Shape::Value | Shape::One(_) => {
                    columns.insert(field.name.as_str());
                }
                Shape::Many(listed) => {
                    lists.insert((field.name.as_str(), listed.name()));
                }
                Shape::Part => columns.extend(parts(kind, &field.name, &field.of)),
            }
        }
        let table = kind.table();
        let known = table.columns.iter().map(|column| column.field.as_str());
        assert_eq!(columns, known.collect(), "columns of {}", kind.name());
        let known = table
            .manys
            .iter()
            .map(|many| (many.field.as_str(), many.listed.name()));
        assert_eq!(lists, known.collect(), "lists of {}", kind.name());
    }
}

/// The columns behind the fields of an object that is part of a record.
fn parts(kind: Kind, field: &str, object: &str) -> impl Iterator<Item = &'static str> {
    let columns = kind.part(field);
    let names: BTreeSet<&str> = columns.iter().map(|(name, _)| *name).collect();
    let fields = SCHEMA
        .fields(object)
        .iter()
        .map(|field| field.name.as_str());
    assert_eq!(fields.collect::<BTreeSet<_>>(), names, "{object}");
    columns.iter().map(|(_, column)| *column)
}
