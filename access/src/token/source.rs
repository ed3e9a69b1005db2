//! Where a provider's key set is read.

use std::{
    error::Error,
    fmt, io,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, Uri, body::Bytes, header::ACCEPT};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::crypto::ring;
use tokio::{fs::File, io::AsyncReadExt, time::timeout};

use crate::error::AccessError;

/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of a key set: far above a hundred keys with their certificates.
const LARGEST: usize = 1 << 20;

/// Where a provider publishes its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A file, which is read again like an address.
    File(PathBuf),
    /// An address: `https`, or `http` on this machine.
    Url(Uri),
}

impl FromStr for KeySource {
    type Err = String;

    fn from_str(text: &str) -> Result<KeySource, String> {
        if text.is_empty() {
            return Err("it is empty; accepted are a file's path and an address".to_owned());
        }
        if !text.contains("://") {
            return Ok(KeySource::File(text.into()));
        }
        let url: Uri = text
            .parse()
            .map_err(|error| format!("it is not an address: {error}"))?;
        match url.scheme_str() {
            Some("https") => Ok(KeySource::Url(url)),
            Some("http") if is_this_machine(&url) => Ok(KeySource::Url(url)),
            _ => Err(
                "keys are read by https://, by http:// on this machine alone, or from a file's path"
                    .to_owned(),
            ),
        }
    }
}

fn is_this_machine(url: &Uri) -> bool {
    url.host().is_some_and(|host| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

impl fmt::Display for KeySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeySource::File(path) => path.display().fmt(formatter),
            KeySource::Url(url) => url.fmt(formatter),
        }
    }
}

type Client = legacy::Client<HttpsConnector<HttpConnector>, Empty<Bytes>>;

/// Reads a key set again and again.
pub(super) enum Reader {
    File(PathBuf),
    Url(Box<Client>, Uri),
}

impl Reader {
    /// # Errors
    /// [`AccessError::InvalidInput`] if this machine trusts no authority at all.
    pub(super) fn new(source: &KeySource) -> Result<Reader, AccessError> {
        match source {
            KeySource::File(path) => Ok(Reader::File(path.clone())),
            KeySource::Url(url) => Ok(Reader::Url(Box::new(client()?), url.clone())),
        }
    }

    /// What is published at this moment.
    pub(super) async fn read(&self) -> Result<Vec<u8>, String> {
        let read = async {
            match self {
                Reader::File(path) => open(path).await.map_err(|error| error.to_string()),
                Reader::Url(client, url) => fetch(client, url).await,
            }
        };
        match timeout(PATIENCE, read).await {
            Ok(read) => read,
            Err(_) => Err(format!("there is no answer within {PATIENCE:?}")),
        }
    }
}

/// A client that goes by the authorities that this machine trusts, and that follows
/// no redirect: it could lead to where nothing is encrypted.
fn client() -> Result<Client, AccessError> {
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_platform_verifier(ring::default_provider())
        .map_err(|error| {
            AccessError::InvalidInput(format!("no https connection can be verified: {error}"))
        })?
        .https_or_http()
        .enable_http1()
        .build();
    Ok(legacy::Client::builder(TokioExecutor::new()).build(connector))
}

async fn open(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path).await?;
    let mut json = Vec::new();
    file.take(LARGEST as u64 + 1).read_to_end(&mut json).await?;
    if json.len() > LARGEST {
        return Err(io::Error::other(format!(
            "it is larger than {LARGEST} bytes"
        )));
    }
    Ok(json)
}

async fn fetch(client: &Client, url: &Uri) -> Result<Vec<u8>, String> {
    let request = Request::get(url.clone())
        .header(ACCEPT, "application/jwk-set+json, application/json")
        .body(Empty::new())
        .map_err(|error| error.to_string())?;
    let sent = client.request(request).await;
    let response = sent.map_err(|error| chain(&error))?;
    if !response.status().is_success() {
        return Err(format!("the answer's status is {}", response.status()));
    }
    let body = Limited::new(response.into_body(), LARGEST);
    let body = body.collect().await.map_err(|error| chain(&*error))?;
    Ok(body.to_bytes().into())
}

/// The error with its causes, without which it says little.
fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let texts: Vec<String> = causes.map(ToString::to_string).collect();
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_can_be_no_key_set_is_not_read_whole() {
        let path = std::env::temp_dir().join(format!("grassroots-keys-{}", std::process::id()));
        std::fs::write(&path, vec![b' '; 2 * LARGEST]).unwrap();
        let read = Reader::File(path.clone()).read().await;
        std::fs::remove_file(&path).unwrap();
        assert!(read.unwrap_err().contains("larger"));
    }

    #[test]
    fn keys_are_never_read_in_clear_from_another_machine() {
        for good in [
            "https://id.example.org/keys",
            "http://localhost:8090/keys",
            "http://127.0.0.1/keys",
            "http://[::1]:80/keys",
            "keys.json",
            "/etc/grassroots/keys.json",
        ] {
            assert!(good.parse::<KeySource>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "http://id.example.org/keys",
            "http://127.0.0.1.example.org/keys",
            "ftp://localhost/keys",
            "file:///etc/passwd",
            "https://",
        ] {
            assert!(bad.parse::<KeySource>().is_err(), "{bad}");
        }
    }
}
