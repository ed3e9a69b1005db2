//! Tokens made by hand.

use access::{AUDIENCE, LOCAL_ISSUER};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Utc;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};
use support::Backend;

use crate::{database::Sql, world::World};

/// A world, and the key that signs its tokens.
pub(crate) struct Forge {
    pub(crate) world: World,
    pub(crate) key: Vec<u8>,
}

/// The header of a good token.
pub(crate) fn header() -> Value {
    json!({ "alg": "HS256", "typ": "at+jwt" })
}

/// The claims of a good token.
pub(crate) fn claims() -> Value {
    let now = Utc::now().timestamp();
    json!({
        "iss": LOCAL_ISSUER,
        "sub": "steward",
        "aud": AUDIENCE,
        "exp": now + 600,
        "nbf": now - 1,
        "iat": now - 1,
    })
}

/// The object with another value for a member; null takes the member out.
pub(crate) fn with(mut object: Value, member: &str, value: Value) -> Value {
    let members = object.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(member),
        value => members.insert(member.to_owned(), value),
    };
    object
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a signature is made of.
pub(crate) fn message(header: &Value, claims: &Value) -> String {
    format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    )
}

pub(crate) fn hs256(key: &[u8], message: &str) -> Vec<u8> {
    sign::<Hmac<Sha256>>(key, message)
}

pub(crate) fn hs384(key: &[u8], message: &str) -> Vec<u8> {
    sign::<Hmac<Sha384>>(key, message)
}

pub(crate) fn hs512(key: &[u8], message: &str) -> Vec<u8> {
    sign::<Hmac<Sha512>>(key, message)
}

fn sign<M: Mac + KeyInit>(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The key that a database signs its tokens with.
pub(crate) async fn key_of(sql: &Sql) -> Vec<u8> {
    sql.bytes("select value from secret where name = 'local issuer'")
        .await
}

impl Forge {
    pub(crate) async fn open(backend: Backend) -> Forge {
        let world = World::make(backend).await;
        let key = key_of(&world.sql).await;
        Forge { world, key }
    }

    /// A token signed with the right key, whatever it says.
    pub(crate) fn token(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let signature = encode(hs256(&self.key, &message));
        format!("{message}.{signature}")
    }

    /// Whether the token opens the door.
    pub(crate) async fn opens(&self, token: &str) -> bool {
        match self.world.instance.access.caller(token).await {
            Ok(caller) => {
                assert_eq!(caller.subject(), "steward");
                true
            }
            Err(error) => {
                assert_eq!(error.code(), "UNAUTHENTICATED", "{error}");
                false
            }
        }
    }
}
