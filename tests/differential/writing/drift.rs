//! The forms are the whole schema's: a field that they don't know would never be written.

use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_schema,
    types::{ServiceDocument, TypeKind, TypeSystemDefinition},
};
use grassroots::graph::Graph;

use super::form::{FORMS, Field, Form, Takes, When};
use crate::{catalogue, oracle::Action};

/// Names with the types of what they stand for.
type Types = BTreeMap<String, String>;

/// Mutations that change no record of the forms.
const OTHERS: [(&str, &str); 8] = [
    ("revealPersonalData", "RevealPersonalDataPayload"),
    ("createUser", "UserPayload"),
    ("disableUser", "UserPayload"),
    ("enableUser", "UserPayload"),
    ("grantRole", "RoleBindingPayload"),
    ("revokeRole", "RoleBindingPayload"),
    ("addPolicyRule", "AddPolicyRulePayload"),
    ("removePolicyRule", "RemovePolicyRulePayload"),
];

#[test]
fn the_forms_know_all_that_is_written() {
    let schema = parse_schema(Graph::default().sdl()).expect("a schema");
    let mut mutations = Types::from(OTHERS.map(owned));
    for form in &FORMS {
        let name = catalogue::of(form.kind).name;
        for action in Action::ALL {
            if action == Action::Create && !form.is_made {
                continue;
            }
            mutations.insert(form.mutation(action), format!("{name}Payload"));
            if action != Action::Deactivate {
                let input = format!("{}Input", capital(&form.mutation(action)));
                assert_eq!(
                    types(&schema, &input),
                    inputs(&schema, form, action),
                    "{input}"
                );
            }
        }
    }
    assert_eq!(types(&schema, "Mutation"), mutations);
}

fn inputs(schema: &ServiceDocument, form: &Form, action: Action) -> Types {
    let mut inputs = Types::new();
    if action == Action::Update {
        inputs.extend([("id", "ID!"), ("version", "Int!")].map(owned));
    }
    for field in form.of(action) {
        let is_needed = matches!(field.when, When::Needed | When::Fixed);
        let sign = match action {
            Action::Create if is_needed => "!",
            _ => "",
        };
        let name = field.name(form.kind);
        inputs.insert(name, format!("{}{sign}", type_of(schema, form, field)));
    }
    inputs
}

fn type_of(schema: &ServiceDocument, form: &Form, field: &Field) -> String {
    match field.takes {
        Takes::Text => "String".to_owned(),
        Takes::Number => "Int".to_owned(),
        Takes::Day => "NaiveDate".to_owned(),
        Takes::Link(_) => "ID".to_owned(),
        Takes::Term(terms) => {
            // As the record shows it.
            let shown = types(schema, catalogue::of(form.kind).name);
            let shown = shown[&field.name(form.kind)]
                .trim_end_matches('!')
                .to_owned();
            let mut terms = terms();
            terms.sort_unstable();
            let known: Vec<String> = types(schema, &shown).into_keys().collect();
            assert_eq!(terms, known, "{shown}");
            shown
        }
    }
}

/// The fields or values of a type.
fn types(schema: &ServiceDocument, name: &str) -> Types {
    let definitions = schema.definitions.iter();
    let mut types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(defined) => Some(&defined.node),
        _ => None,
    });
    let found = types.find(|defined| defined.name.node == name);
    match &found.expect("a type of the schema").kind {
        TypeKind::Object(object) => {
            let fields = object.fields.iter().map(|field| &field.node);
            fields
                .map(|field| (field.name.to_string(), field.ty.to_string()))
                .collect()
        }
        TypeKind::InputObject(input) => {
            let fields = input.fields.iter().map(|field| &field.node);
            fields
                .map(|field| (field.name.to_string(), field.ty.to_string()))
                .collect()
        }
        TypeKind::Enum(terms) => {
            let terms = terms.values.iter();
            terms
                .map(|term| (term.node.value.to_string(), String::new()))
                .collect()
        }
        other => panic!("{name} is {other:?}"),
    }
}

fn capital(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

fn owned((name, type_): (&str, &str)) -> (String, String) {
    (name.to_owned(), type_.to_owned())
}
