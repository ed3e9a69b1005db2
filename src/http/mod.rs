//! The server: one endpoint for operations, two probes, a page to try them, and
//! nothing else. Metrics are on a listener of their own.

mod bearer;
mod endpoint;
mod health;
mod held;
mod journal;
mod media;
mod operation;
mod pace;
mod page;
mod probe;
mod problem;
mod scrape;
mod server;
mod settings;
mod trace;

use std::time::Duration;

use access::Access;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{
        HeaderValue, Method, StatusCode,
        header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
    },
    middleware,
    routing::get,
};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, predicate::SizeAbove},
    cors::CorsLayer,
};

use crate::{graph::Graph, metrics::Metrics};
use endpoint::Endpoint;
use problem::Problem;

pub use health::ask_readiness;
pub use page::{Page, Persona};
pub use probe::Readiness;
pub use scrape::scrape;
pub use server::serve;
pub use settings::HttpSettings;

/// What is served.
pub struct Service {
    /// The schema, and what runs operations.
    pub graph: Graph,
    /// The door to the data.
    pub access: Access,
    /// Whether the database answers.
    pub readiness: Readiness,
    /// What is counted.
    pub metrics: Metrics,
    /// The page to try operations on, if there is to be one.
    pub page: Option<Page>,
}

/// Everything that the server answers.
pub fn router(service: Service, settings: &HttpSettings) -> Router {
    let metrics = service.metrics;
    let largest_body = usize::try_from(settings.body).unwrap_or(usize::MAX);
    let endpoint = Router::new()
        .route("/graphql", get(endpoint::get).post(endpoint::post))
        .layer(DefaultBodyLimit::max(largest_body))
        .with_state(Endpoint {
            graph: service.graph,
            access: service.access,
            metrics: metrics.clone(),
            largest_body,
        });
    let probes = Router::new()
        .route("/healthz", get(probe::alive))
        .route("/readyz", get(probe::ready))
        .with_state(service.readiness);
    let answers = endpoint.merge(probes).layer(
        CompressionLayer::new()
            .quality(CompressionLevel::Fastest)
            .compress_when(SizeAbove::new(WORTH_IT)),
    );
    // Compressed already.
    let page = service.page.map_or_else(Router::new, Page::router);
    let all = answers
        .merge(page)
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method);
    let open = match settings.origins.as_slice() {
        [] => all,
        origins => all.layer(cors(origins)),
    };
    open.layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(metrics, journal::keep))
}

/// Which pages' scripts may call. Tokens come in a header, never in a cookie, so
/// that credentials are not allowed to anyone.
fn cors(origins: &[HeaderValue]) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, journal::REQUEST_ID])
        .expose_headers([journal::REQUEST_ID])
        .max_age(PREFLIGHT)
}

/// Bytes from which on compression saves more than it costs: a compressor takes some
/// hundred kilobytes until its response is taken.
const WORTH_IT: u64 = 1024;

/// How long a browser may go by what it was told.
const PREFLIGHT: Duration = Duration::from_secs(600);

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
        format!(
            "the method {} is not for this path; the header Allow names those that are",
            journal::method_name(&method)
        ),
    )
}
