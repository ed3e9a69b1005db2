//! Values of variables, coerced to their types before an operation runs, with
//! the defaults filled in: what is wrong with one is said at once and of the
//! variable, and the defaults hold in `@skip` and `@include` too, where the
//! library passes over them.

use async_graphql::{Value, Variables, parser::types::OperationDefinition};

use super::{
    input::{Coercion, Problem},
    types::Types,
};

/// The operation's variables with the values given, or what is wrong with one.
/// Values given for others are left out, as the language has it.
pub(super) fn coerce(
    types: &Types,
    operation: &OperationDefinition,
    given: &Variables,
) -> Result<Variables, String> {
    let coercion = Coercion {
        types,
        variables: &[],
    };
    let mut coerced = Variables::default();
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let (name, type_) = (&definition.name.node, &definition.var_type.node);
        let default = definition.default_value.as_ref();
        let value = match (given.get(name), default) {
            (Some(value), _) => coercion.value(type_, value.clone()),
            (None, Some(default)) => coercion.value(type_, default.node.clone().into_value()),
            (None, None) if type_.nullable => continue,
            (None, None) => {
                return Err(format!(
                    "the variable ${name} has no value; its type is {type_}"
                ));
            }
        };
        let value = value.map_err(|Problem { path, text }| {
            format!("the value of ${name}{path} is not good: {text}")
        })?;
        coerced.insert(name.clone(), value);
    }
    Ok(coerced)
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
        let coerced = coerce(
            &Types::of(SDL),
            &operation.node,
            &Variables::from_json(given),
        )?;
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
            ("$a: Title = JUNIOR", json!({}), json!({ "a": "JUNIOR" })),
            (
                "$a: Title = JUNIOR",
                json!({ "a": "SENIOR" }),
                json!({ "a": "SENIOR" }),
            ),
            (
                "$a: Filter = { title: JUNIOR }",
                json!({}),
                json!({ "a": { "first": 3, "title": ["JUNIOR"] } }),
            ),
            // Validation tells of the type.
            ("$a: Nothing", json!({ "a": 1 }), json!({ "a": null })),
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
                "$a: Title = \"JUNIOR\"",
                json!({}),
                "$a is not good: a term of Title is needed",
            ),
            (
                "$a: Filter = { title: \"JUNIOR\" }",
                json!({}),
                "$a.title is not good: a term of Title is needed",
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
}
