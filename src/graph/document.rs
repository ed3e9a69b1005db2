//! Operations' documents: parsed once and kept, and refused where they are
//! nested so deeply that parsing them would exhaust the stack.

use std::sync::Arc;

use async_graphql::{
    Request, Response, ServerError,
    parser::{parse_query, types::ExecutableDocument},
};
use quick_cache::sync::Cache;

/// Documents kept; a frontend sends the same few again and again.
const KEPT: usize = 1_000;
/// What is longer is parsed each time, so that the documents kept stay small.
const LONGEST_KEPT: usize = 16 * 1024;
/// Brackets that may be open at a time.
const DEEPEST: usize = 64;

pub(super) struct Documents {
    parsed: Cache<String, Arc<ExecutableDocument>>,
}

impl Default for Documents {
    fn default() -> Documents {
        Documents {
            parsed: Cache::new(KEPT),
        }
    }
}

impl Documents {
    /// The same request with its document parsed, for one run of it.
    pub(super) fn prepare(&self, request: &Request) -> Result<Request, Response> {
        let refused = |error| Response::from_errors(vec![error]);
        let document = self.document(&request.query).map_err(refused)?;
        let mut again = Request::new("").variables(request.variables.clone());
        again.operation_name.clone_from(&request.operation_name);
        again.set_parsed_query(ExecutableDocument::clone(&document));
        Ok(again)
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
        let nested = "{a".repeat(100_000);
        let refused = Documents::default().prepare(&Request::new(nested));
        let error = refused
            .err()
            .and_then(|response| response.errors.into_iter().next());
        assert!(error.is_some_and(|error| error.message.contains("64 are allowed")));
    }
}
