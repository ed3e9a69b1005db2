//! How large a document is, by its fields: looked at before it is validated, since
//! validation follows every fragment.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};
use async_graphql_value::Value as Literal;

use super::{
    limit::{Excess, Limit, check},
    limits::Limits,
    simulation,
};

/// Refuses a document one of whose operations is too large, or all of them together.
pub(super) fn weigh(document: &ExecutableDocument, limits: &Limits) -> Result<(), Excess> {
    let mut scale = Scale {
        document,
        fragments: HashMap::new(),
        deepest: limits.brackets,
    };
    // Each operation is validated with the fragments that it reaches: what is checked
    // of it counts for all of them together.
    let mut all = Weight::default();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let weight = scale.set(&operation.selection_set.node, 0);
        check(Limit::Depth, weight.height, limits.depth)?;
        all.add(weight);
        check(Limit::Fields, all.fields, limits.fields)?;
        check(Limit::Literals, all.values, limits.tokens)?;
        check(Limit::Aliases, weight.aliases, limits.aliases)?;
        check(Limit::RootFields, weight.breadth, limits.root_fields)?;
        let directives = weight.directives + operation.directives.len();
        check(Limit::Directives, directives, limits.directives)?;
        check(Limit::Counts, weight.counts, limits.counts)?;
        check(Limit::Types, weight.types, TYPES_IN_TYPES)?;
    }
    Ok(())
}

/// Lists of types, and of what has types, within each other. Each multiplies the
/// response by what the schema holds; graphql-js draws the same line.
const TYPES_IN_TYPES: usize = 2;
const COUNT: &str = "totalCount";
const SIMULATION: &str = "simulatePolicy";
const OF_TYPES: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a selection comes to, with all that is selected below it.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Fields, and uses of fragments: what is gone through.
    fields: usize,
    /// Values in arguments. Above the tokens of the document they come only by
    /// fragments that are used again.
    values: usize,
    aliases: usize,
    directives: usize,
    /// Fields within fields.
    height: usize,
    /// Fields of the selection itself.
    breadth: usize,
    /// Lists of types within lists of types.
    types: usize,
    counts: usize,
}

impl Weight {
    fn add(&mut self, more: Weight) {
        self.fields = self.fields.saturating_add(more.fields);
        self.values = self.values.saturating_add(more.values);
        self.aliases = self.aliases.saturating_add(more.aliases);
        self.directives = self.directives.saturating_add(more.directives);
        self.height = self.height.max(more.height);
        self.breadth = self.breadth.saturating_add(more.breadth);
        self.types = self.types.max(more.types);
        self.counts = self.counts.saturating_add(more.counts);
    }
}

struct Scale<'a> {
    document: &'a ExecutableDocument,
    /// Each fragment is weighed once: those that use others twice would double
    /// the work at each step.
    fragments: HashMap<&'a Name, Weight>,
    deepest: usize,
}

impl<'a> Scale<'a> {
    fn set(&mut self, set: &'a SelectionSet, depth: usize) -> Weight {
        let mut sum = Weight::default();
        // A chain of fragments is as deep as they are many.
        if depth > self.deepest {
            sum.height = usize::MAX;
            return sum;
        }
        for selection in &set.items {
            let mut weight = match &selection.node {
                Selection::Field(field) => {
                    let below = self.set(&field.node.selection_set.node, depth + 1);
                    let name = field.node.name.node.as_str();
                    let values = values(&field.node.arguments);
                    Weight {
                        values: below.values.saturating_add(values),
                        counts: below.counts.saturating_add(counts(name)),
                        types: below.types + usize::from(OF_TYPES.contains(&name)),
                        aliases: below.aliases + usize::from(field.node.alias.is_some()),
                        height: below.height.saturating_add(1),
                        breadth: 1,
                        ..below
                    }
                }
                Selection::InlineFragment(fragment) => {
                    self.set(&fragment.node.selection_set.node, depth + 1)
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, depth + 1)
                }
            };
            weight.fields = weight.fields.saturating_add(1);
            for directive in selection.node.directives() {
                weight.directives = weight.directives.saturating_add(1);
                let values = values(&directive.node.arguments);
                weight.values = weight.values.saturating_add(values);
            }
            sum.add(weight);
        }
        sum
    }

    fn fragment(&mut self, name: &Name, depth: usize) -> Weight {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            return Weight::default();
        };
        if let Some(weight) = self.fragments.get(name) {
            return *weight;
        }
        // One that leads to itself has no end.
        let endless = Weight {
            fields: usize::MAX,
            ..Weight::default()
        };
        self.fragments.insert(name, endless);
        let mut weight = self.set(&fragment.node.selection_set.node, depth);
        weight.directives += fragment.node.directives.len();
        self.fragments.insert(name, weight);
        weight
    }
}

/// How often a field goes through records to count them.
fn counts(name: &str) -> usize {
    match name {
        COUNT => 1,
        SIMULATION => simulation::COUNTS,
        _ => 0,
    }
}

fn values(arguments: &[(Positioned<Name>, Positioned<Literal>)]) -> usize {
    let mut count = 0;
    let mut left: Vec<_> = arguments.iter().map(|(_, literal)| &literal.node).collect();
    while let Some(literal) = left.pop() {
        count += 1;
        match literal {
            Literal::List(items) => left.extend(items),
            Literal::Object(members) => left.extend(members.values()),
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn exceeds(result: Result<(), Excess>) -> Option<&'static str> {
        result.err().map(|excess| excess.limit.what())
    }

    #[test]
    fn a_document_is_weighed_with_its_fragments() {
        let limits = Limits {
            depth: 3,
            fields: 7,
            aliases: 2,
            directives: 3,
            tokens: 6,
            counts: 1,
            root_fields: 3,
            ..Limits::USUAL
        };
        let weighed = |text: &str| exceeds(weigh(&parse_query(text).unwrap(), &limits));
        for (text, excess) in [
            ("{ a { b { c } d e f } g }", None),
            ("{ a { b { c { d } } } }", Some("fields within fields")),
            (
                "{ a { ...F } } fragment F on A { b { c { d } } }",
                Some("fields within fields"),
            ),
            ("{ a { a a a a a a a } }", Some("fields")),
            ("{ a { ...F ...F } } fragment F on A { b c }", None),
            (
                "{ a { ...F ...F } } fragment F on A { b c d }",
                Some("fields"),
            ),
            (
                "{ a { ...F ...F } } fragment F on A { ...G ...G ...G }",
                Some("fields"),
            ),
            ("{ x: a { y: b } }", None),
            ("{ x: a { ... on A { y: b } z: b } }", Some("aliases")),
            ("query @d { a @d @d { b } }", None),
            (
                "{ a { ...F @d } } fragment F on A @d { b @d @d }",
                Some("directives"),
            ),
            ("{ a { totalCount } }", None),
            ("{ a { totalCount b: totalCount } }", Some("counts")),
            ("{ simulatePolicy { a } }", Some("counts")),
            ("{ ...F a } fragment F on A { b c { x y } }", None),
            (
                "{ ...F a b } fragment F on A { c d }",
                Some("fields at its root"),
            ),
            ("{ ...F } fragment F on A { ...F }", Some("fields")),
            (
                "{ ...F } fragment F on A { ...G } fragment G on A { ...F }",
                Some("fields"),
            ),
            (
                "query A { a } query B { a b c d }",
                Some("fields at its root"),
            ),
            ("{ ...F ...F } fragment F on A { a(b: { c: [1] }) }", None),
            (
                "{ ...F ...F } fragment F on A { a(b: { c: [1] }) @d(e: 3) }",
                Some("values in arguments"),
            ),
            (
                "query A { ...F } query B { ...F } fragment F on A { a(b: [1 2 3]) }",
                Some("values in arguments"),
            ),
            (
                "query A { a ...F } query B { ...F } fragment F on A { b { c } }",
                None,
            ),
            (
                "query A { a ...F } query B { ...F d } fragment F on A { b { c } }",
                Some("fields"),
            ),
        ] {
            assert_eq!(weighed(text), excess, "{text}");
        }
    }

    #[test]
    fn types_are_not_listed_within_types_within_types() {
        let listed = |text: &str| exceeds(weigh(&parse_query(text).unwrap(), &Limits::USUAL));
        let within = "{ __type { possibleTypes { fields { type { name } } ...F } } }";
        let last = |field: &str| format!("{within} fragment F on __Type {{ {field} {{ name }} }}");
        assert_eq!(listed(&last("interfaces")), None);
        let deeper = last("interfaces { inputFields");
        let excess = listed(&format!("{deeper} }}"));
        assert_eq!(excess, Some("lists of types in lists of types"));
    }

    #[test]
    fn fragments_that_double_at_each_step_or_form_a_long_chain_are_refused() {
        let doubling = |last: usize, uses: &str, end: &str| {
            let step = |n: usize| {
                let next = n + 1;
                format!(
                    "fragment F{n} on Query {{ {} }} ",
                    uses.replace('*', &next.to_string())
                )
            };
            let mut text: String = (0..last).map(step).collect();
            text += &format!("fragment F{last} on Query {{ {end} }} {{ ...F0 }}");
            exceeds(weigh(&parse_query(text).unwrap(), &Limits::USUAL))
        };
        assert_eq!(doubling(3, "...F* ...F*", "a { b }"), None);
        for end in ["a { b }", "...Gone", "...F0"] {
            assert_eq!(doubling(30, "...F* ...F*", end), Some("fields"), "{end}");
        }
        assert_eq!(doubling(1_000, "...F*", "a"), Some("fields within fields"));
    }
}
