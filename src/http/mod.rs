//! The server: one endpoint for operations, two probes, and nothing else.

mod bearer;
mod endpoint;
mod journal;
mod media;
mod operation;
mod probe;
mod problem;
mod server;

use access::Access;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Method, StatusCode},
    middleware,
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::graph::Graph;
use endpoint::Endpoint;
use problem::Problem;

pub use probe::Readiness;
pub use server::serve;

/// Far above any operation that a person or a page writes.
pub const LARGEST_BODY: usize = 256 * 1024;

/// Everything that the server answers.
pub fn router(graph: Graph, access: Access, readiness: Readiness) -> Router {
    let endpoint = Router::new()
        .route("/graphql", post(endpoint::answer))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(Endpoint { graph, access });
    let probes = Router::new()
        .route("/healthz", get(probe::alive))
        .route("/readyz", get(probe::ready))
        .with_state(readiness);
    endpoint
        .merge(probes)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn(journal::keep))
}

async fn nothing_here() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "there is nothing at this path; operations go to /graphql",
    )
}

async fn wrong_method(method: Method) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "INVALID_INPUT",
        format!("the method {method} is not for this path; the header Allow names those that are"),
    )
}
