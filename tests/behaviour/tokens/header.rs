//! How a token says that it is to be read.

use serde_json::{Value, json};
use support::Backend;

use super::forge::{Forge, claims, encode, header, hs256, hs384, hs512, message, with};

on_both_databases!(
    a_token_that_is_not_signed_does_not_open_the_door,
    a_token_of_another_algorithm_does_not,
    a_token_with_an_extension_does_not,
    a_token_of_another_type_does_not,
    a_token_with_a_key_of_its_own_does_not,
    a_header_that_says_a_thing_twice_does_not,
);

async fn a_token_that_is_not_signed_does_not_open_the_door(backend: Backend) {
    let forge = Forge::open(backend).await;
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let message = message(&with(header(), "alg", json!(algorithm)), &claims());
        let signature = encode(hs256(&forge.key, &message));
        for token in [
            format!("{message}."),
            message.clone(),
            format!("{message}.{signature}"),
        ] {
            assert!(!forge.opens(&token).await, "{algorithm}");
        }
    }
}

async fn a_token_of_another_algorithm_does_not(backend: Backend) {
    type Sign = fn(&[u8], &str) -> Vec<u8>;

    let forge = Forge::open(backend).await;
    let algorithms: [(&str, Sign); 9] = [
        ("HS384", hs384),
        ("HS512", hs512),
        ("HS384", hs256),
        ("HS512", hs256),
        ("RS256", hs256),
        ("PS256", hs256),
        ("ES256", hs256),
        ("EdDSA", hs256),
        ("hs256", hs256),
    ];
    for (algorithm, sign) in algorithms {
        let message = message(&with(header(), "alg", json!(algorithm)), &claims());
        let token = format!("{message}.{}", encode(sign(&forge.key, &message)));
        assert!(!forge.opens(&token).await, "{algorithm}");
    }
    let without = forge.token(&with(header(), "alg", Value::Null), &claims());
    assert!(!forge.opens(&without).await);
}

async fn a_token_with_an_extension_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    for critical in [
        json!(["b64"]),
        json!(["exp"]),
        json!([]),
        json!("b64"),
        json!(false),
    ] {
        let token = forge.token(&with(header(), "crit", critical.clone()), &claims());
        assert!(!forge.opens(&token).await, "{critical}");
    }
}

async fn a_token_of_another_type_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    for typ in [
        Value::Null,
        json!("JWT"),
        json!("id+jwt"),
        json!("at+jwt "),
        json!("logout+jwt"),
        json!(""),
        json!(1),
        json!(["at+jwt"]),
    ] {
        let token = forge.token(&with(header(), "typ", typ.clone()), &claims());
        assert!(!forge.opens(&token).await, "{typ}");
    }
}

/// The key that a token brings along proves nothing.
async fn a_token_with_a_key_of_its_own_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let own = b"a key of the forger's own choosing";
    let jwk = json!({ "kty": "oct", "alg": "HS256", "k": encode(own) });
    for (member, value) in [
        ("jwk", jwk),
        ("jku", json!("https://forger.example/keys")),
        ("kid", json!("../../../../dev/null")),
    ] {
        let message = message(&with(header(), member, value), &claims());
        for key in [own.as_slice(), b""] {
            let token = format!("{message}.{}", encode(hs256(key, &message)));
            assert!(!forge.opens(&token).await, "{member}");
        }
    }
}

/// Two readers of one header must not read two things.
async fn a_header_that_says_a_thing_twice_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    for header in [
        r#"{"alg":"HS256","typ":"at+jwt","typ":"JWT"}"#,
        r#"{"alg":"HS256","typ":"JWT","typ":"at+jwt"}"#,
        r#"{"alg":"none","alg":"HS256","typ":"at+jwt"}"#,
        r#"{"alg":"HS256","alg":"none","typ":"at+jwt"}"#,
    ] {
        let message = format!("{}.{}", encode(header), encode(claims().to_string()));
        let token = format!("{message}.{}", encode(hs256(&forge.key, &message)));
        assert!(!forge.opens(&token).await, "{header}");
    }
}
