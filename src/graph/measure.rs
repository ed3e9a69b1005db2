//! How large a document is: by its tokens before it is parsed, since parsing
//! recurses, and by its fields before it is validated, since validation follows
//! every fragment.

use std::{collections::HashMap, fmt};

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use super::limits::Limits;

/// What is above its limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excess {
    pub(super) what: &'static str,
    pub(super) limit: usize,
}

impl fmt::Display for Excess {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Excess { what, limit } = self;
        write!(
            text,
            "the operation has more {what} than the {limit} that are allowed"
        )
    }
}

/// Refuses a count that is above its limit.
pub(super) fn check(what: &'static str, count: usize, limit: usize) -> Result<(), Excess> {
    match count > limit {
        true => Err(Excess { what, limit }),
        false => Ok(()),
    }
}

/// Reads a document's text token by token, and stops at the first that is too much.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<(), Excess> {
    let mut tokens = 0;
    // For each open bracket whether it opens a list, and what stands in it so far.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '#' => {
                rest = rest.split_once(['\n', '\r']).map_or("", |(_, rest)| rest);
                continue;
            }
            _ if first.is_whitespace() || matches!(first, ',' | '\u{feff}') => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            '"' => behind_string(rest),
            '.' => rest.strip_prefix("...").unwrap_or(&rest[1..]),
            '-' | '0'..='9' => rest[1..].trim_start_matches(|c| is_of_word(c) || c == '.'),
            '$' | '@' => rest[1..].trim_start_matches(is_of_word),
            _ if is_of_word(first) => rest.trim_start_matches(is_of_word),
            _ => &rest[first.len_utf8()..],
        };
        tokens += 1;
        check("tokens", tokens, limits.tokens)?;
        if matches!(first, '}' | ']' | ')') {
            open.pop();
            continue;
        }
        if let Some((true, items)) = open.last_mut() {
            *items += 1;
            check("items in a list", *items, limits.items)?;
        }
        if matches!(first, '{' | '[' | '(') {
            open.push((first == '[', 0));
            check("open brackets", open.len(), limits.brackets)?;
        }
    }
    Ok(())
}

/// Names and numbers.
fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// What follows the string that the text begins with.
fn behind_string(text: &str) -> &str {
    const BLOCK: &str = "\"\"\"";
    const ESCAPED_BLOCK: &str = "\\\"\"\"";

    let is_block = text.starts_with(BLOCK);
    let quote = if is_block { BLOCK } else { "\"" };
    let mut rest = &text[quote.len()..];
    while !rest.starts_with(quote) {
        // What is escaped ends nothing: in a block the three quotes alone.
        if is_block && let Some(behind) = rest.strip_prefix(ESCAPED_BLOCK) {
            rest = behind;
            continue;
        }
        let mut letters = rest.chars();
        let first = letters.next();
        if first == Some('\\') && !is_block {
            letters.next();
        }
        rest = letters.as_str();
        if first.is_none() {
            return "";
        }
    }
    &rest[quote.len()..]
}

/// Refuses a document one of whose operations is too large.
pub(super) fn weigh(document: &ExecutableDocument, limits: &Limits) -> Result<(), Excess> {
    let mut scale = Scale {
        document,
        fragments: HashMap::new(),
        deepest: limits.brackets,
    };
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let weight = scale.set(&operation.selection_set.node, 0);
        check("fields within fields", weight.height, limits.depth)?;
        check("fields", weight.fields, limits.fields)?;
        check("aliases", weight.aliases, limits.aliases)?;
        check("fields at its root", weight.breadth, limits.root_fields)?;
        let directives = weight.directives + operation.directives.len();
        check("directives", directives, limits.directives)?;
        check("counts", weight.counts, limits.counts)?;
        check(
            "lists of types in lists of types",
            weight.types,
            TYPES_IN_TYPES,
        )?;
    }
    Ok(())
}

/// Lists of types, and of what has types, within each other. Each multiplies the
/// response by what the schema holds; graphql-js draws the same line.
const TYPES_IN_TYPES: usize = 2;
const COUNT: &str = "totalCount";
const OF_TYPES: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a selection comes to, with all that is selected below it.
#[derive(Clone, Copy, Default)]
struct Weight {
    /// Fields, and uses of fragments: what is gone through.
    fields: usize,
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
                    Weight {
                        counts: below.counts.saturating_add(usize::from(name == COUNT)),
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
            let directives = selection.node.directives().len();
            weight.directives = weight.directives.saturating_add(directives);
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

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn exceeds(result: Result<(), Excess>) -> Option<&'static str> {
        result.err().map(|excess| excess.what)
    }

    fn scanned(text: &str, tokens: usize, brackets: usize, items: usize) -> Option<&'static str> {
        let limits = Limits {
            tokens,
            brackets,
            items,
            ..Limits::USUAL
        };
        exceeds(scan(text, &limits))
    }

    #[test]
    fn tokens_are_counted_outside_comments() {
        for (text, tokens) in [
            ("{ a }", 3),
            ("{ a(b: \"c d\", e: $f) @g...h }", 14),
            ("{ a(b: -1.5e3, c: \"\"\"d \\\"\"\" e\"\"\") } # f g\r{", 12),
            ("\"open", 1),
            ("\u{feff},, \t\n", 0),
            ("张", 1),
        ] {
            assert_eq!(scanned(text, tokens, 9, 9), None, "{text}");
            if tokens > 0 {
                assert_eq!(scanned(text, tokens - 1, 9, 9), Some("tokens"), "{text}");
            }
        }
    }

    #[test]
    fn brackets_are_counted_outside_strings() {
        for (text, brackets) in [
            ("{ a(b: [1]) { c } }", 3),
            ("{ a(b: \"((((\") }", 2),
            ("[\"]\"[\"]\"[", 3),
            (r#"["\"]"["]"["#, 3),
            (r#"["""]\""" ]"""["#, 2),
            (r#"{a(b:"""\"""" """[[["#, 5),
            (r#"{a(b:"""\\""" """[[["#, 5),
            (r#"{a(b:"""\ """[[["#, 5),
            (r#"{a(b:"\\"[[["#, 5),
            ("}}}{", 1),
        ] {
            assert_eq!(scanned(text, 99, brackets, 9), None, "{text}");
            let excess = scanned(text, 99, brackets - 1, 9);
            assert_eq!(excess, Some("open brackets"), "{text}");
        }
    }

    #[test]
    fn items_are_counted_list_by_list() {
        let text = "{ a(b: [1, -2, $c, {d: [], e: [A B]}], f: {g: 1, h: 1, i: 1, j: 1, k: 1}) }";
        assert_eq!(scanned(text, 99, 9, 4), None);
        assert_eq!(scanned(text, 99, 9, 3), Some("items in a list"));
    }

    #[test]
    fn a_document_is_weighed_with_its_fragments() {
        let limits = Limits {
            depth: 3,
            fields: 7,
            aliases: 2,
            directives: 3,
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
