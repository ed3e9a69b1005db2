//! Bearer tokens: of the local issuer, which is the database itself, and of one
//! identity provider. Whom a token speaks for is all that is taken from it; rights
//! are never in it.

mod header;
mod jwks;
mod key;
mod local;
mod provider;
mod source;

use std::sync::Arc;

use chrono::Utc;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::error::AccessError;
use header::Header;
use key::Key;

pub(crate) use local::sign;
pub(crate) use provider::Provider;

pub use local::{AUDIENCE, LOCAL_ISSUER};
pub use provider::ProviderSettings;
pub use source::KeySource;

/// The `typ` of a token for an API, of RFC 9068.
pub const TOKEN_TYPE: &str = "at+jwt";
/// Far above what a token needs; what is longer isn't looked at.
const LONGEST: usize = 8 * 1024;
/// Verified tokens that are remembered; each takes a few hundred bytes.
const REMEMBERED: usize = 20_000;

/// Whom a verified token speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    pub(crate) issuer: String,
    pub(crate) subject: String,
}

/// What a verified token said.
#[derive(Clone)]
struct Verified {
    identity: Identity,
    /// The instant from which it is no longer good, in seconds since 1970.
    expires: i64,
    /// The generation of the provider's keys that verified it; none of the local
    /// issuer's, whose key stays.
    generation: Option<u64>,
}

/// Tells good tokens from all others.
pub(crate) struct Verifier {
    local: Key,
    provider: Option<Arc<Provider>>,
    /// By digest, so that no token lies about in memory.
    remembered: Cache<[u8; 32], Verified>,
}

impl Verifier {
    pub(crate) fn new(secret: &[u8], provider: Option<Arc<Provider>>) -> Verifier {
        Verifier {
            local: local::key(secret),
            provider,
            remembered: Cache::new(REMEMBERED),
        }
    }

    /// Whom the token speaks for, if it is good.
    pub(crate) async fn verify(&self, token: &str) -> Result<Identity, AccessError> {
        if token.len() > LONGEST {
            return refused("the token is too long");
        }
        let digest = Sha256::digest(token).into();
        if let Some(verified) = self.remembered.get(&digest)
            && self.still_stands(&verified)
        {
            return Ok(verified.identity);
        }
        let verified = self.verify_anew(token).await?;
        self.remembered.insert(digest, verified.clone());
        Ok(verified.identity)
    }

    /// Drops what is remembered of a token.
    pub(crate) fn forget(&self, token: &str) {
        let digest: [u8; 32] = Sha256::digest(token).into();
        self.remembered.remove(&digest);
    }

    fn still_stands(&self, verified: &Verified) -> bool {
        let generation = self
            .provider
            .as_ref()
            .and_then(|provider| provider.generation());
        let keys_stand = verified.generation.is_none() || verified.generation == generation;
        keys_stand && !has_expired(verified.expires)
    }

    /// The algorithm tells the issuer: the local one's is no provider's.
    async fn verify_anew(&self, token: &str) -> Result<Verified, AccessError> {
        let Some(header) = Header::of(token) else {
            return refused("the token is malformed");
        };
        if header.is_critical() {
            return refused("the token needs an extension that is not supported");
        }
        let (claims, generation) = match &self.provider {
            Some(provider) if header.algorithm() != Some("HS256") => {
                if !header.is_of_type(provider.token_type()) {
                    return refused("the token is not of the type that is expected");
                }
                let (claims, generation) = provider.open(token, &header).await?;
                (claims, Some(generation))
            }
            _ => {
                if !header.is_of_type(TOKEN_TYPE) {
                    return refused("the token is not of the type at+jwt");
                }
                (self.local.open(token)?, None)
            }
        };
        // The library lets a token live for another second.
        if has_expired(claims.exp as i64) {
            return refused("the token has expired");
        }
        Ok(Verified {
            expires: claims.exp as i64,
            identity: Identity {
                issuer: claims.iss,
                subject: claims.sub,
            },
            generation,
        })
    }
}

fn has_expired(expires: i64) -> bool {
    expires <= Utc::now().timestamp()
}

fn refused<T>(why: &'static str) -> Result<T, AccessError> {
    Err(AccessError::Unauthenticated(why))
}
