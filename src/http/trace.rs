//! A request's span in a trace, below the caller's own where the request names
//! one. It never holds a query's text, variables, a token or who called.

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::{Span, field::Empty};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::journal::Account;

/// Begins the span. Without traces there is none, and this costs next to nothing.
pub(super) fn begin(request: &Request, id: Option<&str>, method: &str, path: &str) -> Span {
    let span = tracing::info_span!(
        target: access::SPANS,
        "request",
        otel.name = Empty,
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        url.path = path,
        graphql.operation.name = Empty,
        grassroots.request.id = id,
        grassroots.statements = Empty,
        grassroots.runs = Empty,
    );
    if span.is_disabled() {
        return span;
    }
    match request.extensions().get::<MatchedPath>() {
        Some(route) => {
            span.record("otel.name", format!("{method} {}", route.as_str()));
            span.record("http.route", route.as_str());
        }
        None => {
            span.record("otel.name", method);
        }
    }
    let caller = TraceContextPropagator::new().extract(&HeaderExtractor(request.headers()));
    if let Err(error) = span.set_parent(caller) {
        tracing::debug!(%error, "a request's span has no parent");
    }
    span
}

/// Tells what came of the request.
pub(super) fn end(span: &Span, response: &Response) {
    if span.is_disabled() {
        return;
    }
    let status = response.status();
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    if let Some(account) = response.extensions().get::<Account>() {
        if let Some(operation) = &account.operation {
            span.record("graphql.operation.name", operation);
        }
        let statements = i64::try_from(account.statements).unwrap_or(i64::MAX);
        span.record("grassroots.statements", statements);
        span.record("grassroots.runs", i64::from(account.runs));
    }
}
