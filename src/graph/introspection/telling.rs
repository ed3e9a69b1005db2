//! What an operation asks about the schema, answered from the account. Its document was
//! found valid before, so that all that it names is there.

use std::cell::Cell;

use async_graphql::{
    Name, Positioned, Value, Variables,
    indexmap::IndexMap,
    parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::Value as Literal;

use super::account::{Account, Part, name};
use crate::graph::executable::Executable;

/// The fields of an object that an operation asks for, by their response keys. Those of
/// one key are the same field, with what each of them selects.
type Fields<'a> = IndexMap<&'a Name, Vec<&'a Field>>;

pub(super) struct Telling<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    root: &'a SelectionSet,
    /// How many more values may be told.
    left: Cell<usize>,
}

/// Values that are told at most: what explorers ask of the whole schema, several times.
const MOST: usize = 400_000;

impl<'a> Telling<'a> {
    pub(super) fn new(executable: &'a Executable, variables: &'a Variables) -> Telling<'a> {
        Telling {
            document: &executable.document,
            variables,
            root: &executable.operation.selection_set.node,
            left: Cell::new(MOST),
        }
    }

    /// The fields of the root that ask about the schema.
    pub(super) fn asked(&self) -> Fields<'a> {
        let mut fields = Fields::default();
        self.collect(self.root, &mut fields);
        fields.retain(|_, fields| matches!(field(fields), "__schema" | "__type"));
        fields
    }

    /// Their values; an error that says how many there may be if they are more.
    pub(super) fn of(&self, account: &Account, asked: Fields<'a>) -> Result<Part, String> {
        let value = |fields: &[&Field]| match field(fields) {
            "__schema" => Some(self.part(account, &account.schema, fields)),
            _ => match self.argument(fields, "name") {
                Value::String(name) => {
                    let type_ = account.type_(&name);
                    type_.map(|type_| self.part(account, type_, fields))
                }
                _ => None,
            },
        };
        let asked = asked.into_iter();
        let told = asked
            .map(|(key, fields)| (key.clone(), value(&fields).unwrap_or_default()))
            .collect();
        match self.left.get() {
            0 => Err(format!(
                "this asks for more than {MOST} values of the schema: ask for fewer at a time"
            )),
            _ => Ok(told),
        }
    }

    /// A part as the fields that give it select it.
    fn part(&self, account: &Account, part: &Part, given_by: &[&'a Field]) -> Value {
        let mut selected = Fields::default();
        for field in given_by {
            self.collect(&field.selection_set.node, &mut selected);
        }
        let left = self.left.get().saturating_sub(selected.len());
        self.left.set(left);
        if left == 0 {
            return Value::Null;
        }
        let value = |fields: &[&'a Field]| match (field(fields), part.get(field(fields))) {
            ("types", _) => {
                let types = account.types.values();
                Value::List(
                    types
                        .map(|type_| self.part(account, type_, fields))
                        .collect(),
                )
            }
            (_, Some(value)) => self.value(account, value, fields),
            (_, None) => Value::Null,
        };
        let selected = selected.into_iter();
        Value::Object(
            selected
                .map(|(key, fields)| (key.clone(), value(&fields)))
                .collect(),
        )
    }

    fn value(&self, account: &Account, value: &Value, fields: &[&'a Field]) -> Value {
        match value {
            Value::Object(part) => {
                let whole = name(part).and_then(|name| account.type_(name));
                let is_type = part.get("__typename") == Some(&Value::from("__Type"));
                let part = whole.filter(|_| is_type).unwrap_or(part);
                self.part(account, part, fields)
            }
            Value::List(items) => {
                let all = self.argument(fields, "includeDeprecated") == Value::Boolean(true);
                let shown = items.iter().filter(|item| all || !is_deprecated(item));
                Value::List(
                    shown
                        .map(|item| self.value(account, item, fields))
                        .collect(),
                )
            }
            leaf => leaf.clone(),
        }
    }

    /// The fields of a selection. Its type conditions hold: all these types are objects.
    fn collect(&self, set: &'a SelectionSet, fields: &mut Fields<'a>) {
        for selection in &set.items {
            if self.is_left_out(selection.node.directives()) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    fields
                        .entry(&field.response_key().node)
                        .or_default()
                        .push(field);
                }
                Selection::InlineFragment(fragment) => {
                    self.collect(&fragment.node.selection_set.node, fields);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = self.document.fragments.get(name) {
                        self.collect(&fragment.node.selection_set.node, fields);
                    }
                }
            }
        }
    }

    fn is_left_out(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let condition = directive.node.get_argument("if");
            let holds = condition
                .is_some_and(|literal| self.settled(&literal.node) == Value::Boolean(true));
            match directive.node.name.node.as_str() {
                "skip" => holds,
                "include" => !holds,
                _ => false,
            }
        })
    }

    fn argument(&self, fields: &[&Field], name: &str) -> Value {
        let given = fields.first().and_then(|field| field.get_argument(name));
        given.map_or(Value::Null, |literal| self.settled(&literal.node))
    }

    fn settled(&self, literal: &Literal) -> Value {
        let settled = literal.clone().into_const_with(|name| {
            Ok::<_, std::convert::Infallible>(
                self.variables.get(&name).cloned().unwrap_or_default(),
            )
        });
        settled.unwrap_or_default()
    }
}

fn field<'a>(fields: &[&'a Field]) -> &'a str {
    fields.first().map_or("", |field| field.name.node.as_str())
}

fn is_deprecated(item: &Value) -> bool {
    matches!(item, Value::Object(part) if part.get("isDeprecated") == Some(&Value::Boolean(true)))
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptySubscription, Request, Response, Schema, parser::parse_query};
    use serde_json::json;

    use super::*;
    use crate::graph::{Graph, mutation::Mutation, query::Query, types::Types};

    const QUESTIONS: [&str; 6] = [
        // What tools ask.
        "query IntrospectionQuery { __schema {
            description queryType { name } mutationType { name } subscriptionType { name }
            types { ...FullType }
            directives { name description isRepeatable locations
                args(includeDeprecated: true) { ...InputValue } }
        } }
        fragment FullType on __Type {
            __typename kind name description specifiedByURL isOneOf
            fields(includeDeprecated: true) { name description args(includeDeprecated: true) {
                ...InputValue } type { ...TypeRef } isDeprecated deprecationReason __typename }
            inputFields(includeDeprecated: true) { ...InputValue }
            interfaces { ...TypeRef }
            enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
            possibleTypes { ...TypeRef }
        }
        fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue
            isDeprecated deprecationReason __typename }
        fragment TypeRef on __Type { kind name description fields { name } ofType { kind name
            isOneOf ofType { kind name ofType { kind name enumValues { name } ofType { name } } } } }",
        "query($name: String!) { a: __type(name: $name) { kind fields { name args { name } } }
            __type(name: \"Gone\") { kind } b: __type(name: \"Node\") { possibleTypes { name } } }",
        "{ ...F __schema { types { name } } } fragment F on Query { ... { __schema {
            types { kind } queryType { fields { type { ofType { name } kind } } } } } }",
        "query($yes: Boolean!, $no: Boolean = false) { __schema @include(if: $yes) {
            queryType @skip(if: $no) { name } mutationType @include(if: $no) { name } }
            __type(name: \"Query\") @skip(if: $yes) { name } }",
        "{ __schema { __typename directives { __typename args { defaultValue type { name } } } } }",
        "{ __schema { queryType { name @skip(if: true) } } }",
    ];

    #[tokio::test]
    async fn the_whole_account_is_told_as_the_library_tells_it() {
        let library = Schema::new(Query, Mutation::default(), EmptySubscription);
        let account = Account::ask().await.unwrap();
        let types = Types::of(&Graph::default().sdl());
        for question in QUESTIONS {
            let given = json!({ "name": "Facility", "yes": true, "no": false });
            let variables = Variables::from_json(given);
            let request = Request::new(question).variables(variables.clone());
            let expected = library.execute(request).await;
            assert!(expected.is_ok(), "{question} {:?}", expected.errors);

            let document = parse_query(question).unwrap();
            let (name, operation) = document.operations.iter().next().unwrap();
            let executable = Executable::new(&types, &document, name, operation);
            let telling = Telling::new(&executable, &variables);
            let told = telling.of(&account, telling.asked());
            let mut told = Response::new(Value::Object(told.unwrap()));
            executable.form(&mut told);
            let [told, expected] = [told.data, expected.data].map(|data| data.into_json().unwrap());
            // Of what nothing is selected, the library says nothing by itself.
            if question == QUESTIONS[5] {
                assert_eq!(told, json!({ "__schema": { "queryType": {} } }));
            } else {
                assert!(told == expected, "{question}\n{told:#}\n{expected:#}");
            }
        }
    }

    /// How many values an answer has; more than may be told if there are too many.
    async fn values(account: &Account, question: &str) -> usize {
        let types = Types::of(&Graph::default().sdl());
        let document = parse_query(question).unwrap();
        let (name, operation) = document.operations.iter().next().unwrap();
        let executable = Executable::new(&types, &document, name, operation);
        let variables = Variables::default();
        let telling = Telling::new(&executable, &variables);
        let told = telling.of(account, telling.asked());
        assert_eq!(told.is_err(), telling.left.get() == 0);
        MOST - telling.left.get()
    }

    #[tokio::test]
    async fn the_whole_is_told_several_times_over_and_no_more() {
        let account = Account::ask().await.unwrap();
        let once = values(&account, QUESTIONS[0]).await;
        assert!(once > 10_000 && once < MOST / 10, "{once}");
        let much = "__schema { types { fields {
            type { fields { name description args { name description } } } } } }";
        let times: String = (0..100).map(|time| format!("a{time}: {much} ")).collect();
        assert_eq!(values(&account, &format!("{{ {times} }}")).await, MOST);
    }
}
