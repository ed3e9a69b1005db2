//! A request's id, and its one line in the log.

use std::time::Instant;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use tower_http::request_id::{MakeRequestId, MakeRequestUuid};
use tracing::Instrument;

use super::trace;
use crate::metrics::Metrics;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A UUID has 36 characters, ids of other systems a few more.
const LONGEST_ID: usize = 64;
/// Whatever the client makes up as a path, its line stays short.
const LONGEST_PATH: usize = 100;

/// What the endpoint tells about an operation, in its response's extensions.
#[derive(Clone)]
pub(super) struct Account {
    pub(super) user: i64,
    pub(super) operation: Option<String>,
    pub(super) statements: u64,
    pub(super) runs: u32,
}

/// Gives the request its id, and logs, counts and traces what came of it.
pub(super) async fn keep(
    State(metrics): State<Metrics>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = given_id(request.headers()).or_else(|| made_id(&request));
    request.headers_mut().remove(REQUEST_ID);
    if let Some(id) = &id {
        request.headers_mut().insert(REQUEST_ID, id.clone());
    }
    let text = id.as_ref().and_then(|id| id.to_str().ok());
    // Whatever else is logged for this request carries its id. The level makes
    // sure of that under every filter.
    let span = tracing::error_span!("request", id = text);
    let mut line = Line::begin(&request, metrics);
    let traced = trace::begin(&request, text, line.method, &line.path);
    let inner = traced.clone();
    async move {
        let mut response = next.run(request).await;
        line.end(&response);
        trace::end(&traced, &response);
        if let Some(id) = id {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(inner)
    .instrument(span)
    .await
}

/// The client's id, if it can stand in a log as it is.
fn given_id(headers: &HeaderMap) -> Option<HeaderValue> {
    let plain = |id: &&HeaderValue| {
        let bytes = id.as_bytes();
        (1..=LONGEST_ID).contains(&bytes.len())
            && bytes
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    headers.get(REQUEST_ID).filter(plain).cloned()
}

fn made_id(request: &Request) -> Option<HeaderValue> {
    let id = MakeRequestUuid.make_request_id(request)?;
    Some(id.into_header_value())
}

/// The method, or `_OTHER` for one that the client makes up: the name that
/// OpenTelemetry's conventions have for it.
pub(super) fn method_name(method: &Method) -> &'static str {
    static KNOWN: [Method; 9] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::DELETE,
        Method::CONNECT,
        Method::OPTIONS,
        Method::TRACE,
        Method::PATCH,
    ];
    let known = KNOWN.iter().find(|known| *known == method);
    known.map_or("_OTHER", Method::as_str)
}

/// A request's line, which is written even where the client goes away first, or
/// the server stops.
struct Line {
    method: &'static str,
    path: String,
    began: Instant,
    ended: bool,
    metrics: Metrics,
}

impl Line {
    fn begin(request: &Request, metrics: Metrics) -> Line {
        Line {
            method: method_name(request.method()),
            path: request.uri().path().chars().take(LONGEST_PATH).collect(),
            began: Instant::now(),
            ended: false,
            metrics,
        }
    }

    fn end(&mut self, response: &Response) {
        self.ended = true;
        self.metrics.request(Some(response.status()));
        let account = response.extensions().get::<Account>();
        tracing::info!(
            method = self.method,
            path = self.path,
            status = response.status().as_u16(),
            duration_ms = self.duration(),
            user = account.map(|account| account.user),
            operation = account.and_then(|account| account.operation.as_deref()),
            statements = account.map(|account| account.statements),
            runs = account.map(|account| account.runs),
            "answered"
        );
    }

    /// Milliseconds since the request began, to the microsecond.
    fn duration(&self) -> f64 {
        self.began.elapsed().as_micros() as f64 / 1000.0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if !self.ended {
            self.metrics.request(None);
            tracing::info!(
                method = self.method,
                path = self.path,
                duration_ms = self.duration(),
                "not answered"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_is_made_up_is_not_told() {
        for method in ["GET", "PATCH", "CONNECT"] {
            assert_eq!(method_name(&method.parse().unwrap()), method);
        }
        let long = "A".repeat(1_000);
        for method in ["get", "MKCOL", &long] {
            assert_eq!(method_name(&method.parse().unwrap()), "_OTHER");
        }
    }

    #[test]
    fn only_a_short_plain_id_is_taken_over() {
        let given = |id: &'static str| {
            let headers = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static(id))]);
            given_id(&headers)
        };
        let longest = "a".repeat(LONGEST_ID);
        assert!(given("3f-Ab9").is_some());
        assert!(given(longest.leak()).is_some());
        let longer = "a".repeat(LONGEST_ID + 1);
        for bad in ["", "a b", "a_b", "a\tb", "{}"] {
            assert!(given(bad).is_none(), "{bad}");
        }
        assert!(given(longer.leak()).is_none());
    }
}
