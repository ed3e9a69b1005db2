//! The bearer token of a request.

use axum::http::{HeaderMap, header::AUTHORIZATION};

use super::problem::Problem;

/// The token in the one `Authorization` header of the scheme `Bearer`.
pub(super) fn token(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (value, more) = (values.next(), values.next());
    if more.is_some() {
        return Err(Problem::unauthenticated(
            "there is more than one Authorization header",
        ));
    }
    value
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(|| {
            Problem::unauthenticated("a token is needed, in the header Authorization: Bearer TOKEN")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&'static str]) -> HeaderMap {
        let values = values
            .iter()
            .map(|value| (AUTHORIZATION, value.parse().unwrap()));
        values.collect()
    }

    #[test]
    fn one_bearer_header_gives_its_token() {
        for value in ["Bearer abc", "bearer abc", "BEARER  abc "] {
            assert_eq!(token(&headers(&[value])).ok(), Some("abc"), "{value}");
        }
    }

    #[test]
    fn all_else_gives_none() {
        let bad: [&[&str]; 6] = [
            &[],
            &["Bearer"],
            &["Bearer "],
            &["Basic abc"],
            &["abc"],
            &["Bearer abc", "Bearer abc"],
        ];
        for values in bad {
            assert!(token(&headers(values)).is_err(), "{values:?}");
        }
    }
}
