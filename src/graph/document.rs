//! Operations' documents: measured, parsed once and kept, and an operation of one
//! made ready to run.

use std::sync::Arc;

use access::AccessError;
use async_graphql::{
    Request, Response, ServerError, Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use quick_cache::{Weighter, sync::Cache};

use super::{
    error::{invalid, server_error, too_complex},
    limits::{Excess, Limits, check},
    operation::{Operation, Refused, Source},
    shape::Shape,
    tokens::scan,
    trusted::TrustedDocuments,
    types::Types,
    variables::{coerce, size},
    weight::weigh,
};

/// Documents kept, about; a frontend sends the same few again and again.
const KEPT: usize = 1_000;
/// Bytes of text of all documents kept; parsed, they take a hundred times as many.
const KEPT_BYTES: u64 = 1 << 20;

pub(super) struct Documents {
    limits: Limits,
    trusted: TrustedDocuments,
    types: Types,
    parsed: Cache<String, Arc<ExecutableDocument>, Bytes>,
}

/// Weighs a document by its text.
#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<ExecutableDocument>> for Bytes {
    fn weight(&self, text: &String, _: &Arc<ExecutableDocument>) -> u64 {
        text.len() as u64
    }
}

/// An operation ready for any number of runs.
pub(super) struct Prepared {
    text: String,
    document: Arc<ExecutableDocument>,
    /// Whether the document was found valid before.
    pub(super) known: bool,
    name: Option<String>,
    variables: Variables,
}

/// Why an operation can't be made ready.
type Refusal = Box<(Refused, ServerError)>;

impl Prepared {
    /// The request for one run.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new("").variables(self.variables.clone());
        request.operation_name.clone_from(&self.name);
        request.set_parsed_query(ExecutableDocument::clone(&self.document));
        request
    }

    /// Puts the fields of a run's response in the order of the document.
    pub(super) fn arrange(&self, response: &mut Response) {
        if let Some(operation) = operation(&self.document, self.name.as_deref()) {
            Shape::of(&self.document, operation).arrange(&mut response.data);
        }
    }
}

impl Documents {
    pub(super) fn new(limits: Limits, trusted: TrustedDocuments, sdl: &str) -> Documents {
        Documents {
            limits,
            trusted,
            types: Types::of(sdl),
            parsed: Cache::with_weighter(KEPT, KEPT_BYTES, Bytes),
        }
    }

    /// Parses an operation's document, or takes it as it was parsed before,
    /// picks the operation and coerces its variables.
    pub(super) fn prepare(&self, sent: Operation) -> Result<Prepared, Refusal> {
        let text = self.text(sent.document)?;
        let (document, known) = self.document(&text)?;
        let operation = operation(&document, sent.name.as_deref()).ok_or_else(|| {
            invalid_input(match sent.name {
                Some(_) => "the document has no operation of the name that operationName gives",
                None => "the document has several operations; operationName must say which to run",
            })
        })?;
        if sent.read_only && operation.ty != OperationType::Query {
            let problem = invalid("GET only reads; what changes something is sent by POST");
            return Err(refusal(Refused::NotSafe, server_error(problem)));
        }
        let (values, items) = size(&sent.variables);
        check("values in its variables", values, self.limits.variables).map_err(excessive)?;
        check("items in a list", items, self.limits.items).map_err(excessive)?;
        let variables = coerce(&self.types, operation, &sent.variables);
        let variables = variables.map_err(invalid_input)?;
        Ok(Prepared {
            text,
            document,
            known,
            name: sent.name,
            variables,
        })
    }

    /// The document's text, if it may run.
    fn text(&self, source: Source) -> Result<String, Refusal> {
        match source {
            Source::Text(text) if self.trusted.admits(&text) => Ok(text),
            Source::Text(_) => {
                let problem =
                    "only trusted documents run here; send the identifier of one as documentId";
                let error = server_error(AccessError::Forbidden(problem.to_owned()));
                Err(refusal(Refused::NotTrusted, error))
            }
            Source::Id(id) => match self.trusted.get(&id) {
                Some(text) => Ok(text.to_string()),
                None => Err(invalid_input(
                    "no trusted document has the identifier in documentId",
                )),
            },
        }
    }

    /// The document, and whether it was found valid before.
    fn document(&self, text: &str) -> Result<(Arc<ExecutableDocument>, bool), Refusal> {
        if let Some(known) = self.parsed.get(text) {
            return Ok((known, true));
        }
        scan(text, &self.limits).map_err(excessive)?;
        let parsed =
            parse_query(text).map_err(|error| refusal(Refused::Unreadable, error.into()))?;
        weigh(&parsed, &self.limits).map_err(excessive)?;
        Ok((Arc::new(parsed), false))
    }

    /// Keeps a document that was found valid.
    pub(super) fn keep(&self, prepared: &Prepared) {
        if !prepared.known {
            let text = prepared.text.clone();
            self.parsed.insert(text, prepared.document.clone());
        }
    }
}

fn refusal(reason: Refused, error: ServerError) -> Refusal {
    Box::new((reason, error))
}

fn excessive(excess: Excess) -> Refusal {
    refusal(Refused::Invalid, too_complex(excess))
}

fn invalid_input(problem: impl Into<String>) -> Refusal {
    refusal(Refused::Invalid, server_error(invalid(problem)))
}

/// The operation of this name, or the only one.
fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(only), None) => Some(only),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(named), Some(name)) => named.get(name),
        (DocumentOperations::Multiple(named), None) if named.len() == 1 => named.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    };
    found.map(|operation| &operation.node)
}
