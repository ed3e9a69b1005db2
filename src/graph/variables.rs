//! Values of variables, coerced to their types before an operation runs, with
//! the defaults filled in: what is wrong with one is said at once and of the
//! variable, and the defaults hold in `@skip` and `@include` too, where the
//! library passes over them.

use std::collections::HashMap;

use async_graphql::{
    Name, Value, Variables,
    indexmap::IndexMap,
    parser::{
        parse_schema,
        types::{BaseType, OperationDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};

use super::scalar::{Scalar, scalar};

/// The types that a variable may have.
pub(super) struct InputTypes(HashMap<Name, InputType>);

enum InputType {
    Scalar(Scalar),
    Term(Vec<Name>),
    Object(IndexMap<Name, Member>),
}

struct Member {
    type_: Type,
    default: Option<Value>,
}

/// What is wrong with a value, and where in it.
struct Problem {
    path: String,
    text: String,
}

impl InputTypes {
    /// The input types of a schema in the definition language.
    pub(super) fn of(sdl: &str) -> InputTypes {
        let definitions = parse_schema(sdl).map_or_else(|_| Vec::new(), |found| found.definitions);
        let defined = definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else {
                return None;
            };
            let definition = definition.node;
            let type_ = match definition.kind {
                TypeKind::Scalar => InputType::Scalar(scalar(&definition.name.node)?),
                TypeKind::Enum(terms) => {
                    let terms = terms.values.into_iter();
                    InputType::Term(terms.map(|term| term.node.value.node).collect())
                }
                TypeKind::InputObject(object) => {
                    let members = object.fields.into_iter().map(|member| {
                        let member = member.node;
                        let default = member.default_value.map(|value| value.node);
                        let type_ = member.ty.node;
                        (member.name.node, Member { type_, default })
                    });
                    InputType::Object(members.collect())
                }
                _ => return None,
            };
            Some((definition.name.node, type_))
        });
        let of_the_language = ["Int", "Float", "String", "Boolean", "ID"]
            .into_iter()
            .filter_map(|name| Some((Name::new(name), InputType::Scalar(scalar(name)?))));
        InputTypes(of_the_language.chain(defined).collect())
    }

    /// The operation's variables with the values given, or what is wrong with
    /// one. Values given for others are left out, as the language has it.
    pub(super) fn coerce(
        &self,
        operation: &OperationDefinition,
        given: &Variables,
    ) -> Result<Variables, String> {
        let mut coerced = Variables::default();
        for definition in &operation.variable_definitions {
            let definition = &definition.node;
            let (name, type_) = (&definition.name.node, &definition.var_type.node);
            let default = definition.default_value.as_ref();
            let value = match (given.get(name), default) {
                (Some(value), _) => value.clone(),
                (None, Some(default)) => default.node.clone(),
                (None, None) if type_.nullable => continue,
                (None, None) => {
                    return Err(format!(
                        "the variable ${name} has no value; its type is {type_}"
                    ));
                }
            };
            let value = self.value(type_, value).map_err(|Problem { path, text }| {
                format!("the value of ${name}{path} is not good: {text}")
            })?;
            coerced.insert(name.clone(), value);
        }
        Ok(coerced)
    }

    fn value(&self, type_: &Type, value: Value) -> Result<Value, Problem> {
        if value == Value::Null {
            return match type_.nullable {
                true => Ok(value),
                false => Err(problem(format!("null is given where {type_} is needed"))),
            };
        }
        match (&type_.base, value) {
            (BaseType::List(item), Value::List(values)) => {
                let values = values.into_iter().enumerate().map(|(place, value)| {
                    self.value(item, value)
                        .map_err(|problem| problem.within(format!("[{place}]")))
                });
                Ok(Value::List(values.collect::<Result<_, _>>()?))
            }
            // One value stands for a list of it.
            (BaseType::List(item), value) => Ok(Value::List(vec![self.value(item, value)?])),
            (BaseType::Named(name), value) => match self.0.get(name) {
                Some(type_) => self.named(name, type_, value),
                // Validation refuses the type, and says so better.
                None => Ok(value),
            },
        }
    }

    fn named(&self, name: &Name, type_: &InputType, value: Value) -> Result<Value, Problem> {
        match (type_, value) {
            (InputType::Scalar(scalar), value) => {
                let needed = || problem(format!("{name} is needed, {}", scalar.takes));
                (scalar.coerce)(value).ok_or_else(needed)
            }
            (InputType::Term(terms), Value::String(text)) => {
                let term = terms.iter().find(|term| term.as_str() == text);
                let term = term.ok_or_else(|| problem(format!("it is none of {name}'s terms")))?;
                Ok(Value::Enum(term.clone()))
            }
            (InputType::Term(_), _) => Err(problem(format!("a term of {name} is needed"))),
            (InputType::Object(members), Value::Object(given)) => {
                self.object(name, members, given).map(Value::Object)
            }
            (InputType::Object(_), _) => Err(problem(format!("an object, {name}, is needed"))),
        }
    }

    fn object(
        &self,
        name: &Name,
        members: &IndexMap<Name, Member>,
        mut given: IndexMap<Name, Value>,
    ) -> Result<IndexMap<Name, Value>, Problem> {
        let mut object = IndexMap::with_capacity(given.len());
        for (key, member) in members {
            let value = match (given.swap_remove(key), &member.default) {
                (Some(value), _) => value,
                (None, Some(default)) => default.clone(),
                (None, None) if member.type_.nullable => continue,
                (None, None) => return Err(problem(format!("{name} needs `{key}`"))),
            };
            let value = self.value(&member.type_, value);
            let value = value.map_err(|problem| problem.within(format!(".{key}")))?;
            object.insert(key.clone(), value);
        }
        match given.keys().next() {
            Some(unknown) => Err(problem(format!("{name} has no `{unknown}`"))),
            None => Ok(object),
        }
    }
}

impl Problem {
    fn within(mut self, step: String) -> Problem {
        self.path.insert_str(0, &step);
        self
    }
}

fn problem(text: String) -> Problem {
    let path = String::new();
    Problem { path, text }
}

/// How many values the variables hold in all, and in the longest of their lists.
pub(super) fn size(variables: &Variables) -> (usize, usize) {
    let (mut count, mut longest) = (0, 0);
    let mut left: Vec<&Value> = variables.values().collect();
    while let Some(value) = left.pop() {
        count += 1;
        match value {
            Value::List(items) => {
                longest = longest.max(items.len());
                left.extend(items);
            }
            Value::Object(members) => left.extend(members.values()),
            _ => {}
        }
    }
    (count, longest)
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{parse_query, types::DocumentOperations};
    use serde_json::{Value as Json, json};

    use super::*;

    const SDL: &str = "
        scalar NaiveDate
        enum Title { SENIOR JUNIOR }
        input Filter { first: Int! = 3, title: [Title!], and: [Filter!], on: NaiveDate, id: ID }
    ";

    fn coerced(variables: &str, given: Json) -> Result<Json, String> {
        let document = parse_query(format!("query({variables}) {{ a }}")).unwrap();
        let DocumentOperations::Single(operation) = document.operations else {
            panic!("one operation");
        };
        let coerced = InputTypes::of(SDL).coerce(&operation.node, &Variables::from_json(given))?;
        Ok(serde_json::to_value(coerced).unwrap())
    }

    #[test]
    fn values_come_out_in_their_types_with_defaults_filled_in() {
        for (variables, given, expected) in [
            ("$a: Int", json!({}), json!({})),
            ("$a: Int = 5", json!({}), json!({ "a": 5 })),
            ("$a: Int = 5", json!({ "a": null }), json!({ "a": null })),
            ("$a: Int!", json!({ "a": 2.0, "b": 1 }), json!({ "a": 2 })),
            ("$a: [Int!]", json!({ "a": 1 }), json!({ "a": [1] })),
            ("$a: ID!", json!({ "a": 7 }), json!({ "a": "7" })),
            (
                "$a: Filter",
                json!({ "a": { "title": "SENIOR", "and": { "on": "2026-01-31" } } }),
                json!({ "a": {
                    "first": 3, "title": ["SENIOR"],
                    "and": [{ "first": 3, "on": "2026-01-31" }],
                } }),
            ),
            // Validation tells of the type.
            ("$a: Nothing", json!({ "a": 1 }), json!({ "a": 1 })),
        ] {
            assert_eq!(coerced(variables, given), Ok(expected), "{variables}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (variables, given, expected) in [
            ("$a: Int!", json!({}), "$a has no value; its type is Int!"),
            (
                "$a: Int!",
                json!({ "a": null }),
                "$a is not good: null is given where Int! is needed",
            ),
            (
                "$a: Int",
                json!({ "a": 2147483648_i64 }),
                "Int is needed, a whole number of 32 bits",
            ),
            ("$a: Int", json!({ "a": 1.5 }), "Int is needed"),
            ("$a: Int", json!({ "a": "1" }), "Int is needed"),
            ("$a: String", json!({ "a": 1 }), "String is needed"),
            ("$a: ID", json!({ "a": 1.0 }), "ID is needed"),
            ("$a: Boolean", json!({ "a": "true" }), "Boolean is needed"),
            (
                "$a: [Int!]",
                json!({ "a": [1, null] }),
                "$a[1] is not good: null",
            ),
            (
                "$a: Filter",
                json!({ "a": [] }),
                "an object, Filter, is needed",
            ),
            (
                "$a: Filter",
                json!({ "a": { "b": 1 } }),
                "Filter has no `b`",
            ),
            (
                "$a: Filter",
                json!({ "a": { "and": [{}, { "title": ["SENIOR", "KING"] }] } }),
                "$a.and[1].title[1] is not good: it is none of Title's terms",
            ),
            (
                "$a: Filter",
                json!({ "a": { "on": "31.1.2026" } }),
                "$a.on is not good: NaiveDate is needed, a day",
            ),
            (
                "$a: Filter",
                json!({ "a": { "first": null } }),
                "$a.first is not good: null",
            ),
        ] {
            let problem = coerced(variables, given).unwrap_err();
            assert!(problem.contains(expected), "{variables}: {problem}");
        }
    }

    #[test]
    fn size_counts_what_is_within() {
        let variables = json!({ "a": 1, "b": [1, [2, 3, 4], {}], "c": { "d": { "e": null } } });
        assert_eq!(size(&Variables::from_json(variables)), (11, 3));
    }

    #[test]
    fn every_scalar_of_the_schema_is_known() {
        let sdl = super::super::Graph::default().sdl();
        let known = InputTypes::of(&sdl);
        let mut scalars = sdl.lines().filter_map(|line| line.strip_prefix("scalar "));
        assert!(scalars.all(|name| known.0.contains_key(name)), "{sdl}");
    }
}
