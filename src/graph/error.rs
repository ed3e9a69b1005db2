//! Errors as clients see them: a text and a stable code.

use access::AccessError;
use async_graphql::{Error, ErrorExtensions, Response, ServerError};

/// A field that some callers may not read: null where it has no value, and null
/// with an error on its path where it is refused.
pub(crate) type Gated<T> = Option<Result<T, Error>>;

/// The error that a client sees. An internal cause goes to the log alone.
pub(crate) fn visible(error: AccessError) -> Error {
    if let AccessError::Internal(cause) = &error {
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

/// A response that holds nothing but this error.
pub(crate) fn failure(error: AccessError) -> Response {
    let error = visible(error);
    let mut failed = ServerError::new(error.message, None);
    failed.extensions = error.extensions;
    Response::from_errors(vec![failed])
}

/// What the library says of an operation above the limit of its complexity.
const TOO_COMPLEX: &str = "Query is too complex.";

/// Gives a code to the errors of parsing and validation, which have none.
pub(crate) fn code(response: &mut Response) {
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if error.message == TOO_COMPLEX {
            extensions.set("code", "TOO_COMPLEX");
        } else if extensions.get("code").is_none() {
            extensions.set("code", "INVALID_INPUT");
        }
    }
}
