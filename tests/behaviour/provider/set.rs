//! Which members of a key set are used.

use serde_json::{Value, json};
use support::Backend;

use super::{Realm, authority::Answer, claims, signer::Signer};
use crate::tokens::forge::{encode, hs256, message, with};

on_both_databases!(
    a_key_that_is_not_for_signatures_of_its_kind_is_not_used,
    keys_of_other_kinds_do_not_hinder,
    a_name_that_two_keys_have_is_neithers,
);

/// Whether a token of the signer is taken where the key is published like this.
async fn is_used(backend: Backend, signer: &Signer, jwk: Value) -> bool {
    let realm = Realm::open(backend, &[]).await;
    realm
        .authority
        .answer(Answer::Set(json!({ "keys": [jwk] })));
    realm
        .opens(&signer.token(&signer.header(), &claims()))
        .await
}

async fn a_key_that_is_not_for_signatures_of_its_kind_is_not_used(backend: Backend) {
    for signer in &Signer::of_each_kind() {
        let jwk = signer.jwk();
        for (member, value, used) in [
            ("use", Value::Null, true),
            ("alg", Value::Null, true),
            ("key_ops", json!(["verify"]), true),
            ("x5t", json!("anything"), true),
            ("use", json!("enc"), false),
            ("key_ops", json!(["encrypt"]), false),
            ("alg", json!("RSA-OAEP"), false),
            ("alg", json!("RS512"), false),
            ("alg", json!("HS256"), false),
            ("alg", json!("none"), false),
            ("kid", Value::Null, false),
            ("kty", json!("oct"), false),
            ("d", json!("AQAB"), false),
        ] {
            let jwk = with(jwk.clone(), member, value.clone());
            let found = is_used(backend, signer, jwk).await;
            assert_eq!(found, used, "{} {member} {value}", signer.name);
        }
    }
    let short = Signer::short_rsa("1");
    assert!(!is_used(backend, &short, short.jwk()).await);
}

async fn keys_of_other_kinds_do_not_hinder(backend: Backend) {
    let signer = Signer::p256("1");
    let realm = Realm::open(backend, &[]).await;
    let secret = b"a secret that everyone can read, of thirty-two bytes and more";
    realm.authority.answer(Answer::Set(json!({ "keys": [
        { "kty": "oct", "kid": "secret", "alg": "HS256", "k": encode(secret) },
        { "kty": "EC", "crv": "secp256k1", "kid": "2", "x": "AA", "y": "AA" },
        { "kty": "AKP", "alg": "ML-DSA-44", "kid": "3", "pub": "AA" },
        { "kty": "EC", "crv": "P-256", "kid": "4", "x": encode([1; 32]), "y": encode([1; 32]) },
        "no key",
        null,
        signer.jwk(),
    ] })));
    assert!(
        realm
            .opens(&signer.token(&signer.header(), &claims()))
            .await
    );
    let message = message(
        &json!({ "alg": "HS256", "typ": "at+jwt", "kid": "secret" }),
        &claims(),
    );
    assert!(
        !realm
            .opens(&format!("{message}.{}", encode(hs256(secret, &message))))
            .await
    );
    // A point beside the curve.
    let beside = with(signer.header(), "kid", json!("4"));
    assert!(!realm.opens(&signer.token(&beside, &claims())).await);
}

async fn a_name_that_two_keys_have_is_neithers(backend: Backend) {
    let (first, second) = (Signer::p256("1"), Signer::ed25519("1"));
    let realm = Realm::open(backend, &[&first, &second]).await;
    for signer in [&first, &second] {
        assert!(
            !realm
                .opens(&signer.token(&signer.header(), &claims()))
                .await
        );
    }
}
