//! What a provider's token says.

use chrono::Utc;
use serde_json::{Value, json};
use support::Backend;

use super::{AUDIENCE, ISSUER, Realm, SUBJECT, claims, signer::Signer};
use crate::tokens::forge::with;

on_both_databases!(
    a_token_of_each_algorithm_opens_the_door,
    a_token_that_says_other_things_does_not,
    a_user_is_one_issuers_subject,
    a_disabled_user_is_out_at_once,
);

async fn a_token_of_each_algorithm_opens_the_door(backend: Backend) {
    let signers = Signer::of_each_kind();
    let realm = Realm::open(backend, &signers.each_ref()).await;
    for signer in &signers {
        let token = signer.token(&signer.header(), &claims());
        assert!(realm.opens(&token).await, "{}", signer.name);
        assert!(realm.opens(&token).await, "{} once more", signer.name);
        let several = with(claims(), "aud", json!(["urn:other", AUDIENCE]));
        assert!(realm.opens(&signer.token(&signer.header(), &several)).await);
        let long = with(signer.header(), "typ", json!("application/at+JWT"));
        assert!(realm.opens(&signer.token(&long, &claims())).await);
    }
}

async fn a_token_that_says_other_things_does_not(backend: Backend) {
    let signer = Signer::p256("ES256");
    let realm = Realm::open(backend, &[&signer]).await;
    let now = Utc::now().timestamp();
    for (claim, value) in [
        ("iss", Value::Null),
        ("iss", json!("https://id.example.org/realms/other")),
        ("iss", json!(format!("{ISSUER}/"))),
        ("iss", json!("urn:grassroots:local")),
        ("sub", Value::Null),
        ("sub", json!("steward")),
        ("aud", Value::Null),
        ("aud", json!("urn:grassroots:api")),
        ("aud", json!([])),
        ("exp", Value::Null),
        ("exp", json!(now)),
        ("exp", json!(now - 1)),
        ("exp", json!(now.to_string())),
        ("exp", json!(-1)),
        ("nbf", json!(now + 60)),
        ("nbf", json!("now")),
    ] {
        let token = signer.token(&signer.header(), &with(claims(), claim, value.clone()));
        assert!(!realm.opens(&token).await, "{claim}: {value}");
    }
}

/// The local issuer signs for its own users alone, and the provider for its own.
async fn a_user_is_one_issuers_subject(backend: Backend) {
    let signer = Signer::ed25519("EdDSA");
    let realm = Realm::open(backend, &[&signer]).await;
    let local = realm.server.world.instance.token(SUBJECT).await;
    assert!(!realm.opens(&local).await);

    let other = with(claims(), "sub", json!("administrator"));
    assert!(!realm.opens(&signer.token(&signer.header(), &other)).await);
}

async fn a_disabled_user_is_out_at_once(backend: Backend) {
    let signer = Signer::ed25519("EdDSA");
    let realm = Realm::open(backend, &[&signer]).await;
    let token = signer.token(&signer.header(), &claims());
    assert!(realm.opens(&token).await);
    let set = |active| format!("update app_user set active = {active} where subject = '{SUBJECT}'");
    realm.server.world.sql.run(&set(false)).await;
    assert!(!realm.opens(&token).await);
    assert!(!realm.opens(&token).await);
    realm.server.world.sql.run(&set(true)).await;
    assert!(realm.opens(&token).await);
}
