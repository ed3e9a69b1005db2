//! Operations' documents: parsed once and kept, and refused where parsing or
//! following them would exhaust the stack or the time.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Request, Response, ServerError,
    parser::{
        parse_query,
        types::{ExecutableDocument, Selection, SelectionSet},
    },
};
use quick_cache::{Weighter, sync::Cache};

use super::shape::Shape;

/// Documents kept, about; a frontend sends the same few again and again.
const KEPT: usize = 1_000;
/// Bytes of text of all documents kept; parsed, they take a hundred times as many.
const KEPT_BYTES: u64 = 1 << 20;
/// Brackets that may be open at a time.
const DEEPEST: usize = 64;
/// Fields that a document may select, with each use of a fragment counted.
const MOST_FIELDS: usize = 10_000;

pub(super) struct Documents {
    parsed: Cache<String, Arc<ExecutableDocument>, Bytes>,
}

/// Weighs a document by its text.
#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<ExecutableDocument>> for Bytes {
    fn weight(&self, query: &String, _: &Arc<ExecutableDocument>) -> u64 {
        query.len() as u64
    }
}

/// A request with its document parsed, ready for any number of runs.
pub(super) struct Prepared<'a> {
    request: &'a Request,
    document: Arc<ExecutableDocument>,
}

impl Prepared<'_> {
    /// The request for one run.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new("").variables(self.request.variables.clone());
        request
            .operation_name
            .clone_from(&self.request.operation_name);
        request.set_parsed_query(ExecutableDocument::clone(&self.document));
        request
    }

    /// Puts the fields of a run's response in the order of the document.
    pub(super) fn arrange(&self, response: &mut Response) {
        let operation = self.request.operation_name.as_deref();
        Shape::of(&self.document, operation).arrange(&mut response.data);
    }
}

impl Default for Documents {
    fn default() -> Documents {
        Documents {
            parsed: Cache::with_weighter(KEPT, KEPT_BYTES, Bytes),
        }
    }
}

impl Documents {
    /// Parses a request's document, or takes it as it was parsed before.
    pub(super) fn prepare<'a>(&self, request: &'a Request) -> Result<Prepared<'a>, ServerError> {
        let document = self.document(&request.query)?;
        Ok(Prepared { request, document })
    }

    fn document(&self, query: &str) -> Result<Arc<ExecutableDocument>, ServerError> {
        if let Some(known) = self.parsed.get(query) {
            return Ok(known);
        }
        let depth = depth(query);
        if depth > DEEPEST {
            let problem =
                format!("the document opens {depth} brackets in each other; {DEEPEST} are allowed");
            return Err(ServerError::new(problem, None));
        }
        let parsed = parse_query(query)?;
        if !is_modest(&parsed) {
            let problem = format!("the document selects more than {MOST_FIELDS} fields");
            return Err(ServerError::new(problem, None));
        }
        Ok(Arc::new(parsed))
    }

    /// Keeps a document that was found valid.
    pub(super) fn keep(&self, prepared: &Prepared<'_>) {
        if self.parsed.peek(&prepared.request.query).is_none() {
            let query = prepared.request.query.clone();
            self.parsed.insert(query, prepared.document.clone());
        }
    }
}

/// Whether the document selects a number of fields that can be followed.
/// Fragments that use fragments twice double it at each step.
fn is_modest(document: &ExecutableDocument) -> bool {
    let mut known = HashMap::new();
    let mut operations = document.operations.iter();
    operations.all(|(_, operation)| {
        let set = &operation.node.selection_set.node;
        fields(document, set, &mut known, 0) <= MOST_FIELDS
    })
}

fn fields(
    document: &ExecutableDocument,
    set: &SelectionSet,
    known: &mut HashMap<Name, usize>,
    depth: usize,
) -> usize {
    if depth > DEEPEST {
        return usize::MAX;
    }
    let mut sum = 0_usize;
    for selection in &set.items {
        let more = match &selection.node {
            Selection::Field(field) => {
                let set = &field.node.selection_set.node;
                fields(document, set, known, depth + 1).saturating_add(1)
            }
            Selection::InlineFragment(fragment) => {
                let set = &fragment.node.selection_set.node;
                fields(document, set, known, depth + 1)
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                match (known.get(name), document.fragments.get(name)) {
                    (Some(count), _) => *count,
                    (None, None) => 0,
                    (None, Some(fragment)) => {
                        // A fragment that leads to itself is for validation to refuse.
                        known.insert(name.clone(), 0);
                        let set = &fragment.node.selection_set.node;
                        let count = fields(document, set, known, depth + 1);
                        known.insert(name.clone(), count);
                        count
                    }
                }
            }
        };
        sum = sum.saturating_add(more);
    }
    sum
}

/// The most brackets that are open at a time, outside strings and comments.
fn depth(query: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '"' => behind_string(rest),
            '#' => rest.split_once('\n').map_or("", |(_, rest)| rest),
            _ => &rest[first.len_utf8()..],
        };
        match first {
            '{' | '[' | '(' => open += 1,
            '}' | ']' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// What follows the string that the text begins with.
fn behind_string(text: &str) -> &str {
    let quote = if text.starts_with("\"\"\"") {
        "\"\"\""
    } else {
        "\""
    };
    let mut rest = &text[quote.len()..];
    while !rest.starts_with(quote) {
        let mut letters = rest.chars();
        match letters.next() {
            None => return "",
            // An escaped quote ends nothing.
            Some('\\') => {
                rest = letters
                    .as_str()
                    .strip_prefix(['"', '\\'])
                    .unwrap_or(letters.as_str())
            }
            Some(_) => rest = letters.as_str(),
        }
    }
    &rest[quote.len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_strings_and_comments() {
        assert_eq!(depth("{ a(b: [1]) { c } }"), 3);
        assert_eq!(depth("{ a(b: \"((((\") # [[[[\n }"), 2);
        assert_eq!(depth("[\"]\"[\"]\"["), 3);
        assert_eq!(depth(r#"["\"]"["]"["#), 3);
        assert_eq!(depth(r#"["""]\""" ]"""["#), 2);
        assert_eq!(depth("\"open ("), 0);
    }

    #[test]
    fn fragments_that_double_at_each_step_are_refused() {
        let doubling = |last: usize| {
            let step = |n: usize| {
                let next = n + 1;
                format!("fragment F{n} on Query {{ ...F{next} ...F{next} }} ")
            };
            let mut steps: String = (0..last).map(step).collect();
            steps += &format!("fragment F{last} on Query {{ version }}");
            parse_query(format!("{{ ...F0 }} {steps}")).unwrap()
        };
        assert!(is_modest(&doubling(3)));
        assert!(!is_modest(&doubling(30)));
        assert!(!is_modest(&doubling(1_000)));
        let cycle = parse_query("{ ...A } fragment A on Query { ...A }").unwrap();
        assert!(is_modest(&cycle));
    }

    #[test]
    fn a_document_nested_too_deeply_is_refused_before_it_is_parsed() {
        let nested = Request::new("{a".repeat(100_000));
        let refused = Documents::default().prepare(&nested);
        assert!(
            refused
                .err()
                .is_some_and(|error| error.message.contains("64 are allowed"))
        );
    }
}
