//! Bearer tokens of the local issuer: HS256 with a key that each database makes
//! for itself, so that neither the source nor an image can sign one.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::AccessError;

/// Issuer (`iss`) of the tokens that a database signs for itself.
pub const LOCAL_ISSUER: &str = "urn:grassroots:local";
/// Audience (`aud`) that a token must name.
pub const AUDIENCE: &str = "urn:grassroots:api";
/// The `typ` of a token for an API, of RFC 9068.
const TYPE: &str = "at+jwt";
/// Far above what a token needs; what is longer isn't looked at.
const LONGEST: usize = 8 * 1024;

/// Whom a verified token speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    exp: i64,
    nbf: i64,
    iat: i64,
}

#[derive(Deserialize)]
struct Subject {
    iss: String,
    sub: String,
}

pub(crate) struct Verifier {
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    pub(crate) fn new(secret: &[u8]) -> Verifier {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[LOCAL_ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "sub", "aud", "exp", "nbf"]);
        validation.validate_nbf = true;
        validation.leeway = 0;
        Verifier {
            key: DecodingKey::from_secret(secret),
            validation,
        }
    }

    pub(crate) fn verify(&self, token: &str) -> Result<Identity, AccessError> {
        let refused = |why| Err(AccessError::Unauthenticated(why));
        if token.len() > LONGEST {
            return refused("the token is too long");
        }
        // The library looks at neither `typ` nor `crit`.
        let Some(header) = header(token) else {
            return refused("the token is malformed");
        };
        if header.contains_key("crit") {
            return refused("the token needs an extension that is not supported");
        }
        let typ = header.get("typ").and_then(Value::as_str);
        if !typ.is_some_and(|typ| typ.eq_ignore_ascii_case(TYPE)) {
            return refused("the token is not of the type at+jwt");
        }
        match jsonwebtoken::decode::<Subject>(token, &self.key, &self.validation) {
            Ok(token) => Ok(Identity {
                issuer: token.claims.iss,
                subject: token.claims.sub,
            }),
            Err(error) => refused(match error.kind() {
                ErrorKind::ExpiredSignature => "the token has expired",
                ErrorKind::ImmatureSignature => "the token is not yet valid",
                ErrorKind::InvalidIssuer => "the token is of an issuer that is not trusted",
                ErrorKind::InvalidAudience => "the token is for another audience",
                _ => "the token is not valid",
            }),
        }
    }
}

fn header(token: &str) -> Option<Map<String, Value>> {
    let header = token.split('.').next()?;
    let json = URL_SAFE_NO_PAD.decode(header).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Signs a token for a subject of the local issuer.
pub(crate) fn sign(
    secret: &[u8],
    subject: &str,
    lifetime: TimeDelta,
) -> Result<String, AccessError> {
    let now = Utc::now();
    let claims = Claims {
        iss: LOCAL_ISSUER.to_owned(),
        sub: subject.to_owned(),
        aud: AUDIENCE.to_owned(),
        exp: (now + lifetime).timestamp(),
        nbf: now.timestamp(),
        iat: now.timestamp(),
    };
    let header = Header {
        typ: Some(TYPE.to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret))
        .map_err(AccessError::internal)
}
