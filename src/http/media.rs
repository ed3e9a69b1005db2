//! Media types: what a body must be, and what a response is.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, CONTENT_TYPE},
};

const GRAPHQL: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

/// Whether the body is JSON in UTF-8.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).map(HeaderValue::to_str);
    let Some(Ok(value)) = value else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| same(name, JSON));
    json && parts
        .filter_map(|parameter| parameter.split_once('='))
        .filter(|(name, _)| same(name, "charset"))
        .all(|(_, charset)| same(charset.trim_matches('"'), "utf-8"))
}

/// The media type of the response: the protocol's own for clients that name it.
pub(super) fn of_response(headers: &HeaderMap) -> HeaderValue {
    let named = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|name| same(name.trim(), GRAPHQL));
    HeaderValue::from_static(if named { GRAPHQL } else { JSON })
}

/// The media type of what is not an operation's response.
pub(super) fn json() -> HeaderValue {
    HeaderValue::from_static(JSON)
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

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
    }

    #[test]
    fn the_protocols_own_type_is_for_clients_that_name_it() {
        for named in [
            "application/graphql-response+json",
            "application/json;q=0.9, Application/GraphQL-Response+JSON; q=1",
        ] {
            assert_eq!(of_response(&headers(ACCEPT, named)), GRAPHQL, "{named}");
        }
        for other in ["*/*", "application/json"] {
            assert_eq!(of_response(&headers(ACCEPT, other)), JSON, "{other}");
        }
        assert_eq!(of_response(&HeaderMap::new()), JSON);
    }
}
