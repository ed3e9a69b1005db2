//! Arguments of an operation, checked against the schema before it runs: literals
//! by the coercion that variables go through, variables by their types. The library
//! looks at values alone, and at some only when a field runs.

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned, ServerError,
    parser::types::{Directive, ExecutableDocument, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::Value as Literal;

use super::{
    input::{Coercion, Problem},
    types::{Inputs, QUERY, Types},
};

/// What is wrong with the values in a query and the fragments that it reaches. What
/// the schema does not know is passed over: validation tells of it.
pub(super) fn check(
    types: &Types,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> Vec<ServerError> {
    let mut check = Check {
        coercion: Coercion {
            types,
            variables: &operation.variable_definitions,
        },
        document,
        seen: HashSet::new(),
        errors: Vec::new(),
    };
    check.defaults();
    check.set(QUERY, &operation.selection_set.node);
    check.errors
}

type Arguments = [(Positioned<Name>, Positioned<Literal>)];

struct Check<'a> {
    coercion: Coercion<'a>,
    document: &'a ExecutableDocument,
    /// Fragments: each is gone through once.
    seen: HashSet<&'a Name>,
    errors: Vec<ServerError>,
}

impl<'a> Check<'a> {
    fn defaults(&mut self) {
        let literals = Coercion {
            variables: &[],
            ..self.coercion
        };
        for definition in self.coercion.variables {
            let definition = &definition.node;
            if let Some(default) = &definition.default_value {
                let literal = default.node.clone().into_value();
                if let Err(problem) = literals.value(&definition.var_type.node, literal) {
                    let name = format!("${}", definition.name.node);
                    self.refuse(&name, problem, default);
                }
            }
        }
    }

    fn set(&mut self, type_: &'a str, set: &'a SelectionSet) {
        for selection in &set.items {
            self.directives(selection.node.directives());
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    if let Some(defined) = self.coercion.types.field(type_, &field.name.node) {
                        self.arguments(&defined.arguments, &field.arguments);
                        self.set(&defined.type_, &field.selection_set.node);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let type_ = condition.map_or(type_, |condition| &condition.node.on.node);
                    self.set(type_, &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if let Some((name, fragment)) = self.document.fragments.get_key_value(name)
                        && self.seen.insert(name)
                    {
                        let type_ = &fragment.node.type_condition.node.on.node;
                        self.set(type_, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            let Directive { name, arguments } = &directive.node;
            if let Some(defined) = self.coercion.types.directive(&name.node) {
                self.arguments(defined, arguments);
            }
        }
    }

    fn arguments(&mut self, defined: &Inputs, given: &Arguments) {
        for (name, literal) in given {
            if let Some(input) = defined.get(&name.node)
                && let Err(problem) = self.coercion.input(input, literal.node.clone())
            {
                self.refuse(&name.node, problem, literal);
            }
        }
    }

    fn refuse<T>(&mut self, name: &str, problem: Problem, at: &Positioned<T>) {
        let Problem { path, text } = problem;
        let problem = format!("the value of {name}{path} is not good: {text}");
        self.errors.push(ServerError::new(problem, Some(at.pos)));
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    const SDL: &str = "
        enum Title { SENIOR JUNIOR }
        input Filter { first: Int! = 3, title: [Title!], and: [Filter!], id: ID }
        type Query { a(n: Int, m: Int!, o: Int! = 1, ids: [ID!], f: Filter): A }
        type A { b(title: Title): Int }
        directive @skip(if: Boolean!) on FIELD
    ";

    fn problems(text: &str) -> Vec<String> {
        let document = parse_query(text).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let errors = check(&Types::of(SDL), &document, &operation.node);
        errors.into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn values_that_fit_pass() {
        for text in [
            "{ a(n: 1, ids: 7, f: { title: SENIOR, and: [{ first: 2 }] }) { b } }",
            "query($n: Int!) { a(n: $n, m: $n) { b } }",
            // Its own default, or that of the place, stands where null may not.
            "query($n: Int = 1) { a(m: $n, o: $n) { b } }",
            "query($n: Int) { a(o: $n, f: { first: $n }) { b } }",
            "query($ids: [ID!]!, $id: ID!) { a(ids: $ids) { b } c: a(ids: [$id]) { b } }",
            "query($t: [Title!] = JUNIOR) { a(f: { title: $t }) { b } }",
            // Validation tells of these.
            "{ a(x: 1) { c(y: $z) { d(e: 1) } } ...Gone }",
        ] {
            assert_eq!(problems(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_said_with_its_place() {
        for (text, expected) in [
            ("{ a(n: \"1\") { b } }", "n is not good: Int is needed"),
            ("{ a(m: null) { b } }", "m is not good: null is given"),
            ("{ a(f: 7) { b } }", "f is not good: an object, Filter"),
            (
                "{ a(f: { x: 1 }) { b } }",
                "f is not good: Filter has no `x`",
            ),
            (
                "{ a { b(title: \"SENIOR\") } }",
                "title is not good: a term of Title is needed",
            ),
            (
                "{ ...F } fragment F on Query { ... { a { b(title: KING) } } }",
                "title is not good: it is none of Title's terms",
            ),
            (
                "query($n: Int) { a(m: $n) { b } }",
                "m is not good: $n is of the type Int where Int! is needed",
            ),
            (
                "query($n: Int = null) { a(m: $n) { b } }",
                "m is not good: $n is of the type Int",
            ),
            (
                "query($n: Int!) { a(f: { and: [{}, { title: [$n] }] }) { b } }",
                "f.and[1].title[0] is not good: $n is of the type Int! where Title! is needed",
            ),
            (
                "query($id: ID!) { a(ids: $id) { b } }",
                "ids is not good: $id is of the type ID! where [ID!] is needed",
            ),
            (
                "query($ids: [ID]!) { a(ids: $ids) { b } }",
                "$ids is of the type [ID]! where [ID!] is needed",
            ),
            (
                "query($yes: Boolean) { a @skip(if: $yes) { b } }",
                "if is not good: $yes is of the type Boolean where Boolean! is needed",
            ),
            (
                "query($t: Title = \"JUNIOR\") { a { b(title: $t) } }",
                "$t is not good: a term of Title is needed",
            ),
        ] {
            let problems = problems(text);
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert!(problems[0].contains(expected), "{text}: {problems:?}");
        }
    }
}
