//! The schema's own account of its types and fields, from which the queries are
//! made: what it gains is asked for, and what no table knows fails.

use std::{collections::BTreeMap, sync::LazyLock};

use async_graphql::{
    Positioned,
    parser::{
        parse_schema,
        types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use grassroots::graph::Graph;

use crate::table::Kind;

pub(crate) struct Schema {
    types: BTreeMap<String, Definition>,
}

/// An object, an input object or an enum.
#[derive(Default)]
struct Definition {
    is_object: bool,
    /// Whether it has a global id.
    is_node: bool,
    fields: Vec<Field>,
    values: Vec<String>,
}

/// A field of an object or of an input object.
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its type, whatever is wrapped around it.
    pub(crate) of: String,
    /// Its arguments with their types.
    pub(crate) arguments: Vec<(String, String)>,
}

/// What a field of an object leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A value or a term.
    Value,
    /// A record.
    One(Kind),
    /// A list of records.
    Many(Kind),
    /// An object that is no record.
    Part,
}

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::read);

impl Schema {
    fn read() -> Schema {
        let document = parse_schema(Graph::default().sdl()).unwrap();
        let mut types = BTreeMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let name = definition.node.name.node.to_string();
            let definition = match definition.node.kind {
                TypeKind::Object(object) => Definition {
                    is_object: true,
                    is_node: object.implements.iter().any(|name| name.node == "Node"),
                    fields: object
                        .fields
                        .iter()
                        .map(|field| Field {
                            name: field.node.name.node.to_string(),
                            of: innermost(&field.node.ty.node),
                            arguments: inputs(&field.node.arguments)
                                .map(|input| (input.name, input.of))
                                .collect(),
                        })
                        .collect(),
                    ..Definition::default()
                },
                TypeKind::InputObject(input) => Definition {
                    fields: inputs(&input.fields).collect(),
                    ..Definition::default()
                },
                TypeKind::Enum(terms) => Definition {
                    values: terms
                        .values
                        .iter()
                        .map(|term| term.node.value.to_string())
                        .collect(),
                    ..Definition::default()
                },
                _ => continue,
            };
            types.insert(name, definition);
        }
        Schema { types }
    }

    /// The names of the types with a global id.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &str> {
        let nodes = self
            .types
            .iter()
            .filter(|(_, definition)| definition.is_node);
        nodes.map(|(name, _)| name.as_str())
    }

    /// The names of the object types.
    pub(crate) fn objects(&self) -> impl Iterator<Item = &str> {
        let objects = self
            .types
            .iter()
            .filter(|(_, definition)| definition.is_object);
        objects.map(|(name, _)| name.as_str())
    }

    /// The fields of an object or an input object.
    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        self.types
            .get(name)
            .map_or(&[], |definition| &definition.fields)
    }

    /// The values of an enum.
    pub(crate) fn values(&self, name: &str) -> &[String] {
        self.types
            .get(name)
            .map_or(&[], |definition| &definition.values)
    }

    /// The root fields that are lists, with what they list.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (&Field, Kind)> {
        self.fields("Query")
            .iter()
            .filter_map(|field| match field.shape() {
                Shape::Many(kind) => Some((field, kind)),
                _ => None,
            })
    }
}

impl Field {
    pub(crate) fn shape(&self) -> Shape {
        let listed = self.of.strip_suffix("Connection").and_then(Kind::named);
        if let Some(kind) = listed {
            Shape::Many(kind)
        } else if let Some(kind) = Kind::named(&self.of) {
            Shape::One(kind)
        } else if SCHEMA
            .types
            .get(&self.of)
            .is_some_and(|definition| definition.is_object)
        {
            Shape::Part
        } else {
            Shape::Value
        }
    }
}

fn inputs(definitions: &[Positioned<InputValueDefinition>]) -> impl Iterator<Item = Field> {
    definitions.iter().map(|input| Field {
        name: input.node.name.node.to_string(),
        of: innermost(&input.node.ty.node),
        arguments: Vec::new(),
    })
}

fn innermost(wrapped: &Type) -> String {
    match &wrapped.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => innermost(inner),
    }
}
