//! Operations' documents: parsed once and kept, and refused where they are
//! nested so deeply that parsing them would exhaust the stack.

use std::sync::Arc;

use async_graphql::{
    Request, Response, ServerError, Value,
    parser::{parse_query, types::ExecutableDocument},
};
use quick_cache::sync::Cache;

use super::shape::Shape;

/// Documents kept; a frontend sends the same few again and again.
const KEPT: usize = 1_000;
/// What is longer is parsed each time, so that the documents kept stay small.
const LONGEST_KEPT: usize = 16 * 1024;
/// Brackets that may be open at a time.
const DEEPEST: usize = 64;

pub(super) struct Documents {
    parsed: Cache<String, Arc<ExecutableDocument>>,
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
        if !matches!(response.data, Value::Null) {
            let operation = self.request.operation_name.as_deref();
            Shape::of(&self.document, operation).arrange(&mut response.data);
        }
    }
}

impl Default for Documents {
    fn default() -> Documents {
        Documents {
            parsed: Cache::new(KEPT),
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
        let parsed = Arc::new(parse_query(query)?);
        if query.len() <= LONGEST_KEPT {
            self.parsed.insert(query.to_owned(), parsed.clone());
        }
        Ok(parsed)
    }
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
