//! The endpoint of operations.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use access::{Access, Origin, SPANS};
use async_graphql::ServerError;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tokio::time::timeout;
use tracing::{Instrument, info_span};

use super::{
    bearer,
    held::Held,
    journal::{Account, REQUEST_ID},
    media,
    media::Media,
    operation,
    problem::Problem,
};
use crate::{
    graph::{Graph, Operation, Outcome, Refused},
    metrics::{self, Metrics},
};

/// A client that sends more slowly is not waited for.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What operations run on.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) graph: Graph,
    pub(super) access: Access,
    pub(super) metrics: Metrics,
    /// The largest body, in bytes.
    pub(super) largest_body: usize,
}

/// Runs the operation in the body for whom the token speaks for.
pub(super) async fn post(State(endpoint): State<Endpoint>, request: Request) -> Response {
    endpoint.answer(request, Sent::Body).await
}

/// Runs the operation in the address, which may only read.
pub(super) async fn get(State(endpoint): State<Endpoint>, request: Request) -> Response {
    endpoint.answer(request, Sent::Address).await
}

/// Where a request comes from, as the audit trail is told.
fn origin(request: &Request) -> Origin {
    let id = request.headers().get(REQUEST_ID);
    let address = request.extensions().get::<SocketAddr>();
    Origin {
        request: id.and_then(|id| Some(id.to_str().ok()?.to_owned())),
        address: address.map(|address| address.ip().to_string()),
    }
}

/// Where a request holds its operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Body,
    Address,
}

impl Endpoint {
    async fn answer(&self, request: Request, sent: Sent) -> Response {
        let mut response = self.run(request, sent).await.unwrap_or_else(|problem| {
            if let Some(reason) = problem.unauthenticated_for() {
                self.metrics.unauthenticated(reason);
            }
            problem.of_operation()
        });
        // The same address gives every caller something else.
        let no_store = HeaderValue::from_static("no-store");
        response.headers_mut().insert(CACHE_CONTROL, no_store);
        response
    }

    async fn run(&self, request: Request, sent: Sent) -> Result<Response, Problem> {
        let media = Media::accepted(request.headers()).ok_or_else(|| {
            Problem::new(
                StatusCode::NOT_ACCEPTABLE,
                "INVALID_INPUT",
                "responses are application/graphql-response+json or application/json; the header Accept allows neither",
            )
        })?;
        if sent == Sent::Body && !media::is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "INVALID_INPUT",
                "the body must be of the content type application/json, in UTF-8 and not compressed",
            ));
        }
        // Before the body is read: nobody unknown may have it held in memory.
        let token = bearer::token(request.headers())?;
        let identified = self.access.caller(token);
        let caller = identified
            .instrument(info_span!(target: SPANS, "identify"))
            .await?;
        let origin = origin(&request);
        let mut operation = self.operation(request, sent).await?;
        operation.origin = origin;

        let user = caller.user();
        let began = Instant::now();
        let mut outcome = self.graph.execute(caller, operation).await;
        self.metrics.operation(&outcome, began.elapsed());
        let account = Account {
            user,
            operation: operation::plain_name(&outcome),
            statements: outcome.statements,
            runs: outcome.runs,
        };
        let mut response = respond(&outcome, media)?;
        response.extensions_mut().insert(account);
        let place = outcome.place.take();
        Ok(response.map(|body| Body::new(Held::new(body, place))))
    }

    async fn operation(&self, request: Request, sent: Sent) -> Result<Operation, Problem> {
        match sent {
            Sent::Body => operation::of_body(&self.body(request).await?),
            Sent::Address => operation::of_query(request.uri().query().unwrap_or_default()),
        }
    }

    /// The whole body, if it is not too large.
    async fn body(&self, request: Request) -> Result<Bytes, Problem> {
        let Ok(read) = timeout(BODY_TIME, Bytes::from_request(request, &())).await else {
            return Err(Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "INVALID_INPUT",
                "the body took too long to arrive",
            ));
        };
        read.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                self.metrics.limit(metrics::BODY);
                let largest = self.largest_body;
                let problem =
                    format!("the body is larger than the {largest} bytes that are allowed");
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "TOO_COMPLEX", problem)
            }
            _ => Problem::unreadable("the body did not arrive whole"),
        })
    }
}

/// What a refusal holds: no data, not even null, since nothing ran.
#[derive(Serialize)]
struct Refusal<'a> {
    errors: &'a [ServerError],
}

fn respond(outcome: &Outcome, media: Media) -> Result<Response, Problem> {
    let errors = &outcome.response.errors;
    let (status, json) = match outcome.refused {
        None => (
            media.status(!errors.is_empty()),
            serde_json::to_vec(&outcome.response),
        ),
        Some(refused) => (status(refused), serde_json::to_vec(&Refusal { errors })),
    };
    let json = json.map_err(Problem::unwritable)?;
    let content_type = [(CONTENT_TYPE, media.content_type(status))];
    let mut response = (status, content_type, json).into_response();
    let more = match outcome.refused {
        Some(Refused::Unauthenticated) => Some((WWW_AUTHENTICATE, "Bearer")),
        Some(Refused::NotSafe) => Some((ALLOW, "POST")),
        Some(Refused::Crowded | Refused::Stale) => Some((RETRY_AFTER, "1")),
        _ => None,
    };
    if let Some((name, value)) = more {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn status(refused: Refused) -> StatusCode {
    match refused {
        Refused::Unreadable => StatusCode::BAD_REQUEST,
        Refused::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Refused::NotSafe => StatusCode::METHOD_NOT_ALLOWED,
        Refused::Crowded => StatusCode::TOO_MANY_REQUESTS,
        Refused::NotTrusted => StatusCode::FORBIDDEN,
        Refused::Unauthenticated => StatusCode::UNAUTHORIZED,
        Refused::Overdue | Refused::Stale => StatusCode::SERVICE_UNAVAILABLE,
        // Not to be sent again without a look.
        Refused::Overtaken => StatusCode::CONFLICT,
        Refused::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
