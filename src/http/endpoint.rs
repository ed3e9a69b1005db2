//! The endpoint of operations.

use std::time::Duration;

use access::Access;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use tokio::time::timeout;

use super::{LARGEST_BODY, bearer, journal::Account, media, operation, problem::Problem};
use crate::graph::Graph;

/// A client that sends more slowly is not waited for.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What operations run on.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) graph: Graph,
    pub(super) access: Access,
}

/// Runs the operation in the body for whom the token speaks for.
pub(super) async fn answer(State(endpoint): State<Endpoint>, request: Request) -> Response {
    let media = media::of_response(request.headers());
    let answered = endpoint.run(request, &media).await;
    let mut response = answered.unwrap_or_else(|problem| problem.response(media));
    // The same address gives every caller something else.
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, no_store);
    response
}

impl Endpoint {
    async fn run(&self, request: Request, media: &HeaderValue) -> Result<Response, Problem> {
        if !media::is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "INVALID_INPUT",
                "the body must be of the content type application/json, in UTF-8",
            ));
        }
        // Before the body is read: nobody unknown may have it held in memory.
        let token = bearer::token(request.headers())?;
        let caller = self.access.caller(token).await?;
        let operation = operation::read(&body(request).await?)?;

        let (user, name) = (caller.user(), operation::plain_name(&operation));
        let outcome = self.graph.execute(caller, operation).await;
        let json = serde_json::to_vec(&outcome.response).map_err(Problem::unwritable)?;
        let mut response = ([(CONTENT_TYPE, media.clone())], json).into_response();
        response.extensions_mut().insert(Account {
            user,
            operation: name,
            statements: outcome.statements,
            runs: outcome.runs,
        });
        Ok(response)
    }
}

/// The whole body, if it is not too large.
async fn body(request: Request) -> Result<Bytes, Problem> {
    let Ok(read) = timeout(BODY_TIME, Bytes::from_request(request, &())).await else {
        return Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            "INVALID_INPUT",
            "the body took too long to arrive",
        ));
    };
    read.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "INVALID_INPUT",
            format!("the body is larger than {} KiB", LARGEST_BODY / 1024),
        ),
        _ => Problem::invalid("the body did not arrive whole"),
    })
}
