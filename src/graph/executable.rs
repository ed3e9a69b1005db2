//! One operation of a document, ready to run again and again.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Positioned, Response, Value,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, Selection},
};

use super::{marker::mark, shape::Shape, types::Types};

pub(super) struct Executable {
    /// Holds the operation alone, with the fragments that it reaches.
    pub(super) document: ExecutableDocument,
    pub(super) operation: OperationDefinition,
    shape: Shape,
}

impl Executable {
    /// That of an operation in a document that was found valid.
    pub(super) fn new(
        types: &Types,
        document: &ExecutableDocument,
        name: Option<&Name>,
        operation: &Positioned<OperationDefinition>,
    ) -> Executable {
        let document = mark(types, &extract(document, name, operation));
        Executable {
            shape: Shape::of(&document),
            document,
            operation: operation.node.clone(),
        }
    }

    /// The operation's name in the document.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.document.operations {
            DocumentOperations::Multiple(named) => named.keys().next().map(Name::as_str),
            DocumentOperations::Single(_) => None,
        }
    }

    /// Puts a run's answer in the form that the document gives it. A field that
    /// failed before its resolver ran is left out by the library: it is null.
    pub(super) fn form(&self, response: &mut Response) {
        for error in &response.errors {
            fill(&mut response.data, &error.path);
        }
        self.shape.arrange(&mut response.data);
    }
}

fn fill(mut answer: &mut Value, path: &[PathSegment]) {
    let Some((PathSegment::Field(key), parents)) = path.split_last() else {
        return;
    };
    for step in parents {
        let below = match (step, answer) {
            (PathSegment::Field(key), Value::Object(fields)) => fields.get_mut(key.as_str()),
            (PathSegment::Index(place), Value::List(items)) => items.get_mut(*place),
            _ => None,
        };
        let Some(below) = below else { return };
        answer = below;
    }
    if let Value::Object(fields) = answer {
        fields.entry(Name::new(key)).or_insert(Value::Null);
    }
}

/// The operation by itself, with the fragments that it reaches.
pub(super) fn extract(
    document: &ExecutableDocument,
    name: Option<&Name>,
    operation: &Positioned<OperationDefinition>,
) -> ExecutableDocument {
    let mut fragments = HashMap::new();
    let mut left = vec![&operation.node.selection_set.node];
    while let Some(set) = left.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => left.push(&field.node.selection_set.node),
                Selection::InlineFragment(fragment) => {
                    left.push(&fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some(fragment) = document.fragments.get(name)
                        && !fragments.contains_key(name)
                    {
                        fragments.insert(name.clone(), fragment.clone());
                        left.push(&fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
    let operation = operation.clone();
    ExecutableDocument {
        operations: match name {
            Some(name) => DocumentOperations::Multiple([(name.clone(), operation)].into()),
            None => DocumentOperations::Single(operation),
        },
        fragments,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{parser::parse_query, value};

    use super::*;

    #[test]
    fn an_operation_takes_along_the_fragments_that_it_reaches() {
        let document = parse_query(
            "query A { a { ...F } ... { ...G } } query B { ...H }
            fragment F on A { b { ...I } } fragment G on A { c ...F }
            fragment H on A { d } fragment I on A { e ...Gone }",
        )
        .unwrap();
        for (name, reached) in [("A", vec!["F", "G", "I"]), ("B", vec!["H"])] {
            let mut operations = document.operations.iter();
            let (name, operation) = operations
                .find(|(found, _)| found.is_some_and(|found| found == name))
                .unwrap();
            let part = extract(&document, name, operation);
            let mut fragments: Vec<_> = part.fragments.keys().map(Name::as_str).collect();
            fragments.sort_unstable();
            assert_eq!(fragments, reached);
            let left: Vec<_> = part.operations.iter().map(|(name, _)| name).collect();
            assert_eq!(left, [name]);
        }
    }

    #[test]
    fn a_field_that_failed_is_null() {
        let mut answer = value!({ "a": [{ "b": 1 }, { "b": 2 }], "c": null });
        let field = |name: &str| PathSegment::Field(name.to_owned());
        for path in [
            vec![field("a"), PathSegment::Index(1), field("d")],
            vec![field("a"), PathSegment::Index(0), field("b")],
            vec![field("a"), PathSegment::Index(2), field("d")],
            vec![field("a"), PathSegment::Index(0)],
            vec![field("c"), field("d")],
            vec![],
        ] {
            fill(&mut answer, &path);
        }
        let expected = value!({ "a": [{ "b": 1 }, { "b": 2, "d": null }], "c": null });
        assert_eq!(answer, expected);
    }
}
