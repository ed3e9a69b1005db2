//! Media types: what a body must be, and what a response is. After "GraphQL over
//! HTTP", release of September 2026.

use axum::http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE},
};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// What a client takes as a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// The protocol's own media type, whose status tells the whole result.
    GraphQl,
    /// JSON, for clients from before there was that type: they know success by
    /// its status and trust no body of a failure that is not of that type.
    Json,
}

impl Media {
    /// What the client takes, by its `Accept` headers; nothing where that is
    /// nothing that the server has.
    pub(super) fn accepted(headers: &HeaderMap) -> Option<Media> {
        if !headers.contains_key(ACCEPT) {
            return Some(Media::Json);
        }
        let ranges: Vec<Range> = values(headers, ACCEPT).filter_map(Range::read).collect();
        let (graphql, json) = (Fit::best(&ranges, GRAPHQL), Fit::best(&ranges, JSON));
        match (graphql.quality > 0, json.quality > 0) {
            (false, false) => None,
            (true, false) => Some(Media::GraphQl),
            (false, true) => Some(Media::Json),
            // Who names neither type may well be from before there was the first.
            (true, true) if graphql.precision < EXACT => Some(Media::Json),
            (true, true) if graphql.quality >= json.quality => Some(Media::GraphQl),
            (true, true) => Some(Media::Json),
        }
    }

    /// The status of an operation that ran.
    pub(super) fn status(self, is_partial: bool) -> StatusCode {
        match (self, is_partial) {
            (Media::GraphQl, true) => StatusCode::from_u16(PARTIAL_SUCCESS).unwrap_or_default(),
            _ => StatusCode::OK,
        }
    }

    /// The type of a response with this status.
    pub(super) fn content_type(self, status: StatusCode) -> HeaderValue {
        HeaderValue::from_static(match (self, status.is_success()) {
            (Media::Json, true) => "application/json; charset=utf-8",
            _ => "application/graphql-response+json; charset=utf-8",
        })
    }
}

/// The protocol's status for data with errors beside them.
const PARTIAL_SUCCESS: u16 = 294;

/// Whether the body is JSON in UTF-8, as it is.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(Ok(value)), None) = (types.next().map(HeaderValue::to_str), types.next()) else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| same(name, JSON));
    let utf_8 = parts
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| same(name, "charset"))
        .all(|(_, charset)| same(charset.trim_matches('"'), "utf-8"));
    json && utf_8 && values(headers, CONTENT_ENCODING).all(|coding| same(coding, "identity"))
}

/// The media type of what is not an operation's response.
pub(super) fn json() -> HeaderValue {
    HeaderValue::from_static("application/json; charset=utf-8")
}

/// A media range of an `Accept` header, with its quality in thousandths.
struct Range<'a> {
    name: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    fn read(text: &'a str) -> Option<Range<'a>> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next()?;
        let quality = parts
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(name, _)| same(name.trim(), "q"));
        let quality = match quality {
            None => 1_000,
            Some((_, value)) => {
                let value: f32 = value.trim().parse().ok()?;
                (value.clamp(0.0, 1.0) * 1_000.0) as u16
            }
        };
        Some(Range { name, quality })
    }

    /// How precisely the range names a media type; nothing if it doesn't.
    fn precision(&self, media: &str) -> Option<u8> {
        match self.name {
            "*/*" => Some(0),
            name if same(name, "application/*") => Some(1),
            name if same(name, media) => Some(EXACT),
            _ => None,
        }
    }
}

const EXACT: u8 = 2;

/// How well a media type fits what a client accepts.
#[derive(Clone, Copy)]
struct Fit {
    precision: u8,
    quality: u16,
}

impl Fit {
    /// By the range that names it most precisely.
    fn best(ranges: &[Range<'_>], media: &str) -> Fit {
        let fits = ranges.iter().filter_map(|range| {
            let precision = range.precision(media)?;
            let quality = range.quality;
            Some(Fit { precision, quality })
        });
        let none = Fit {
            precision: 0,
            quality: 0,
        };
        fits.max_by_key(|fit| fit.precision).unwrap_or(none)
    }
}

/// The comma-separated values of a header.
fn values(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_body_is_json_in_utf_8() {
        for good in [
            "application/json",
            "Application/JSON ; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            assert!(is_json(&headers(CONTENT_TYPE, good)), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/jsonp",
            "application/json; charset=latin1",
            "application/x-www-form-urlencoded",
        ] {
            assert!(!is_json(&headers(CONTENT_TYPE, bad)), "{bad}");
        }
        assert!(!is_json(&HeaderMap::new()));
        let mut coded = headers(CONTENT_TYPE, JSON);
        coded.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        assert!(!is_json(&coded));
    }

    #[test]
    fn the_client_says_what_a_response_is() {
        for (accept, media) in [
            ("application/graphql-response+json", Some(Media::GraphQl)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(Media::GraphQl),
            ),
            (
                "application/json, Application/GraphQL-Response+JSON; charset=utf-8",
                Some(Media::GraphQl),
            ),
            (
                "application/json, application/graphql-response+json;q=0.5",
                Some(Media::Json),
            ),
            ("application/json", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("text/html, application/*;q=0.1", Some(Media::Json)),
            ("application/json;q=0, */*", Some(Media::GraphQl)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("", None),
        ] {
            assert_eq!(Media::accepted(&headers(ACCEPT, accept)), media, "{accept}");
        }
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
    }

    #[test]
    fn a_failure_is_of_the_protocols_own_type_for_everyone() {
        for media in [Media::GraphQl, Media::Json] {
            let failed = media.content_type(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(failed.to_str().unwrap().starts_with(GRAPHQL));
            let done = media.content_type(media.status(true));
            assert_eq!(
                done.to_str().unwrap().starts_with(JSON),
                media == Media::Json
            );
        }
        assert_eq!(Media::GraphQl.status(true).as_u16(), 294);
        assert_eq!(Media::Json.status(true), StatusCode::OK);
    }
}
