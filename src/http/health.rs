//! A watcher's question to a server on this machine: can it serve?

use std::{error::Error, net::SocketAddr, time::Duration};

use axum::http::{StatusCode, Uri};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::time::timeout;

/// Longer than the server itself waits for its database.
const PATIENCE: Duration = Duration::from_secs(4);
/// Bytes of an answer, which is one line.
const LARGEST: usize = 1 << 10;

/// Asks the server at the address whether it can serve.
///
/// # Errors
/// Why it can't, in its own words if it has any.
pub async fn ask_readiness(address: SocketAddr) -> Result<(), String> {
    match timeout(PATIENCE, ask(address)).await {
        Ok(Ok((StatusCode::OK, _))) => Ok(()),
        Ok(Ok((StatusCode::SERVICE_UNAVAILABLE, reason))) => Err(reason),
        Ok(Ok((status, _))) => Err(format!("/readyz answers with {status}")),
        Ok(Err(error)) => Err(deepest(&*error).to_string()),
        Err(_) => Err(format!("there is no answer within {PATIENCE:?}")),
    }
}

async fn ask(address: SocketAddr) -> Result<(StatusCode, String), Box<dyn Error + Send + Sync>> {
    let url: Uri = format!("http://{address}/readyz").parse()?;
    let client: Client<HttpConnector, Empty<Bytes>> =
        Client::builder(TokioExecutor::new()).build_http();
    let response = client.get(url).await?;
    let status = response.status();
    let body = Limited::new(response.into_body(), LARGEST)
        .collect()
        .await?;
    let text = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    Ok((status, text))
}

/// The cause that says most, such as that nobody listens.
fn deepest<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    std::iter::successors(Some(error), |&error| error.source())
        .last()
        .unwrap_or(error)
}
