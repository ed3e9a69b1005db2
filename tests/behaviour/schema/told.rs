//! What a schema says of its types: as it is told to a caller, and as it is printed.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{
    Positioned,
    parser::{
        parse_schema,
        types::{FieldDefinition, TypeKind, TypeSystemDefinition},
    },
};
use grassroots::graph::Graph;
use serde_json::Value;

/// What types consist of.
pub(super) const MEMBERS: [&str; 3] = ["fields", "inputFields", "enumValues"];

/// Asks for the types and their members.
pub(super) const TYPES: &str = "{ __schema {
    queryType { name } mutationType { name }
    types { kind name
        fields(includeDeprecated: true) { name type { ...T } args { name type { ...T } } }
        inputFields { name type { ...T } }
        enumValues(includeDeprecated: true) { name }
        interfaces { name } possibleTypes { name }
    } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { name } } } }";

/// The members of each type that is told of, and their arguments as `field(argument:)`.
pub(super) type Told = BTreeMap<String, BTreeSet<String>>;

pub(super) fn told(answer: &Value) -> Told {
    let types = list(&answer["__schema"], "types").map(|found| {
        let mut members = BTreeSet::new();
        for member in MEMBERS.into_iter().flat_map(|key| list(found, key)) {
            let arguments = list(member, "args").map(name);
            members.extend(arguments.map(|argument| format!("{}({argument}:)", name(member))));
            members.insert(name(member));
        }
        (name(found), members)
    });
    types.collect()
}

/// The members of a type, without arguments.
pub(super) fn members(told: &Told, type_: &str) -> BTreeSet<String> {
    let members = told.get(type_).into_iter().flatten();
    members
        .filter(|name| !name.contains('('))
        .cloned()
        .collect()
}

pub(super) fn list<'a>(parent: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    parent[key].as_array().into_iter().flatten()
}

pub(super) fn name(part: &Value) -> String {
    part["name"].as_str().unwrap().to_owned()
}

pub(super) fn innermost(part: &Value) -> String {
    match &part["ofType"] {
        Value::Null => name(part),
        inner => innermost(inner),
    }
}

/// The same of the printed schema.
pub(super) fn whole() -> Told {
    let document = parse_schema(Graph::default().sdl()).unwrap();
    let mut types = Told::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let fields = |fields: Vec<Positioned<FieldDefinition>>| -> BTreeSet<String> {
            let fields = fields.iter().flat_map(|field| {
                let name = field.node.name.to_string();
                let arguments = field.node.arguments.iter();
                let arguments = arguments.map(|argument| argument.node.name.to_string());
                let arguments = arguments.map(|argument| format!("{name}({argument}:)"));
                arguments.chain([name.clone()]).collect::<Vec<_>>()
            });
            fields.collect()
        };
        let members = match definition.node.kind {
            TypeKind::Object(object) => fields(object.fields),
            TypeKind::Interface(interface) => fields(interface.fields),
            TypeKind::InputObject(object) => {
                let fields = object.fields.into_iter();
                fields.map(|field| field.node.name.to_string()).collect()
            }
            TypeKind::Enum(terms) => {
                let values = terms.values.into_iter();
                values.map(|value| value.node.value.to_string()).collect()
            }
            TypeKind::Scalar | TypeKind::Union(_) => BTreeSet::new(),
        };
        types.insert(definition.node.name.node.to_string(), members);
    }
    types
}

pub(super) fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
