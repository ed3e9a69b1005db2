//! The schema's account of itself, as the library gives it.

use std::sync::Arc;

use access::AccessError;
use async_graphql::{EmptySubscription, Name, Schema, Value, indexmap::IndexMap};

use crate::graph::{mutation::Mutation, query::Query};

/// An object of it: the schema, a type, a field.
pub(super) type Part = IndexMap<Name, Value>;

pub(super) struct Account {
    /// It refers to types by their names.
    pub(super) schema: Part,
    pub(super) types: IndexMap<Name, Arc<Part>>,
}

/// All there is to ask.
const EVERYTHING: &str = "
    {
        __schema {
            __typename description
            queryType { ...Type } mutationType { ...Type } subscriptionType { ...Type }
            directives {
                __typename name description locations isRepeatable
                args(includeDeprecated: true) { ...Input }
            }
            types {
                __typename kind name description specifiedByURL isOneOf
                fields(includeDeprecated: true) {
                    __typename name description isDeprecated deprecationReason
                    args(includeDeprecated: true) { ...Input }
                    type { ...Type }
                }
                inputFields(includeDeprecated: true) { ...Input }
                interfaces { ...Type }
                possibleTypes { ...Type }
                enumValues(includeDeprecated: true) {
                    __typename name description isDeprecated deprecationReason
                }
            }
        }
    }
    fragment Input on __InputValue {
        __typename name description defaultValue isDeprecated deprecationReason
        type { ...Type }
    }
    fragment Type on __Type {
        __typename kind name ofType {
            __typename kind name ofType {
                __typename kind name ofType {
                    __typename kind name ofType { __typename kind name }
                }
            }
        }
    }
";

impl Account {
    /// Asks the library, without limits.
    pub(super) async fn ask() -> Result<Account, AccessError> {
        let library = Schema::new(Query, Mutation::default(), EmptySubscription);
        let answer = library.execute(EVERYTHING).await;
        let account = answer
            .errors
            .is_empty()
            .then(|| read(answer.data))
            .flatten();
        account.ok_or_else(|| AccessError::unexpected("a schema that says nothing of itself"))
    }

    /// A type with all that it holds.
    pub(super) fn type_(&self, name: &str) -> Option<&Part> {
        self.types.get(name).map(Arc::as_ref)
    }
}

fn read(answer: Value) -> Option<Account> {
    let Value::Object(mut root) = answer else {
        return None;
    };
    let Some(Value::Object(mut schema)) = root.swap_remove("__schema") else {
        return None;
    };
    let Some(Value::List(types)) = schema.swap_remove("types") else {
        return None;
    };
    let mut named = IndexMap::with_capacity(types.len());
    for type_ in types {
        if let Value::Object(type_) = type_ {
            named.insert(Name::new(name(&type_)?), Arc::new(type_));
        }
    }
    Some(Account {
        schema,
        types: named,
    })
}

/// What a part is called; wrapping types have no name.
pub(super) fn name(part: &Part) -> Option<&str> {
    match part.get("name")? {
        Value::String(name) => Some(name),
        _ => None,
    }
}

/// The parts in a list of a part.
pub(super) fn list<'a>(part: &'a Part, key: &str) -> impl Iterator<Item = &'a Part> {
    let items = match part.get(key) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match item {
        Value::Object(part) => Some(part),
        _ => None,
    })
}

/// The name of the type that a part has, whatever is wrapped around it.
pub(super) fn type_of(part: &Part) -> Option<&str> {
    let mut type_ = part.get("type");
    while let Some(Value::Object(wrapping)) = type_ {
        if let Some(name) = name(wrapping) {
            return Some(name);
        }
        type_ = wrapping.get("ofType");
    }
    None
}

/// Whether something must be given for an argument, or a member of an input object.
pub(super) fn is_needed(input: &Part) -> bool {
    let kind = match input.get("type") {
        Some(Value::Object(type_)) => type_.get("kind"),
        _ => None,
    };
    kind == Some(&Value::Enum(Name::new("NON_NULL")))
        && input.get("defaultValue") == Some(&Value::Null)
}
