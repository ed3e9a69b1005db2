//! Operations' documents: measured, parsed and validated once and kept, and an
//! operation of one made ready to run.

use std::sync::Arc;

use access::AccessError;
use async_graphql::{
    Name, Positioned, Request, ServerError, Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};
use quick_cache::{Equivalent, Weighter, sync::Cache};

use super::{
    error::{invalid, server_error, too_complex},
    executable::Executable,
    limit::{Excess, Limit, check},
    limits::Limits,
    operation::{Operation, Refusal, Refused, Source},
    tokens::scan,
    trusted::TrustedDocuments,
    types::Types,
    validation::Validator,
    variables::{coerce, size},
    weight::weigh,
};

/// Operations kept, about; a frontend sends the same few again and again.
const KEPT: usize = 1_000;
/// Bytes of text of all documents kept; parsed, they take a hundred times as many.
const KEPT_BYTES: u64 = 1 << 20;

pub(super) struct Documents {
    limits: Limits,
    trusted: TrustedDocuments,
    types: Types,
    validator: Validator,
    known: Cache<Key, Arc<Executable>, Bytes>,
}

/// A document's text, and the name of an operation if one is given.
#[derive(PartialEq, Eq, Hash)]
struct Key(String, Option<String>);

/// The same, borrowed; it hashes as the other does.
#[derive(Hash)]
struct Asked<'a>(&'a str, Option<&'a str>);

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.0 == key.0 && self.1 == key.1.as_deref()
    }
}

/// Weighs an operation by its document's text.
#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<Executable>> for Bytes {
    fn weight(&self, Key(text, _): &Key, _: &Arc<Executable>) -> u64 {
        text.len() as u64
    }
}

/// An operation ready for any number of runs.
pub(super) struct Prepared {
    pub(super) executable: Arc<Executable>,
    pub(super) variables: Variables,
}

impl Prepared {
    /// The operation's name in the document.
    pub(super) fn name(&self) -> Option<&str> {
        self.executable.name()
    }

    /// The request for one run. What is asked about the schema is left out of the answer.
    pub(super) fn request(&self) -> Request {
        let mut request = Request::new("").variables(self.variables.clone());
        request = request.disable_introspection();
        request.set_parsed_query(self.executable.document.clone());
        request
    }
}

impl Documents {
    pub(super) fn new(limits: Limits, trusted: TrustedDocuments, sdl: &str) -> Documents {
        Documents {
            trusted,
            types: Types::of(sdl),
            validator: Validator::new(limits.brackets),
            known: Cache::with_weighter(KEPT, KEPT_BYTES, Bytes),
            limits,
        }
    }

    /// Takes an operation as it was made ready before, or makes it so, and coerces
    /// its variables.
    pub(super) async fn prepare(&self, sent: Operation) -> Result<Prepared, Box<Refusal>> {
        let text = self.text(sent.document)?;
        let executable = match self.known.get(&Asked(&text, sent.name.as_deref())) {
            Some(known) => known,
            None => self.read(text, sent.name, sent.read_only).await?,
        };
        let operation = &executable.operation;
        safe(operation, sent.read_only)?;
        let (values, items) = size(&sent.variables);
        let within = check(Limit::Variables, values, self.limits.variables)
            .and_then(|()| check(Limit::Items, items, self.limits.items))
            .map_err(excessive);
        let variables = within
            .and_then(|()| coerce(&self.types, operation, &sent.variables).map_err(invalid_input));
        match variables {
            Ok(variables) => Ok(Prepared {
                executable,
                variables,
            }),
            Err(mut refusal) => {
                refusal.operation = executable.name().map(str::to_owned);
                Err(refusal)
            }
        }
    }

    /// The document's text, if it may run.
    fn text(&self, source: Source) -> Result<String, Box<Refusal>> {
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

    /// Parses and validates a document, and keeps its operation of this name.
    async fn read(
        &self,
        text: String,
        name: Option<String>,
        read_only: bool,
    ) -> Result<Arc<Executable>, Box<Refusal>> {
        scan(&text, &self.limits).map_err(excessive)?;
        let document =
            parse_query(&text).map_err(|error| refusal(Refused::Unreadable, error.into()))?;
        weigh(&document, &self.limits).map_err(excessive)?;
        let (found, operation) = choose(&document, name.as_deref()).ok_or_else(|| {
            invalid_input(match name {
                Some(_) => "the document has no operation of the name that operationName gives",
                None => "the document has several operations; operationName must say which to run",
            })
        })?;
        safe(&operation.node, read_only)?;
        let valid = self.validator.check(&self.types, &document).await;
        valid.map_err(|errors| {
            Box::new(Refusal {
                reason: Refused::Invalid,
                errors,
                limit: None,
                operation: found.map(ToString::to_string),
            })
        })?;
        let executable = Executable::new(&self.types, &document, found, operation);
        let executable = Arc::new(executable);
        self.known.insert(Key(text, name), executable.clone());
        Ok(executable)
    }
}

/// Refuses what changes something where a request may only read.
fn safe(operation: &OperationDefinition, read_only: bool) -> Result<(), Box<Refusal>> {
    if !read_only || operation.ty == OperationType::Query {
        return Ok(());
    }
    let problem = invalid("GET only reads; what changes something is sent by POST");
    Err(refusal(Refused::NotSafe, server_error(problem)))
}

fn refusal(reason: Refused, error: ServerError) -> Box<Refusal> {
    Box::new(Refusal {
        reason,
        errors: vec![error],
        limit: None,
        operation: None,
    })
}

fn excessive(excess: Excess) -> Box<Refusal> {
    Box::new(Refusal {
        reason: Refused::Invalid,
        limit: Some(excess.limit),
        operation: None,
        errors: vec![too_complex(excess)],
    })
}

fn invalid_input(problem: impl Into<String>) -> Box<Refusal> {
    refusal(Refused::Invalid, server_error(invalid(problem)))
}

/// The operation of this name, or the only one.
fn choose<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<(Option<&'a Name>, &'a Positioned<OperationDefinition>)> {
    let operations = document.operations.iter();
    match (&document.operations, name) {
        (DocumentOperations::Single(_), Some(_)) => None,
        (_, None) if operations.len() > 1 => None,
        (_, None) => operations.into_iter().next(),
        (_, Some(name)) => operations
            .into_iter()
            .find(|(found, _)| found.is_some_and(|found| found == name)),
    }
}
