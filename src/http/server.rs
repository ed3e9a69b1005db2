//! Serving on a socket until told to stop.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request, http::Response};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    pin,
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::ServiceExt;

use crate::metrics::Connections;

/// How long requests in flight may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long the head of a request may take to arrive; a connection that is kept
/// and idle may take as long again and again.
const HEAD: Duration = Duration::from_secs(30);
/// Connections at a time; further ones wait to be accepted.
const CONNECTIONS: usize = 10_000;
/// Where nothing can be accepted, such as with too many files open.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stop` is done, then finishes the requests in flight, for ten
/// seconds at most. A connection that fails fails alone.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Connections,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let builder = builder();
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    pin!(stop);
    loop {
        let accepted = async {
            if places.available_permits() == 0 {
                connections.full.inc();
            }
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let router = router.clone();
                let answer = service_fn(move |request| answer(router.clone(), request));
                let connection = builder.serve_connection_with_upgrades(plain(stream), answer);
                let connection = graceful.watch(connection.into_owned());
                let open = Open::begin(&connections);
                tokio::spawn(async move {
                    let _held = (place, open);
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended badly");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    tracing::info!("stopping: requests in flight are finished");
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests in flight took too long and are cut off");
    }
    tracing::info!("stopped");
}

/// Counts a connection for as long as it is open.
struct Open(Connections);

impl Open {
    fn begin(connections: &Connections) -> Open {
        connections.open.inc();
        Open(connections.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.dec();
    }
}

/// HTTP/1.1 and, for who begins with it, HTTP/2.
fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD)
        .keep_alive_timeout(DRAIN);
    builder
}

fn plain(stream: TcpStream) -> TokioIo<TcpStream> {
    // A response is written at once: waiting for more to send gains nothing.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection stays with delayed segments");
    }
    TokioIo::new(stream)
}

async fn answer(router: Router, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    router.oneshot(request.map(Body::new)).await
}
