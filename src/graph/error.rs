//! Errors as clients see them: a text and a stable code.

use std::cmp::Ordering;

use access::AccessError;
use async_graphql::{Error, ErrorExtensions, Response, ServerError};

use super::{
    limit::{Excess, Limit},
    limits::Limits,
};

/// A field that some callers may not read: null where it has no value, and null
/// with an error on its path where it is refused.
pub(crate) type Gated<T> = Option<Result<T, Error>>;

/// The error that a client sees. An internal cause goes to the log alone.
pub(crate) fn visible(error: AccessError) -> Error {
    if let AccessError::Internal(cause) = &error
        && cause.is_news()
    {
        tracing::error!(%cause, "an operation failed");
    }
    Error::new(error.to_string()).extend_with(|_, extensions| {
        extensions.set("code", error.code());
    })
}

/// A field's value from what the door gave.
pub(crate) fn gated<T>(value: Result<Option<T>, AccessError>) -> Gated<T> {
    value.map_err(visible).transpose()
}

/// A refusal of an argument.
pub(crate) fn invalid(problem: impl Into<String>) -> AccessError {
    AccessError::InvalidInput(problem.into())
}

/// The error of an operation that did not run.
pub(super) fn server_error(error: AccessError) -> ServerError {
    let error = visible(error);
    let mut failed = ServerError::new(error.message, None);
    failed.extensions = error.extensions;
    failed
}

/// The error of an operation that is above a limit.
pub(super) fn too_complex(problem: impl ToString) -> ServerError {
    let mut error = ServerError::new(problem.to_string(), None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", "TOO_COMPLEX");
    error
}

/// What the library says of an operation above the limit of its complexity.
const TOO_COMPLEX: &str = "Query is too complex.";

/// Lines of a message, and characters of a line and of a word in it. It may tell a name
/// or a text that the client sent.
const LINES: usize = 10;
const LINE: usize = 500;
const WORD: usize = 100;

/// A message with what is too long in it cut off.
fn abridged(message: &str) -> String {
    let lines: Vec<String> = message.lines().take(LINES).map(abridged_line).collect();
    lines.join("\n")
}

fn abridged_line(line: &str) -> String {
    let mut length = 0;
    let mut letters = line.chars().filter_map(|letter| {
        let is_between = letter.is_whitespace() || matches!(letter, '"' | '`');
        length = if is_between { 0 } else { length + 1 };
        match length.cmp(&(WORD + 1)) {
            Ordering::Less => Some(letter),
            Ordering::Equal => Some('…'),
            Ordering::Greater => None,
        }
    });
    let mut text: String = letters.by_ref().take(LINE).collect();
    text.extend(letters.next().map(|_| '…'));
    text
}

/// Gives every error a code, shortens it, and leaves out those above the limit of
/// errors. Tells which limit the errors are about, if it comes to light only here.
pub(super) fn settle(response: &mut Response, limits: &Limits) -> Option<Limit> {
    let mut hit = None;
    let left_out = response.errors.len().saturating_sub(limits.errors);
    response.errors.truncate(limits.errors);
    for error in &mut response.errors {
        if error.message == TOO_COMPLEX {
            hit = Some(Limit::Complexity);
            *error = too_complex(Excess {
                limit: Limit::Complexity,
                most: limits.complexity,
            });
        }
        error.message = abridged(&error.message);
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            // Those of parsing and validation, which are the library's.
            extensions.set("code", "INVALID_INPUT");
        }
    }
    if left_out > 0 {
        hit = Some(Limit::Errors);
        let problem = format!("{left_out} more errors are left out");
        response.errors.push(too_complex(problem));
    }
    hit
}
