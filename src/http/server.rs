//! Serving on a socket until told to stop.

use std::{io, time::Duration};

use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, sync::oneshot, time::sleep};

/// How long requests in flight may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until `stop` is done, then finishes the requests in flight, for ten
/// seconds at most.
///
/// # Errors
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    // A response is written at once: waiting for more to send gains nothing.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays with delayed segments");
        }
    });
    let (stopping, stopped) = oneshot::channel();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping: requests in flight are finished");
        // Nobody waits for it where the server has failed.
        let _ = stopping.send(());
    });
    let overdue = async {
        match stopped.await {
            Ok(()) => sleep(DRAIN).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = serving => served?,
        () = overdue => tracing::warn!("requests in flight took too long and are cut off"),
    }
    tracing::info!("stopped");
    Ok(())
}
