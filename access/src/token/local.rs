//! The local issuer: HS256 with a key that each database makes for itself, so that
//! neither the source nor an image can sign a token.

use chrono::{TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::Serialize;

use super::{
    TOKEN_TYPE,
    key::{Key, Terms},
};
use crate::error::AccessError;

/// Issuer (`iss`) of the tokens that a database signs for itself.
pub const LOCAL_ISSUER: &str = "urn:grassroots:local";
/// Audience (`aud`) that a token must name, unless another is set for the
/// identity provider's.
pub const AUDIENCE: &str = "urn:grassroots:api";

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    nbf: i64,
    iat: i64,
}

/// The key that verifies what [`sign`] signed. Its clock is this one.
pub(super) fn key(secret: &[u8]) -> Key {
    let terms = Terms {
        issuer: LOCAL_ISSUER,
        audience: AUDIENCE,
        needs_beginning: true,
        ahead: 0,
    };
    Key::new(DecodingKey::from_secret(secret), Algorithm::HS256, &terms)
}

/// Signs a token for a subject of the local issuer.
pub(crate) fn sign(
    secret: &[u8],
    subject: &str,
    lifetime: TimeDelta,
) -> Result<String, AccessError> {
    let now = Utc::now();
    let claims = Claims {
        iss: LOCAL_ISSUER,
        sub: subject,
        aud: AUDIENCE,
        exp: (now + lifetime).timestamp(),
        nbf: now.timestamp(),
        iat: now.timestamp(),
    };
    let header = Header {
        typ: Some(TOKEN_TYPE.to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret))
        .map_err(AccessError::internal)
}
