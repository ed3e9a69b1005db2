//! The schema's types, as far as a document's arguments and variables are checked
//! by them: read from the definition language.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::{
    Name, Value,
    indexmap::IndexMap,
    parser::{
        parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
            TypeSystemDefinition,
        },
    },
};

use super::scalar::{Scalar, scalar};

/// The root of all queries.
pub(super) const QUERY: &str = "Query";

/// What the language itself defines, and a schema in the definition language
/// leaves out: its scalars, and the fields by which a schema is asked about.
const LANGUAGE: &str = "
    scalar Int scalar Float scalar String scalar Boolean scalar ID
    extend type Query { __schema: __Schema! __type(name: String!): __Type }
    type __Schema {
        types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type
        directives: [__Directive!]!
    }
    type __Type {
        fields(includeDeprecated: Boolean = false): [__Field!]
        interfaces: [__Type!]
        possibleTypes: [__Type!]
        enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
        inputFields(includeDeprecated: Boolean = false): [__InputValue!]
        ofType: __Type
    }
    type __Field { args(includeDeprecated: Boolean = false): [__InputValue!]! type: __Type! }
    type __InputValue { type: __Type! }
    type __Directive { args(includeDeprecated: Boolean = false): [__InputValue!]! }
";

#[derive(Default)]
pub(super) struct Types {
    inputs: HashMap<Name, InputType>,
    /// The fields of objects and interfaces.
    fields: HashMap<Name, HashMap<Name, Field>>,
    directives: HashMap<Name, Inputs>,
}

/// A type that a variable or an argument may have.
pub(super) enum InputType {
    Scalar(Scalar),
    Term(Vec<Name>),
    Object(Inputs),
}

/// Arguments of a field or a directive, or the members of an input object.
pub(super) type Inputs = IndexMap<Name, Input>;

pub(super) struct Input {
    pub(super) type_: Type,
    pub(super) default: Option<Value>,
}

/// A field of an object or an interface.
pub(super) struct Field {
    pub(super) arguments: Inputs,
    /// The name of what it gives, itself or in lists.
    pub(super) type_: Name,
}

impl Types {
    /// The types of a schema in the definition language.
    pub(super) fn of(sdl: &str) -> Types {
        let mut types = Types::default();
        for text in [LANGUAGE, sdl] {
            let found = parse_schema(text).map_or_else(|_| Vec::new(), |found| found.definitions);
            for definition in found {
                match definition {
                    TypeSystemDefinition::Type(definition) => types.add(definition.node),
                    TypeSystemDefinition::Directive(definition) => {
                        let arguments = inputs(definition.node.arguments);
                        types
                            .directives
                            .insert(definition.node.name.node, arguments);
                    }
                    TypeSystemDefinition::Schema(_) => {}
                }
            }
        }
        types
    }

    fn add(&mut self, definition: TypeDefinition) {
        let name = definition.name.node;
        let input = match definition.kind {
            TypeKind::Object(object) => return self.add_fields(name, object.fields),
            TypeKind::Interface(interface) => return self.add_fields(name, interface.fields),
            TypeKind::Union(_) => return,
            TypeKind::Scalar => scalar(&name).map(InputType::Scalar),
            TypeKind::Enum(terms) => {
                let terms = terms.values.into_iter();
                Some(InputType::Term(
                    terms.map(|term| term.node.value.node).collect(),
                ))
            }
            TypeKind::InputObject(object) => Some(InputType::Object(inputs(object.fields))),
        };
        if let Some(input) = input {
            self.inputs.insert(name, input);
        }
    }

    fn add_fields(&mut self, type_: Name, fields: Vec<Positioned<FieldDefinition>>) {
        let fields = fields.into_iter().map(|field| {
            let field = field.node;
            let arguments = inputs(field.arguments);
            let type_ = innermost(field.ty.node);
            (field.name.node, Field { arguments, type_ })
        });
        self.fields.entry(type_).or_default().extend(fields);
    }

    pub(super) fn input(&self, name: &str) -> Option<&InputType> {
        self.inputs.get(name)
    }

    /// Some value of this type, and not null.
    pub(super) fn sample(&self, type_: &Type) -> Value {
        let name = match &type_.base {
            BaseType::List(_) => return Value::List(Vec::new()),
            BaseType::Named(name) => name,
        };
        match self.input(name) {
            None => Value::Null,
            Some(InputType::Scalar(scalar)) => scalar.sample.clone(),
            Some(InputType::Term(terms)) => terms.first().cloned().map_or(Value::Null, Value::Enum),
            Some(InputType::Object(members)) => {
                let needed = members
                    .iter()
                    .filter(|(_, member)| !member.type_.nullable && member.default.is_none());
                let members = needed.map(|(key, member)| (key.clone(), self.sample(&member.type_)));
                Value::Object(members.collect())
            }
        }
    }

    pub(super) fn field(&self, type_: &str, name: &str) -> Option<&Field> {
        self.fields.get(type_)?.get(name)
    }

    /// The arguments of a directive.
    pub(super) fn directive(&self, name: &str) -> Option<&Inputs> {
        self.directives.get(name)
    }
}

fn inputs(definitions: Vec<Positioned<InputValueDefinition>>) -> Inputs {
    let inputs = definitions.into_iter().map(|definition| {
        let definition = definition.node;
        let default = definition.default_value.map(|value| value.node);
        let type_ = definition.ty.node;
        (definition.name.node, Input { type_, default })
    });
    inputs.collect()
}

fn innermost(type_: Type) -> Name {
    match type_.base {
        BaseType::Named(name) => name,
        BaseType::List(item) => innermost(*item),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    #[test]
    fn every_scalar_of_the_schema_is_known() {
        let sdl = super::super::Graph::default().sdl();
        let types = Types::of(&sdl);
        let mut scalars = sdl.lines().filter_map(|line| line.strip_prefix("scalar "));
        assert!(scalars.all(|name| types.input(name).is_some()), "{sdl}");
    }

    #[test]
    fn every_type_has_a_sample() {
        let types = Types::of(
            "enum Title { SENIOR JUNIOR } input A { a: A, b: [A!]!, c: C!, d: Int! = 1 }
            input C { d: Title!, e: Int!, f: ID! }",
        );
        for (type_, expected) in [
            ("[A!]!", value!([])),
            ("Title!", Value::Enum(Name::new("SENIOR"))),
            (
                "A!",
                value!({ "b": [], "c": { "d": Value::Enum(Name::new("SENIOR")), "e": 0, "f": "" } }),
            ),
        ] {
            let type_ = Type::new(type_).unwrap();
            assert_eq!(types.sample(&type_), expected, "{type_}");
        }
    }

    #[test]
    fn what_the_language_defines_is_known() {
        let types = Types::of("type Query { a(b: [Int]): [[A!]] } directive @c(d: ID) on FIELD");
        assert!(types.field(QUERY, "__type").is_some());
        assert_eq!(types.field(QUERY, "a").unwrap().type_, "A");
        assert!(
            types.field("__Type", "fields").unwrap().arguments["includeDeprecated"]
                .default
                .is_some()
        );
        assert!(types.directive("c").unwrap().contains_key("d"));
    }
}
