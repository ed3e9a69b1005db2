//! A collector of OpenTelemetry, as small as it can be, and servers traced to one.

use std::{
    collections::HashMap,
    future::Future,
    mem::forget,
    sync::{Arc, LazyLock, Mutex, mpsc},
    thread,
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use grassroots::telemetry::{LogArguments, Telemetry, TraceArguments};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::Span,
};
use prost::Message;
use tokio::{net::TcpListener, runtime::Builder};
use tracing::{Dispatch, dispatcher::set_default};
use tracing_subscriber::Registry;

/// What came in.
#[derive(Clone, Default)]
struct Received {
    spans: Arc<Mutex<Vec<Span>>>,
    resources: Arc<Mutex<Vec<KeyValue>>>,
    bodies: Arc<Mutex<Vec<Bytes>>>,
}

/// A collector that runs as long as the process.
pub(super) struct Collector {
    pub(super) url: String,
    received: Received,
}

impl Collector {
    pub(super) fn start() -> Collector {
        let received = Received::default();
        let router = Router::new()
            .route("/v1/traces", post(take))
            .with_state(received.clone());
        let (sender, address) = mpsc::channel();
        // Apart from the runtime that is traced, which ends before the last spans come.
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                axum::serve(listener, router).await.unwrap();
            });
        });
        let url = format!("http://{}", address.recv().unwrap());
        Collector { url, received }
    }

    /// The spans of a trace.
    pub(super) fn spans(&self, trace: &[u8]) -> Vec<Span> {
        let all = self.received.spans.lock().unwrap();
        let of_trace = all.iter().filter(|span| span.trace_id == trace);
        of_trace.cloned().collect()
    }

    /// How many spans came.
    pub(super) fn count(&self) -> usize {
        self.received.spans.lock().unwrap().len()
    }

    /// What the senders say of themselves.
    pub(super) fn resource(&self) -> HashMap<String, String> {
        texts(&self.received.resources.lock().unwrap())
    }

    /// All that came, as it came.
    pub(super) fn bodies(&self) -> Vec<u8> {
        self.received.bodies.lock().unwrap().concat()
    }
}

async fn take(State(received): State<Received>, body: Bytes) -> StatusCode {
    received.bodies.lock().unwrap().push(body.clone());
    let request = ExportTraceServiceRequest::decode(body).unwrap();
    for sender in request.resource_spans {
        let attributes = sender.resource.unwrap().attributes;
        received.resources.lock().unwrap().extend(attributes);
        let spans = sender.scope_spans.into_iter().flat_map(|scope| scope.spans);
        received.spans.lock().unwrap().extend(spans);
    }
    StatusCode::OK
}

/// Attributes as texts.
pub(super) fn texts(attributes: &[KeyValue]) -> HashMap<String, String> {
    let text = |attribute: &KeyValue| {
        let value = attribute
            .value
            .as_ref()
            .and_then(|value| value.value.as_ref());
        let text = match value {
            Some(Value::StringValue(text)) => text.clone(),
            Some(Value::IntValue(number)) => number.to_string(),
            other => format!("{other:?}"),
        };
        (attribute.key.clone(), text)
    };
    attributes.iter().map(text).collect()
}

/// Runs something whose spans go to the collector at this address;
/// all that it left has been sent when this returns.
pub(super) fn traced<F>(url: &str, run: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let log = LogArguments {
        log: "off".to_owned(),
        log_format: "text".to_owned(),
    };
    let traces = TraceArguments {
        endpoint: Some(url.to_owned()),
    };
    // While there is but one subscriber, a span that a test without any comes to first
    // is switched off for the whole process: with this there are always two.
    static OTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Registry::default()));
    LazyLock::force(&OTHER);
    let telemetry = Telemetry::new(&log, Some(&traces)).unwrap();
    let dispatch = telemetry.dispatch();
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(8 << 20)
        .enable_all()
        // Each test has spans of its own, so that none is the process's.
        .on_thread_start(move || forget(set_default(&dispatch)))
        .build()
        .unwrap();
    let ran = runtime.block_on(runtime.spawn(run));
    // The driver's threads for SQLite let go of a statement's span a moment later.
    thread::sleep(Duration::from_secs(1));
    drop(runtime);
    telemetry.stop();
    ran.unwrap();
}
