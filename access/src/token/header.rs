//! A token's header, as far as the library does not look at it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// The header before anything is verified: it chooses what to try, no more.
pub(super) struct Header(Map<String, Value>);

impl Header {
    pub(super) fn of(token: &str) -> Option<Header> {
        let header = token.split('.').next()?;
        let json = URL_SAFE_NO_PAD.decode(header).ok()?;
        serde_json::from_slice(&json).ok().map(Header)
    }

    /// Whether it names extensions that the reader must understand.
    pub(super) fn is_critical(&self) -> bool {
        self.0.contains_key("crit")
    }

    /// Whether it is of this type, which may be written as a media type (RFC 7515,
    /// section 4.1.9).
    pub(super) fn is_of_type(&self, expected: &str) -> bool {
        self.text("typ").is_some_and(|typ| {
            let short = match typ.split_at_checked(APPLICATION.len()) {
                Some((prefix, short)) if prefix.eq_ignore_ascii_case(APPLICATION) => short,
                _ => typ,
            };
            short.eq_ignore_ascii_case(expected)
        })
    }

    pub(super) fn algorithm(&self) -> Option<&str> {
        self.text("alg")
    }

    /// The name of the key that is said to have signed it.
    pub(super) fn key(&self) -> Option<&str> {
        self.text("kid")
    }

    fn text(&self, member: &str) -> Option<&str> {
        self.0.get(member).and_then(Value::as_str)
    }
}

const APPLICATION: &str = "application/";
