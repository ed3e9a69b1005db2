//! The GraphQL schema over what [`access`] lets a caller see, one file a type.

mod condition;
mod connection;
mod division;
mod document;
mod employment;
mod enrollment;
mod error;
mod facility;
mod id;
mod member;
mod node;
mod organization;
mod partnership_activity;
mod partnership_module;
mod partnership_party;
mod partnership_project;
mod partnership_site;
mod person;
mod policy_rule;
mod program;
mod query;
mod record;
mod role_binding;
mod selection;
mod shape;
mod staff_member;
mod stage;
mod user;
mod value;
mod viewer;

use std::sync::Arc;

use access::{AccessError, Caller};
use async_graphql::{EmptyMutation, EmptySubscription, Request, Response, Schema, Value};

use document::Documents;
use query::Query;

/// The schema, ready to run operations. Cheap to clone.
#[derive(Clone)]
pub struct Graph {
    schema: Schema<Query, EmptyMutation, EmptySubscription>,
    documents: Arc<Documents>,
}

/// What came of an operation.
pub struct Outcome {
    /// The response for the client.
    pub response: Response,
    /// How many SQL statements the run that gave it sent.
    pub statements: u64,
    /// How many runs it took: more than one where rights changed meanwhile.
    pub runs: u32,
}

/// Values that a response may hold, by the sizes of the pages that are asked for.
const MOST_VALUES: usize = 1_000_000;

/// Runs of one operation before it is given up.
const MOST_RUNS: u32 = 3;

impl Graph {
    /// Builds the schema.
    pub fn new() -> Graph {
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription)
            // "Did you mean" would name fields to callers who can't see them.
            .disable_suggestions()
            .limit_complexity(MOST_VALUES)
            .finish();
        Graph {
            schema,
            documents: Arc::default(),
        }
    }

    /// The schema in the definition language.
    pub fn sdl(&self) -> String {
        self.schema.sdl()
    }

    /// Runs an operation for a caller. Where the caller's rights change while it
    /// runs, all of it is dropped and run again under the new rights.
    pub async fn execute(&self, mut caller: Caller, request: Request) -> Outcome {
        let prepared = match self.documents.prepare(&request) {
            Ok(prepared) => prepared,
            Err(error) => return finish(Response::from_errors(vec![error]), 0, 1),
        };
        for runs in 1..=MOST_RUNS {
            let run = prepared.request().data(caller.clone());
            let mut response = self.schema.execute(run).await;
            if !caller.is_stale() {
                if response.data != Value::Null {
                    self.documents.keep(&prepared);
                    prepared.arrange(&mut response);
                }
                return finish(response, caller.statements(), runs);
            }
            tracing::debug!(runs, "rights changed while the operation ran");
            caller = match caller.renewed().await {
                Ok(caller) => caller,
                Err(error) => return finish(error::failure(error), 0, runs),
            };
        }
        finish(error::failure(AccessError::Stale), 0, MOST_RUNS)
    }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new()
    }
}

fn finish(mut response: Response, statements: u64, runs: u32) -> Outcome {
    error::code(&mut response);
    Outcome {
        response,
        statements,
        runs,
    }
}
