//! How an operation runs, within its limits and under rights that hold until its end.

use std::sync::Arc;

use access::{AccessError, Caller, Origin, SPANS};
use async_graphql::{EmptySubscription, Request, Response, Schema, ValidationMode, Value};
use tokio::time::timeout;
use tracing::{Instrument, info_span};

use super::{
    crowd::Crowd,
    document::{Documents, Prepared},
    error::{self, server_error, too_complex},
    introspection::Introspection,
    limit::Limit,
    limits::Limits,
    mutation::Mutation,
    operation::{Operation, Outcome, Refusal, Refused},
    query::Query,
    trusted::TrustedDocuments,
};

pub(super) type Library = Schema<Query, Mutation, EmptySubscription>;

/// The schema, ready to run operations. Cheap to clone.
#[derive(Clone)]
pub struct Graph(Arc<Parts>);

struct Parts {
    /// Runs an operation whose document was found valid.
    schema: Library,
    documents: Documents,
    introspection: Introspection,
    crowd: Arc<Crowd>,
    limits: Limits,
}

/// Runs of one operation before it is given up.
const MOST_RUNS: u32 = 3;

impl Graph {
    /// Builds the schema.
    pub fn new(limits: Limits, trusted: TrustedDocuments) -> Graph {
        let schema = Schema::build(Query, Mutation::default(), EmptySubscription)
            .validation_mode(ValidationMode::Fast)
            .limit_complexity(limits.complexity)
            // Documents are refused by their depth before.
            .limit_recursive_depth(limits.brackets)
            .finish();
        Graph(Arc::new(Parts {
            documents: Documents::new(limits.clone(), trusted, &schema.sdl()),
            schema,
            introspection: Introspection::new(),
            crowd: Arc::default(),
            limits,
        }))
    }

    /// The schema in the definition language.
    pub fn sdl(&self) -> String {
        self.0.schema.sdl()
    }

    /// Runs an operation for a caller. Where the caller's rights change while it
    /// runs, all of it is dropped and run again under the new rights.
    pub async fn execute(&self, caller: Caller, sent: impl Into<Operation>) -> Outcome {
        let parts = &*self.0;
        let sent = sent.into();
        let named = sent.name.clone();
        let origin = sent.origin.clone();
        let prepared = parts
            .documents
            .prepare(sent)
            .instrument(info_span!(target: SPANS, "prepare"));
        let (mut outcome, name) = match prepared.await {
            Ok(prepared) => {
                let name = prepared.name().map(str::to_owned);
                (parts.admit(caller, &prepared, origin).await, name)
            }
            Err(refusal) => {
                let outcome = Outcome::from(*refusal);
                let name = outcome.operation.clone().or(named);
                (outcome, name)
            }
        };
        outcome.operation = name;
        let hit = error::settle(&mut outcome.response, &parts.limits);
        outcome.limit = outcome.limit.or(hit);
        outcome
    }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new(Limits::USUAL, TrustedDocuments::default())
    }
}

impl Parts {
    /// Runs the operation unless the caller has too many under way, and no longer
    /// than it may take.
    async fn admit(&self, caller: Caller, prepared: &Prepared, origin: Origin) -> Outcome {
        let allowed = self.limits.in_flight;
        let Some(place) = self.crowd.enter(caller.user(), allowed) else {
            let problem =
                format!("you have {allowed} operations under way, as many as are allowed");
            return at_limit(Refused::Crowded, Limit::InFlight, problem);
        };
        let run = self.run(caller.clone(), prepared, origin);
        match timeout(self.limits.time(), run).await {
            Ok(outcome) => Outcome {
                place: Some(place),
                ..outcome
            },
            Err(_) => {
                let stands = match caller.has_written() {
                    true => {
                        "; what it had changed by then stands, so read before you send it again"
                    }
                    false => "",
                };
                let problem = format!(
                    "the operation took longer than the {} seconds that are allowed{stands}",
                    self.limits.seconds
                );
                at_limit(Refused::Overdue, Limit::Seconds, problem)
            }
        }
    }

    async fn run(&self, mut caller: Caller, prepared: &Prepared, origin: Origin) -> Outcome {
        for runs in 1..=MOST_RUNS {
            let request = prepared.request();
            let request = request.data(caller.clone()).data(origin.clone());
            let span = info_span!(target: SPANS, "execute", run = i64::from(runs));
            let response = self.once(&caller, prepared, request, &origin);
            let response = response.instrument(span);
            let response = response.await;
            if !caller.is_stale() {
                let mut response = match response {
                    Ok(response) => response,
                    Err(error) => return failed(error),
                };
                // Only limits of what it comes to are left to refuse it.
                let ran = response.data != Value::Null;
                if ran {
                    prepared.executable.form(&mut response);
                }
                return Outcome {
                    response,
                    refused: (!ran).then_some(Refused::Invalid),
                    limit: None,
                    operation: None,
                    statements: caller.statements(),
                    runs,
                    place: None,
                };
            }
            tracing::debug!(runs, "rights changed while the operation ran");
            if caller.has_written() {
                return failed(AccessError::StaleAfterChange);
            }
            caller = match caller.renewed().await {
                Ok(caller) => caller,
                Err(error) => return failed(error),
            };
        }
        failed(AccessError::Stale)
    }

    async fn once(
        &self,
        caller: &Caller,
        prepared: &Prepared,
        request: Request,
        origin: &Origin,
    ) -> Result<Response, AccessError> {
        let told = match self.introspection.answer(caller, prepared).await? {
            Ok(told) => told,
            Err(problem) => return Ok(Response::from_errors(vec![too_complex(problem)])),
        };
        let mut response = self.schema.execute(request).await;
        if !caller.is_stale() {
            caller.write_down(origin).await?;
        }
        if let Value::Object(data) = &mut response.data {
            data.extend(told);
        }
        Ok(response)
    }
}

fn failed(error: AccessError) -> Outcome {
    let reason = match &error {
        AccessError::Unauthenticated(_) => Refused::Unauthenticated,
        AccessError::Stale => Refused::Stale,
        AccessError::StaleAfterChange => Refused::Overtaken,
        AccessError::Forbidden(_)
        | AccessError::NotFound
        | AccessError::Missing(_)
        | AccessError::Conflict(_)
        | AccessError::InvalidInput(_) => Refused::Invalid,
        AccessError::Internal(_) => Refused::Internal,
    };
    let refusal = Refusal {
        reason,
        errors: vec![server_error(error)],
        limit: None,
        operation: None,
    };
    refusal.into()
}

fn at_limit(reason: Refused, limit: Limit, problem: String) -> Outcome {
    let refusal = Refusal {
        reason,
        errors: vec![too_complex(problem)],
        limit: Some(limit),
        operation: None,
    };
    refusal.into()
}
