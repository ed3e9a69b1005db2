//! A key that verifies tokens, with the one algorithm that it is for and what its
//! tokens must say.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, errors::ErrorKind};
use serde::Deserialize;

use crate::error::AccessError;

/// What is taken from a token.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) sub: String,
    /// Seconds since 1970, which may have a fraction (RFC 7519, section 2).
    pub(super) exp: f64,
}

/// Whose tokens are taken, and for whom.
pub(super) struct Terms<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: &'a str,
    /// Whether a token must say from when it holds.
    pub(super) needs_beginning: bool,
    /// By how many seconds the issuer's clock may be ahead of this one.
    pub(super) ahead: u64,
}

pub(super) struct Key {
    key: DecodingKey,
    validation: Validation,
}

impl Key {
    pub(super) fn new(key: DecodingKey, algorithm: Algorithm, terms: &Terms<'_>) -> Key {
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&[terms.issuer]);
        validation.set_audience(&[terms.audience]);
        let mut required = vec!["iss", "sub", "aud", "exp"];
        if terms.needs_beginning {
            required.push("nbf");
        }
        validation.set_required_spec_claims(&required);
        validation.validate_nbf = true;
        validation.leeway = terms.ahead;
        Key { key, validation }
    }

    /// What the token says, if this key signed it and it keeps to the terms.
    pub(super) fn open(&self, token: &str) -> Result<Claims, AccessError> {
        let opened = jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation);
        opened.map(|token| token.claims).map_err(|error| {
            AccessError::Unauthenticated(match error.kind() {
                ErrorKind::ExpiredSignature => "the token has expired",
                ErrorKind::ImmatureSignature => "the token is not yet valid",
                ErrorKind::InvalidIssuer => "the token is of an issuer that is not trusted",
                ErrorKind::InvalidAudience => "the token is for another audience",
                _ => "the token is not valid",
            })
        })
    }
}
