//! Settings of the server.

use axum::http::{HeaderValue, Uri};

/// What the server takes, and from where.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Requests")]
pub struct HttpSettings {
    /// The largest body, in bytes.
    #[arg(
        long = "limit-body",
        env = "GRASSROOTS_LIMIT_BODY",
        value_name = "NUMBER",
        default_value_t = HttpSettings::USUAL_BODY,
        value_parser = clap::value_parser!(u64).range(1..=1 << 30)
    )]
    pub body: u64,

    /// Origins whose pages may call from a browser, separated by commas, such as
    /// https://example.org; none by default.
    #[arg(
        long = "cors-origins",
        env = "GRASSROOTS_CORS_ORIGINS",
        value_name = "ORIGINS",
        value_delimiter = ',',
        value_parser = origin
    )]
    pub origins: Vec<HeaderValue>,

    /// Whether to serve GraphiQL, a page to try operations on, at /graphiql.
    #[arg(
        long,
        env = "GRASSROOTS_GRAPHIQL",
        value_name = "BOOLEAN",
        default_value_t = true,
        action = clap::ArgAction::Set
    )]
    pub graphiql: bool,
}

impl HttpSettings {
    /// Far above any operation that a person or a page writes.
    const USUAL_BODY: u64 = 256 * 1024;
}

impl Default for HttpSettings {
    fn default() -> HttpSettings {
        HttpSettings {
            body: HttpSettings::USUAL_BODY,
            origins: Vec::new(),
            graphiql: true,
        }
    }
}

/// An origin as browsers write it: scheme, host and a port that is not the usual.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let uri: Option<Uri> = text.parse().ok();
    let is_origin = uri.is_some_and(|uri| {
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        let plain = format!(
            "{}://{}",
            uri.scheme_str().unwrap_or_default(),
            uri.authority().map_or("", |authority| authority.as_str())
        );
        scheme && plain == text && !plain.contains('@')
    });
    match HeaderValue::from_str(text) {
        Ok(value) if is_origin => Ok(value),
        _ => Err("accepted are origins such as https://example.org or http://localhost:5173, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for good in [
            "https://example.org",
            "http://localhost:5173",
            "http://[::1]:80",
        ] {
            assert!(origin(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "*",
            "null",
            "example.org",
            "https://",
            "https://a/",
            "ftp://a",
            "https://a@b",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }
}
