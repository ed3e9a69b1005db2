//! Values coerced to their types: what JSON gives for variables, and the literals
//! of a document.

use async_graphql::{
    Name, Positioned, Value,
    indexmap::IndexMap,
    parser::types::{BaseType, Type, VariableDefinition},
};
use async_graphql_value::Value as Literal;

use super::types::{Input, InputType, Inputs, Types};

/// A value as it is given.
pub(super) trait Given: Sized {
    fn open(self) -> Open<Self>;

    /// The name of a term, if this is one.
    fn term(leaf: &Value) -> Option<&str>;
}

/// A value and its parts.
pub(super) enum Open<G> {
    Variable(Name),
    List(Vec<G>),
    Object(IndexMap<Name, G>),
    /// Null too.
    Leaf(Value),
}

/// JSON, which has texts for terms.
impl Given for Value {
    fn open(self) -> Open<Value> {
        match self {
            Value::List(items) => Open::List(items),
            Value::Object(members) => Open::Object(members),
            leaf => Open::Leaf(leaf),
        }
    }

    fn term(leaf: &Value) -> Option<&str> {
        match leaf {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// A literal, in which a text is no term.
impl Given for Literal {
    fn open(self) -> Open<Literal> {
        match self {
            Literal::Variable(name) => Open::Variable(name),
            Literal::List(items) => Open::List(items),
            Literal::Object(members) => Open::Object(members),
            leaf => Open::Leaf(leaf.into_const().unwrap_or_default()),
        }
    }

    fn term(leaf: &Value) -> Option<&str> {
        match leaf {
            Value::Enum(name) => Some(name),
            _ => None,
        }
    }
}

/// What is wrong with a value, and where in it.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) path: String,
    pub(super) text: String,
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

/// Coercion where these variables are defined. For a variable within a literal
/// comes null: its own value is coerced by itself.
#[derive(Clone, Copy)]
pub(super) struct Coercion<'a> {
    pub(super) types: &'a Types,
    pub(super) variables: &'a [Positioned<VariableDefinition>],
}

impl Coercion<'_> {
    /// The value of an argument or of a member of an input object.
    pub(super) fn input<G: Given>(&self, input: &Input, given: G) -> Result<Value, Problem> {
        match given.open() {
            Open::Variable(name) => self.variable(&name, &input.type_, input.default.is_some()),
            open => self.open(&input.type_, open),
        }
    }

    pub(super) fn value<G: Given>(&self, type_: &Type, given: G) -> Result<Value, Problem> {
        self.open(type_, given.open())
    }

    fn open<G: Given>(&self, type_: &Type, open: Open<G>) -> Result<Value, Problem> {
        match (open, &type_.base) {
            (Open::Variable(name), _) => self.variable(&name, type_, false),
            (Open::Leaf(Value::Null), _) => match type_.nullable {
                true => Ok(Value::Null),
                false => Err(problem(format!("null is given where {type_} is needed"))),
            },
            (Open::List(items), BaseType::List(item)) => {
                let items = items.into_iter().enumerate().map(|(place, given)| {
                    self.value(item, given)
                        .map_err(|problem| problem.within(format!("[{place}]")))
                });
                Ok(Value::List(items.collect::<Result<_, _>>()?))
            }
            // One value stands for a list of it.
            (open, BaseType::List(item)) => Ok(Value::List(vec![self.open(item, open)?])),
            (open, BaseType::Named(name)) => match self.types.input(name) {
                Some(type_) => self.named(name, type_, open),
                // Validation refuses the type, and says so better.
                None => Ok(Value::Null),
            },
        }
    }

    fn named<G: Given>(
        &self,
        name: &Name,
        type_: &InputType,
        open: Open<G>,
    ) -> Result<Value, Problem> {
        match (type_, open) {
            (InputType::Object(members), Open::Object(given)) => {
                self.object(name, members, given).map(Value::Object)
            }
            (InputType::Object(_), _) => Err(problem(format!("an object, {name}, is needed"))),
            (InputType::Term(terms), Open::Leaf(leaf)) => {
                let given =
                    G::term(&leaf).ok_or_else(|| problem(format!("a term of {name} is needed")))?;
                let term = terms.iter().find(|term| term.as_str() == given);
                let term = term.ok_or_else(|| problem(format!("it is none of {name}'s terms")))?;
                Ok(Value::Enum(term.clone()))
            }
            (InputType::Term(_), _) => Err(problem(format!("a term of {name} is needed"))),
            (InputType::Scalar(scalar), open) => {
                let coerced = match open {
                    Open::Leaf(leaf) => (scalar.coerce)(leaf),
                    _ => None,
                };
                coerced.ok_or_else(|| problem(format!("{name} is needed, {}", scalar.takes)))
            }
        }
    }

    fn object<G: Given>(
        &self,
        name: &Name,
        members: &Inputs,
        mut given: IndexMap<Name, G>,
    ) -> Result<IndexMap<Name, Value>, Problem> {
        let mut object = IndexMap::with_capacity(given.len());
        for (key, member) in members {
            let value = match (given.swap_remove(key), &member.default) {
                (Some(value), _) => {
                    let value = self.input(member, value);
                    value.map_err(|problem| problem.within(format!(".{key}")))?
                }
                (None, Some(default)) => default.clone(),
                (None, None) if member.type_.nullable => continue,
                (None, None) => return Err(problem(format!("{name} needs `{key}`"))),
            };
            object.insert(key.clone(), value);
        }
        match given.keys().next() {
            Some(unknown) => Err(problem(format!("{name} has no `{unknown}`"))),
            None => Ok(object),
        }
    }

    /// Whether a variable may stand where a value of this type is needed, by its
    /// type alone. An unknown one is told of by validation.
    fn variable(&self, name: &Name, needed: &Type, has_default: bool) -> Result<Value, Problem> {
        let mut definitions = self.variables.iter().map(|definition| &definition.node);
        let Some(definition) = definitions.find(|definition| definition.name.node == *name) else {
            return Ok(Value::Null);
        };
        let type_ = &definition.var_type.node;
        let default = definition.default_value.as_ref().map(|value| &value.node);
        let has_default = has_default || default.is_some_and(|value| *value != Value::Null);
        let fits = (needed.nullable || !type_.nullable || has_default)
            && is_within(&type_.base, &needed.base);
        match fits {
            true => Ok(Value::Null),
            false => Err(problem(format!(
                "${name} is of the type {type_} where {needed} is needed"
            ))),
        }
    }
}

/// Whether every value of the one type is one of the other.
fn is_within(one: &BaseType, other: &BaseType) -> bool {
    match (one, other) {
        (BaseType::Named(one), BaseType::Named(other)) => one == other,
        (BaseType::List(one), BaseType::List(other)) => {
            (other.nullable || !one.nullable) && is_within(&one.base, &other.base)
        }
        _ => false,
    }
}
