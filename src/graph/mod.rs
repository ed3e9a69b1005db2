//! The GraphQL schema over what [`access`] lets a caller see, one file a type.

mod query;

use async_graphql::{EmptyMutation, EmptySubscription, Request, Response, Schema};

use access::Caller;

/// The schema, ready to run operations.
#[derive(Clone)]
pub struct Graph {
    schema: Schema<query::Query, EmptyMutation, EmptySubscription>,
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

impl Graph {
    /// Builds the schema.
    pub fn new() -> Graph {
        let schema = Schema::build(query::Query, EmptyMutation, EmptySubscription).finish();
        Graph { schema }
    }

    /// The schema in the definition language.
    pub fn sdl(&self) -> String {
        self.schema.sdl()
    }

    /// Runs an operation for a caller.
    pub async fn execute(&self, caller: Caller, request: Request) -> Outcome {
        let statements = caller.statements();
        let response = self.schema.execute(request.data(caller)).await;
        Outcome {
            response,
            statements,
            runs: 1,
        }
    }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new()
    }
}
