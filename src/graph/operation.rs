//! An operation as it is sent, and what comes of it.

use access::Origin;
use async_graphql::{Request, Response, ServerError, Value, Variables};

use super::{crowd::Place, limit::Limit};

/// An operation to run.
pub struct Operation {
    /// The document that holds it.
    pub document: Source,
    /// Its name, where the document holds several.
    pub name: Option<String>,
    /// Values of its variables.
    pub variables: Variables,
    /// Whether the request may only read: no mutation runs then.
    pub read_only: bool,
    /// Where it comes from.
    pub origin: Origin,
}

impl From<Request> for Operation {
    fn from(request: Request) -> Operation {
        Operation {
            document: Source::Text(request.query),
            name: request.operation_name,
            variables: request.variables,
            read_only: false,
            origin: Origin::default(),
        }
    }
}

/// How a document is sent.
pub enum Source {
    /// As it is.
    Text(String),
    /// By its identifier among the trusted documents.
    Id(String),
}

/// What came of an operation.
pub struct Outcome {
    /// The response for the client. It has data only if the operation ran.
    pub response: Response,
    /// Why the operation did not run; nothing if it did.
    pub refused: Option<Refused>,
    /// The limit that it met, if it met one.
    pub limit: Option<Limit>,
    /// The operation's name in its document, or where that was not looked at, as sent.
    pub operation: Option<String>,
    /// How many SQL statements the run that gave the response sent.
    pub statements: u64,
    /// How many runs it took: more than one where rights changed meanwhile.
    pub runs: u32,
    /// Its place among the caller's operations: whoever sends the response holds it
    /// until that has been taken.
    pub place: Option<Place>,
}

/// Why an operation did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The document can't be parsed.
    Unreadable,
    /// The operation does not fit the schema, the limits, or its variables.
    Invalid,
    /// The server runs trusted documents alone, and this is none.
    NotTrusted,
    /// It is a mutation, and the request may only read.
    NotSafe,
    /// The caller has as many operations under way as are allowed.
    Crowded,
    /// It took too long.
    Overdue,
    /// The caller's account is no longer in force.
    Unauthenticated,
    /// The caller's rights changed again and again while it ran.
    Stale,
    /// The caller's rights changed while it ran, and what it had changed by then stands.
    Overtaken,
    /// The server failed.
    Internal,
}

impl Outcome {
    /// The code of the first error.
    pub fn code(&self) -> Option<&str> {
        let extensions = self.response.errors.first()?.extensions.as_ref()?;
        match extensions.get("code")? {
            Value::String(code) => Some(code),
            _ => None,
        }
    }
}

/// Why an operation does not run, with what its caller is told.
pub(super) struct Refusal {
    pub(super) reason: Refused,
    pub(super) errors: Vec<ServerError>,
    pub(super) limit: Option<Limit>,
    /// The operation's name in its document, if that was read so far.
    pub(super) operation: Option<String>,
}

/// What comes of an operation before any statement was sent.
impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Outcome {
        Outcome {
            response: Response::from_errors(refusal.errors),
            refused: Some(refusal.reason),
            limit: refusal.limit,
            operation: refusal.operation,
            statements: 0,
            runs: 0,
            place: None,
        }
    }
}
