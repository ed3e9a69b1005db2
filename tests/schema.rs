//! The schema's own account of its types and fields, from which questions are made:
//! what it gains is asked for before anyone thinks of it.

use std::collections::BTreeMap;

use async_graphql::{
    Positioned,
    parser::{
        parse_schema,
        types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use grassroots::graph::Graph;

/// The types of the schema.
pub struct Schema {
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
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type, whatever is wrapped around it.
    pub of: String,
    /// Whether an input must give it.
    pub needed: bool,
    /// Its arguments with their types.
    pub arguments: Vec<(String, String)>,
}

impl Schema {
    /// Reads the printed schema.
    pub fn read() -> Schema {
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
                            needed: false,
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
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.named(|definition| definition.is_node)
    }

    /// The names of the object types.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        self.named(|definition| definition.is_object)
    }

    /// The fields of an object or an input object.
    pub fn fields(&self, name: &str) -> &[Field] {
        self.types
            .get(name)
            .map_or(&[], |definition| &definition.fields)
    }

    /// The values of an enum.
    pub fn values(&self, name: &str) -> &[String] {
        self.types
            .get(name)
            .map_or(&[], |definition| &definition.values)
    }

    fn named(&self, kept: fn(&Definition) -> bool) -> impl Iterator<Item = &str> {
        let types = self.types.iter();
        types
            .filter(move |(_, definition)| kept(definition))
            .map(|(name, _)| name.as_str())
    }
}

fn inputs(definitions: &[Positioned<InputValueDefinition>]) -> impl Iterator<Item = Field> {
    definitions.iter().map(|input| Field {
        name: input.node.name.node.to_string(),
        of: innermost(&input.node.ty.node),
        needed: !input.node.ty.node.nullable,
        arguments: Vec::new(),
    })
}

fn innermost(wrapped: &Type) -> String {
    match &wrapped.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => innermost(inner),
    }
}
