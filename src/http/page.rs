//! The GraphiQL page, which the server carries: no other address is needed.

use std::{
    collections::HashMap,
    io::Read,
    net::IpAddr,
    sync::{Arc, LazyLock},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
            CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
        },
        uri::Authority,
    },
    middleware::map_response,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use flate2::read::GzDecoder;
use serde::Serialize;

use super::{nothing_here, problem::Problem};

/// The page's files by path, compressed with gzip when the server was built.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Scripts, styles and answers come from this server alone. The editor sets styles
/// as it goes, and starts its workers from scripts that it makes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A user of the demonstration, whom a visitor of the page may stand in for.
#[derive(Clone, Debug, Serialize)]
pub struct Persona {
    /// Name.
    pub name: &'static str,
    /// Who it is.
    pub description: &'static str,
    /// A token that speaks for the persona.
    pub token: String,
}

#[derive(Serialize)]
struct Settings<'a> {
    /// Where operations go, seen from the page.
    endpoint: &'static str,
    personas: &'a [Persona],
}

/// The page at `/graphiql/`, to which `/` leads.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Whom a visitor may stand in for; nobody outside the demonstration.
    pub personas: Vec<Persona>,
}

impl Page {
    pub(super) fn router(self) -> Router {
        let home = || async { Redirect::temporary("graphiql/") };
        Router::new()
            .route("/", get(home))
            .route("/graphiql", get(home))
            .route("/graphiql/", get(index))
            .route("/graphiql/settings.json", get(settings))
            .route("/graphiql/{*path}", get(file))
            .layer(map_response(protect))
            .with_state(Arc::new(self))
    }
}

/// Everything is sent with the policy, since workers go by their own.
async fn protect(mut response: Response) -> Response {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

/// The personas hold tokens: they are told to a page of this server alone, called by
/// a name of this machine, under which no other page can be.
async fn settings(State(page): State<Arc<Page>>, headers: HeaderMap) -> Response {
    let personas = match is_at_home(&headers) {
        true => &*page.personas,
        false => &[],
    };
    let settings = Settings {
        endpoint: "../graphql",
        personas,
    };
    ([(CACHE_CONTROL, "no-store")], Json(&settings)).into_response()
}

fn is_at_home(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = host.and_then(|host| host.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority.host().trim_matches(['[', ']']);
        let address = host.parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }) && !headers.contains_key(ORIGIN)
}

async fn index(headers: HeaderMap) -> Result<Response, Problem> {
    file(Path("index.html".to_owned()), headers).await
}

async fn file(Path(path): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let Some((_, packed)) = FILES.iter().find(|(name, _)| *name == path) else {
        return Err(nothing_here().await);
    };
    // The names of assets change with what they hold.
    let cache = match path.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let mut response = match accepts_gzip(&headers) {
        true => ([(CONTENT_ENCODING, "gzip")], *packed).into_response(),
        false => {
            let file = UNPACKED.get(&*path).cloned();
            let file = file.ok_or_else(|| Problem::unwritable(format!("{path} is not packed")))?;
            file.into_response()
        }
    };
    let own = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, media_type(&path)),
        (CACHE_CONTROL, cache),
        (VARY, "accept-encoding"),
    ] {
        own.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get_all(ACCEPT_ENCODING);
    let texts = all.iter().filter_map(|value| value.to_str().ok());
    let mut codings = texts.flat_map(|text| text.split(','));
    codings.any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let refused = quality.trim().trim_start_matches("q=").parse::<f32>() == Ok(0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// The files as they are, for who takes nothing packed: once for all of them, since
/// each who asks and reads slowly would have a copy.
static UNPACKED: LazyLock<HashMap<&str, Bytes>> = LazyLock::new(|| {
    let unpacked = |packed| {
        let mut file = Vec::new();
        let read = GzDecoder::new(packed).read_to_end(&mut file);
        read.map(|_| Bytes::from(file))
    };
    let files = FILES.iter();
    files
        .filter_map(|(name, packed)| Some((*name, unpacked(*packed).ok()?)))
        .collect()
});

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("ttf") => "font/ttf",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
