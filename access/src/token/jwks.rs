//! A JSON Web Key Set (RFC 7517) and the keys in it that verify tokens.

use std::collections::{HashMap, hash_map::Entry};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::key::{Key, Terms};

/// Far above what a provider publishes.
const MOST_KEYS: usize = 100;
/// Bytes of an RSA modulus: 2048 bits (RFC 7518, section 3.3) to 4096, above which
/// verifying costs too much.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=512;
/// Bytes of a coordinate on P-256 and of a key of Ed25519.
const POINT: usize = 32;

/// The keys of a set, by name.
pub(super) struct Keys(HashMap<String, Key>);

/// One member of a set, whatever it is for.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    /// The private part, which has no place in what is published.
    d: Option<Value>,
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

impl Keys {
    /// Reads a set. A key that can't be used is passed over and told in the log;
    /// providers publish keys for other purposes too.
    pub(super) fn read(json: &[u8], terms: &Terms<'_>) -> Result<Keys, String> {
        let set: Set = serde_json::from_slice(json)
            .map_err(|error| format!("it is not a JSON Web Key Set: {error}"))?;
        if set.keys.len() > MOST_KEYS {
            return Err(format!("it has more than {MOST_KEYS} keys"));
        }
        let mut keys: HashMap<String, Option<Key>> = HashMap::new();
        for (place, member) in set.keys.into_iter().enumerate() {
            match read(member, terms) {
                Ok((name, key)) => match keys.entry(name) {
                    Entry::Vacant(free) => {
                        free.insert(Some(key));
                    }
                    Entry::Occupied(mut taken) => {
                        tracing::warn!(name = taken.key(), "two keys of one name: neither is used");
                        taken.insert(None);
                    }
                },
                Err(reason) => tracing::warn!(place, reason, "a key of the set is not used"),
            }
        }
        let usable = |(name, key): (String, Option<Key>)| Some((name, key?));
        Ok(Keys(keys.into_iter().filter_map(usable).collect()))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Key> {
        self.0.get(name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}

fn read(member: Value, terms: &Terms<'_>) -> Result<(String, Key), &'static str> {
    let jwk: Jwk = serde_json::from_value(member).map_err(|_| "it is malformed")?;
    let name = jwk.kid.as_deref().ok_or("it has no name (kid)")?;
    if jwk.d.is_some() {
        return Err("it is published with its private part, so that anyone may sign");
    }
    let signs = jwk
        .purpose
        .as_deref()
        .is_none_or(|purpose| purpose == "sig");
    let verifies = jwk
        .key_ops
        .as_ref()
        .is_none_or(|operations| operations.iter().any(|operation| operation == "verify"));
    if !signs || !verifies {
        return Err("it is not for signatures");
    }
    let (algorithm, key) = jwk.key()?;
    Ok((name.to_owned(), Key::new(key, algorithm, terms)))
}

impl Jwk {
    /// The key with its algorithm, which follows from the kind of key: what a token
    /// says about it changes nothing.
    fn key(&self) -> Result<(Algorithm, DecodingKey), &'static str> {
        let (algorithm, name, key) = match (self.kty.as_str(), self.crv.as_deref()) {
            ("RSA", _) => {
                let modulus = bytes(&self.n)?;
                // Leading zeros make a short modulus look long.
                let long = modulus.iter().skip_while(|byte| **byte == 0).count();
                if !MODULUS.contains(&long) {
                    return Err("an RSA key has 2048 to 4096 bits");
                }
                let key = DecodingKey::from_rsa_raw_components(&modulus, &bytes(&self.e)?);
                (Algorithm::RS256, "RS256", key)
            }
            ("EC", Some("P-256")) => {
                let (Some(x), Some(y)) = (&self.x, &self.y) else {
                    return Err("a coordinate is missing");
                };
                if bytes(&self.x)?.len() != POINT || bytes(&self.y)?.len() != POINT {
                    return Err("a coordinate on P-256 has 32 bytes");
                }
                let key = DecodingKey::from_ec_components(x, y);
                (Algorithm::ES256, "ES256", key.map_err(|_| MALFORMED)?)
            }
            ("OKP", Some("Ed25519")) => {
                let point = bytes(&self.x)?;
                if point.len() != POINT {
                    return Err("a key of Ed25519 has 32 bytes");
                }
                (Algorithm::EdDSA, "EdDSA", DecodingKey::from_ed_der(&point))
            }
            _ => return Err("only RSA, P-256 and Ed25519 are supported"),
        };
        match self.alg.as_deref() {
            Some(other) if other != name => {
                Err("its algorithm is none of RS256, ES256 and EdDSA, or not one for such a key")
            }
            _ => Ok((algorithm, key)),
        }
    }
}

const MALFORMED: &str = "a member is missing or malformed";

fn bytes(member: &Option<String>) -> Result<Vec<u8>, &'static str> {
    let text = member.as_ref().ok_or(MALFORMED)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| MALFORMED)
}
