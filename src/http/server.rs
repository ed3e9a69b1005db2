//! Serving on a socket until told to stop.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

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

use super::pace::{self, Pace};
use crate::metrics::Connections;

/// How long requests in flight may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long the head of a request of HTTP/1.1 may take to arrive, and how often a
/// client of HTTP/2 is asked whether it is still there.
const HEAD: Duration = pace::BEGIN;
/// Requests at a time on one connection of HTTP/2.
const STREAMS: u32 = 64;
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
            Ok((stream, peer)) => {
                let (router, pace) = (router.clone(), Pace::begin());
                let watched = pace.clone();
                let answer = service_fn(move |request| {
                    answer(router.clone(), watched.clone(), peer, request)
                });
                let connection = builder.serve_connection_with_upgrades(plain(stream), answer);
                let connection = graceful.watch(connection.into_owned());
                let open = Open::begin(&connections);
                tokio::spawn(async move {
                    let _held = (place, open);
                    tokio::select! {
                        ended = connection => if let Err(error) = ended {
                            tracing::debug!(%error, "a connection ended badly");
                        },
                        () = pace.stalled() => {
                            tracing::debug!("a connection on which nothing moved is closed");
                        }
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
        .max_concurrent_streams(STREAMS)
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

async fn answer(
    router: Router,
    pace: Pace,
    peer: SocketAddr,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(peer);
    pace.watch(router.oneshot(request.map(Body::new))).await
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::Instant,
    };

    use super::*;

    /// Time stands still while anything can go on, and leaps where all wait.
    #[tokio::test(start_paused = true)]
    async fn a_response_that_is_not_taken_ends_with_its_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let large = || async { vec![0_u8; LARGE] };
        let router = Router::new().route("/", get(large));
        let uncounted = Connections::default();
        tokio::spawn(serve(listener, router, uncounted, std::future::pending()));

        let began = Instant::now();
        let mut client = TcpStream::connect(address).await.unwrap();
        let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        client.write_all(request).await.unwrap();
        sleep(pace::LONGEST + HEAD).await;
        let mut taken = Vec::new();
        let ended = client.read_to_end(&mut taken).await;
        assert!(taken.len() < LARGE, "{ended:?}");
        assert!(began.elapsed() < 2 * pace::LONGEST);
    }

    /// More than sockets hold.
    const LARGE: usize = 64 << 20;
}
