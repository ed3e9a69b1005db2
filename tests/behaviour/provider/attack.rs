//! The attacks of RFC 8725 ("JSON Web Token Best Current Practices"), by its sections.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::Signature;
use serde_json::{Value, json};
use support::Backend;

use super::{Realm, authority::Authority, claims, signer::Signer};
use crate::tokens::forge::{encode, hs256, hs384, hs512, message, with};

on_both_databases!(
    a_token_that_is_not_signed_is_refused,
    a_public_key_is_no_secret,
    a_key_serves_one_algorithm,
    a_signature_of_another_key_is_refused,
    a_signature_of_nothing_is_refused,
    a_token_of_another_kind_is_refused,
    what_a_token_says_about_its_key_is_not_believed,
    a_token_that_is_encrypted_or_packed_is_refused,
    a_token_in_another_encoding_is_refused,
);

pub(super) fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

async fn realm(backend: Backend, signers: &[Signer; 3]) -> Realm {
    let realm = Realm::open(backend, &signers.each_ref()).await;
    for signer in signers {
        let good = signer.token(&signer.header(), &claims());
        assert!(realm.opens(&good).await, "{}", signer.name);
    }
    realm
}

/// Section 2.1, the algorithm "none".
async fn a_token_that_is_not_signed_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    for signer in &signers {
        for algorithm in [
            json!("none"),
            json!("None"),
            json!("nOnE"),
            json!(""),
            Value::Null,
        ] {
            let message = message(&with(signer.header(), "alg", algorithm), &claims());
            let signed = format!("{message}.{}", encode(signer.sign(&message)));
            for token in [format!("{message}."), message, signed] {
                assert!(!realm.opens(&token).await, "{token}");
            }
        }
    }
}

/// Section 2.1, HMAC with the public key as the secret.
async fn a_public_key_is_no_secret(backend: Backend) {
    type Sign = fn(&[u8], &str) -> Vec<u8>;

    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    let algorithms: [(&str, Sign); 3] = [("HS256", hs256), ("HS384", hs384), ("HS512", hs512)];
    for signer in &signers {
        for (algorithm, sign) in algorithms {
            let message = message(&with(signer.header(), "alg", json!(algorithm)), &claims());
            for secret in signer.public_texts() {
                let token = format!("{message}.{}", encode(sign(&secret, &message)));
                assert!(!realm.opens(&token).await, "{token}");
            }
        }
    }
}

/// Sections 2.1 and 3.1: the same key under the name of another algorithm.
async fn a_key_serves_one_algorithm(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    let algorithms = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES256K", "EdDSA",
        "Ed25519", "rs256", "es256",
    ];
    for signer in &signers {
        for algorithm in algorithms
            .into_iter()
            .filter(|name| *name != signer.algorithm())
        {
            let header = with(signer.header(), "alg", json!(algorithm));
            let token = signer.token(&header, &claims());
            assert!(!realm.opens(&token).await, "{} as {algorithm}", signer.name);
        }
    }
}

/// Section 3.3: each signature is verified, with the key that is named.
async fn a_signature_of_another_key_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    let strangers = [Signer::p256("ES256"), Signer::ed25519("EdDSA")];
    for stranger in &strangers {
        assert!(
            !realm
                .opens(&stranger.token(&stranger.header(), &claims()))
                .await
        );
    }
    for signer in &signers {
        for named in signers.iter().filter(|other| other.name != signer.name) {
            let confused = with(signer.header(), "kid", json!(named.name));
            assert!(!realm.opens(&signer.token(&confused, &claims())).await);
        }
        for name in [
            Value::Null,
            json!(""),
            json!(1),
            json!(["RS256"]),
            json!("RS256\u{0}"),
        ] {
            let header = with(signer.header(), "kid", name.clone());
            assert!(
                !realm.opens(&signer.token(&header, &claims())).await,
                "{name}"
            );
        }
        let good = signer.token(&signer.header(), &claims());
        let (said, signature) = good.rsplit_once('.').unwrap();
        let (header, _) = said.split_once('.').unwrap();
        let richer = with(claims(), "sub", json!("administrator"));
        let other = format!("{header}.{}.{signature}", encode(richer.to_string()));
        let mut changed = decode(signature);
        changed[7] ^= 1;
        for token in [
            other,
            format!("{said}.{}", encode(&changed)),
            format!("{said}.{}", encode(&decode(signature)[1..])),
            format!("{good}="),
            format!("{good}.{signature}"),
        ] {
            assert!(!realm.opens(&token).await, "{token}");
        }
    }
}

/// Section 3.4: values that libraries once took for signatures of everything.
async fn a_signature_of_nothing_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    for signer in &signers {
        let message = message(&signer.header(), &claims());
        for length in [0, 1, 32, 64, 256] {
            for byte in [0, 1, 0xff] {
                let token = format!("{message}.{}", encode(vec![byte; length]));
                assert!(
                    !realm.opens(&token).await,
                    "{} {length} {byte}",
                    signer.name
                );
            }
        }
    }
    // The same signature in the other form that ECDSA's are written in.
    let [_, elliptic, _] = &signers;
    let message = message(&elliptic.header(), &claims());
    let der = Signature::from_slice(&elliptic.sign(&message))
        .unwrap()
        .to_der();
    assert!(
        !realm
            .opens(&format!("{message}.{}", encode(der.as_bytes())))
            .await
    );
}

/// Sections 2.8 and 3.11: tokens that the same keys signed for something else.
async fn a_token_of_another_kind_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    for signer in &signers {
        for typ in [
            Value::Null,
            json!("JWT"),
            json!("logout+jwt"),
            json!("secevent+jwt"),
            json!("dpop+jwt"),
            json!("application/"),
            json!("at+jwt/application"),
        ] {
            let header = with(signer.header(), "typ", typ.clone());
            assert!(
                !realm.opens(&signer.token(&header, &claims())).await,
                "{typ}"
            );
        }
        for critical in [json!(["exp"]), json!(["b64"]), json!([])] {
            let header = with(signer.header(), "crit", critical.clone());
            assert!(
                !realm.opens(&signer.token(&header, &claims())).await,
                "{critical}"
            );
        }
    }
}

/// Sections 2.9 and 3.10: a key, or the address of one, in the header. Nobody is asked.
async fn what_a_token_says_about_its_key_is_not_believed(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    let forger = Signer::p256("forged");
    let trap = Authority::start(&[&forger]).await;
    for (member, value) in [
        ("jwk", forger.jwk()),
        ("jku", json!(trap.url())),
        ("x5u", json!(trap.url())),
        ("iss", json!(trap.url())),
    ] {
        for name in ["forged", "ES256"] {
            let header = with(forger.header(), "kid", json!(name));
            let token = forger.token(&with(header, member, value.clone()), &claims());
            assert!(!realm.opens(&token).await, "{member}");
        }
    }
    for name in [
        "../../../../dev/null",
        "' or '1'='1",
        "ES256' --",
        &trap.url(),
        &"k".repeat(5000),
    ] {
        let token = forger.token(&with(forger.header(), "kid", json!(name)), &claims());
        assert!(!realm.opens(&token).await, "{name}");
    }
    assert_eq!(trap.reads(), 0);
}

/// Sections 2.5 and 3.6: what is not JWS, and what would be unpacked first.
async fn a_token_that_is_encrypted_or_packed_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    for signer in &signers {
        let good = signer.token(&signer.header(), &claims());
        let nested = with(signer.header(), "cty", json!("JWT"));
        let inner = signer.token(&nested, &json!(good));
        let packed = with(signer.header(), "zip", json!("DEF"));
        let head = encode(json!({ "alg": "dir", "enc": "A256GCM", "typ": "at+jwt" }).to_string());
        for token in [
            inner,
            format!("{head}....{}", encode([0; 16])),
            format!("{good}.."),
            signer.token(&with(packed, "crit", json!(["zip"])), &claims()),
        ] {
            assert!(!realm.opens(&token).await, "{token}");
        }
    }
}

/// Section 3.7: claims are UTF-8.
async fn a_token_in_another_encoding_is_refused(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = realm(backend, &signers).await;
    for signer in &signers {
        let head = encode(signer.header().to_string());
        let text = claims().to_string();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let broken = text.replace("page", "\u{1}").into_bytes();
        for body in [wide, marked, broken] {
            let body = encode(body).replace(&encode("\u{1}"), &encode([0xff]));
            let message = format!("{head}.{body}");
            let token = format!("{message}.{}", encode(signer.sign(&message)));
            assert!(!realm.opens(&token).await, "{token}");
        }
    }
}
