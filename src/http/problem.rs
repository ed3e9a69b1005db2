//! A request that is not answered by an operation's result: the response has the
//! shape of one all the same, so that clients need to know one shape only.

use std::{any::Any, borrow::Cow, fmt::Display};

use access::AccessError;
use axum::{
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::media::{self, Media};

/// Why a request is refused.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
}

impl Problem {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Problem {
        Problem {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn unauthenticated(message: &'static str) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
    }

    /// Why nobody is known to have sent the request, if that is the problem.
    pub(super) fn unauthenticated_for(&self) -> Option<&'static str> {
        match self.message {
            Cow::Borrowed(reason) if self.status == StatusCode::UNAUTHORIZED => Some(reason),
            _ => None,
        }
    }

    /// A request that can't be read at all.
    pub(super) fn unreadable(message: impl Into<Cow<'static, str>>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "INVALID_INPUT", message)
    }

    /// A request that can be read and holds no operation.
    pub(super) fn malformed(message: impl Into<Cow<'static, str>>) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "INVALID_INPUT", message)
    }

    #[cfg(test)]
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    fn internal() -> Problem {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "an internal error occurred; the log has its cause under the request id",
        )
    }

    /// An answer that can't be written down. The cause stays in the log.
    pub(super) fn unwritable(cause: impl Display) -> Problem {
        tracing::error!(%cause, "the answer can't be written");
        Problem::internal()
    }

    /// The response in the protocol's own media type, which tells a client that
    /// the refusal is the server's and no gateway's.
    pub(super) fn of_operation(&self) -> Response {
        self.response(Media::GraphQl.content_type(self.status))
    }

    fn response(&self, media: HeaderValue) -> Response {
        let body = json!({
            "errors": [{ "message": self.message, "extensions": { "code": self.code } }],
        });
        let mut response = (self.status, Body::from(body.to_string())).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, media);
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.response(media::json())
    }
}

/// Keeps an internal cause in the log, under the request's id.
impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Problem {
        let status = match &error {
            AccessError::Internal(cause) => {
                tracing::error!(%cause, "the token can't be turned into a caller");
                return Problem::internal();
            }
            AccessError::Unauthenticated(reason) => return Problem::unauthenticated(reason),
            AccessError::Forbidden(_) => StatusCode::FORBIDDEN,
            AccessError::NotFound | AccessError::Missing(_) => StatusCode::NOT_FOUND,
            AccessError::Conflict(_) | AccessError::StaleAfterChange => StatusCode::CONFLICT,
            AccessError::InvalidInput(_) => StatusCode::BAD_REQUEST,
            AccessError::Stale => StatusCode::SERVICE_UNAVAILABLE,
        };
        Problem::new(status, error.code(), error.to_string())
    }
}

/// What a panic gives the client; the panic itself goes to standard error.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request's handler panicked");
    Problem::internal().into_response()
}
