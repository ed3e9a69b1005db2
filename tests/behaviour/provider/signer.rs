//! Real keys that sign, of each kind.

use std::sync::OnceLock;

use ed25519_dalek::Signer as _;
use p256::ecdsa::signature::SignatureEncoding;
use rand::rngs::OsRng;
use rsa::{RsaPrivateKey, pkcs1v15, sha2::Sha256, traits::PublicKeyParts};
use serde_json::{Value, json};

use crate::tokens::forge::{encode, message};

/// A key with a name.
pub(super) struct Signer {
    pub(super) name: String,
    key: Key,
}

enum Key {
    Rsa(RsaPrivateKey),
    P256(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

impl Signer {
    /// The same key each time: it takes long to make one.
    pub(super) fn rsa(name: &str) -> Signer {
        static KEY: OnceLock<RsaPrivateKey> = OnceLock::new();
        Signer::new(name, Key::Rsa(KEY.get_or_init(|| rsa(2048)).clone()))
    }

    pub(super) fn short_rsa(name: &str) -> Signer {
        Signer::new(name, Key::Rsa(rsa(1024)))
    }

    pub(super) fn p256(name: &str) -> Signer {
        Signer::new(name, Key::P256(p256::ecdsa::SigningKey::random(&mut OsRng)))
    }

    pub(super) fn ed25519(name: &str) -> Signer {
        let secret: [u8; 32] = rand::random();
        Signer::new(
            name,
            Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret)),
        )
    }

    /// One of each kind that is taken, named after its algorithm.
    pub(super) fn of_each_kind() -> [Signer; 3] {
        [
            Signer::rsa("RS256"),
            Signer::p256("ES256"),
            Signer::ed25519("EdDSA"),
        ]
    }

    fn new(name: &str, key: Key) -> Signer {
        let name = name.to_owned();
        Signer { name, key }
    }

    pub(super) fn algorithm(&self) -> &'static str {
        match &self.key {
            Key::Rsa(_) => "RS256",
            Key::P256(_) => "ES256",
            Key::Ed25519(_) => "EdDSA",
        }
    }

    /// The public key, as it is published.
    pub(super) fn jwk(&self) -> Value {
        let mut jwk = match &self.key {
            Key::Rsa(key) => json!({
                "kty": "RSA",
                "n": encode(key.n().to_bytes_be()),
                "e": encode(key.e().to_bytes_be()),
            }),
            Key::P256(key) => {
                let point = key.verifying_key().to_encoded_point(false);
                json!({
                    "kty": "EC",
                    "crv": "P-256",
                    "x": encode(point.x().unwrap()),
                    "y": encode(point.y().unwrap()),
                })
            }
            Key::Ed25519(key) => json!({
                "kty": "OKP",
                "crv": "Ed25519",
                "x": encode(key.verifying_key().as_bytes()),
            }),
        };
        jwk["kid"] = json!(self.name);
        jwk["alg"] = json!(self.algorithm());
        jwk["use"] = json!("sig");
        jwk
    }

    /// The header of a good token.
    pub(super) fn header(&self) -> Value {
        json!({ "alg": self.algorithm(), "typ": "at+jwt", "kid": self.name })
    }

    /// A token of this key, whatever it says.
    pub(super) fn token(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let signature = encode(self.sign(&message));
        format!("{message}.{signature}")
    }

    pub(super) fn sign(&self, message: &str) -> Vec<u8> {
        let message = message.as_bytes();
        match &self.key {
            Key::Rsa(key) => {
                let key = pkcs1v15::SigningKey::<Sha256>::new(key.clone());
                key.sign(message).to_vec()
            }
            Key::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_vec()
            }
            Key::Ed25519(key) => key.sign(message).to_vec(),
        }
    }

    /// Texts that somebody might take for a secret shared with the issuer, since they
    /// all are public.
    pub(super) fn public_texts(&self) -> Vec<Vec<u8>> {
        let jwk = self.jwk();
        let mut texts = vec![jwk.to_string().into_bytes(), self.name.clone().into_bytes()];
        for member in ["n", "e", "x", "y"] {
            if let Some(text) = jwk[member].as_str() {
                texts.push(text.as_bytes().to_vec());
                texts.push(crate::provider::attack::decode(text));
            }
        }
        texts.extend(self.documents());
        texts
    }

    /// The public key in the forms that a library may have read it from.
    fn documents(&self) -> Vec<Vec<u8>> {
        use rsa::pkcs8::{EncodePublicKey, LineEnding};

        fn both(key: &impl EncodePublicKey) -> Vec<Vec<u8>> {
            let pem = key.to_public_key_pem(LineEnding::LF).unwrap();
            vec![
                pem.trim_end().as_bytes().to_vec(),
                pem.into_bytes(),
                key.to_public_key_der().unwrap().into_vec(),
            ]
        }
        match &self.key {
            Key::Rsa(key) => both(&key.to_public_key()),
            Key::P256(key) => both(&p256::PublicKey::from(key.verifying_key())),
            Key::Ed25519(key) => vec![key.verifying_key().as_bytes().to_vec()],
        }
    }
}

fn rsa(bits: usize) -> RsaPrivateKey {
    RsaPrivateKey::new(&mut OsRng, bits).unwrap()
}
