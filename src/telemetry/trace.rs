//! Traces: spans of requests, sent in batches to a collector of OpenTelemetry.
//! Whatever the collector does, no request waits for it: spans queue up, and
//! those for which there is no place are dropped.

use access::SPANS;
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer, Registry, filter::filter_fn};

use crate::error::{Error, Setting};

const ENDPOINT: Setting = Setting {
    flag: "otlp-endpoint",
    variable: "OTEL_EXPORTER_OTLP_ENDPOINT",
};
const SERVICE: &str = "grassroots";
/// Where a collector takes spans, below its address.
const PATH: &str = "v1/traces";

/// Where traces go.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Watching")]
pub struct TraceArguments {
    /// The OpenTelemetry collector that traces of requests are sent to, by OTLP
    /// over HTTP, such as http://127.0.0.1:4318; none by default. The standard
    /// variables OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_BSP_… and
    /// OTEL_RESOURCE_ATTRIBUTES hold too.
    #[arg(
        long = "otlp-endpoint",
        env = ENDPOINT.variable,
        hide_env_values = true,
        value_name = "URL"
    )]
    pub endpoint: Option<String>,
}

impl TraceArguments {
    /// What makes spans and sends them, if there is a collector.
    pub(super) fn provider(&self) -> Result<Option<SdkTracerProvider>, Error> {
        // An empty variable is as good as none, as the standard has it.
        let Some(endpoint) = self.endpoint.as_deref().filter(|url| !url.is_empty()) else {
            return Ok(None);
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(spans_url(endpoint)?)
            .build();
        let exporter = exporter.map_err(|error| ENDPOINT.refuses(error.to_string()))?;
        let service = Resource::builder()
            .with_service_name(SERVICE)
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        let provider = SdkTracerProvider::builder()
            .with_resource(service.build())
            .with_batch_exporter(exporter);
        Ok(Some(provider.build()))
    }
}

/// Where a collector of this address takes spans. Without TLS, since the collector
/// is the operator's own and near.
fn spans_url(endpoint: &str) -> Result<String, Error> {
    let uri = endpoint.parse::<axum::http::Uri>().ok();
    let plain = uri.is_some_and(|uri| uri.scheme_str() == Some("http") && uri.query().is_none());
    match plain {
        true => Ok(format!("{}/{PATH}", endpoint.trim_end_matches('/'))),
        false => Err(ENDPOINT.refuses(
            "that is not the address of a collector; accepted is one such as http://127.0.0.1:4318",
        )),
    }
}

/// Has the provider make a span of each that is meant for traces.
pub(super) fn layer(provider: &SdkTracerProvider) -> Box<dyn Layer<Registry> + Send + Sync> {
    tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(SERVICE))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
        .with_filter(
            filter_fn(|metadata| metadata.target() == SPANS).with_max_level_hint(LevelFilter::INFO),
        )
        .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collector_is_named_by_its_address() {
        let url = "http://collector:4318/v1/traces";
        for good in ["http://collector:4318", "http://collector:4318/"] {
            assert_eq!(spans_url(good).unwrap(), url);
        }
        for bad in [
            "collector:4318",
            "https://collector",
            "http://",
            "http://c?d",
            "/",
        ] {
            let problem = spans_url(bad).unwrap_err().to_string();
            assert!(problem.contains("--otlp-endpoint or OTEL_"), "{problem}");
        }
    }

    #[test]
    fn without_a_collector_there_are_no_traces() {
        for none in [None, Some(String::new())] {
            let traces = TraceArguments { endpoint: none };
            assert!(traces.provider().unwrap().is_none());
        }
    }
}
