//! What a token says.

use chrono::Utc;
use serde_json::{Value, json};
use support::Backend;

use super::forge::{Forge, claims, header, with};

on_both_databases!(
    a_good_token_opens_the_door,
    a_token_without_a_claim_does_not,
    a_token_that_does_not_say_from_when_it_holds_does_not,
    a_token_out_of_its_time_does_not,
    a_token_of_another_issuer_or_for_another_audience_does_not,
    a_claim_of_another_type_does_not,
);

async fn refuses(forge: &Forge, claim: &str, value: Value) {
    let token = forge.token(&header(), &with(claims(), claim, value.clone()));
    assert!(!forge.opens(&token).await, "{claim}: {value}");
}

async fn a_good_token_opens_the_door(backend: Backend) {
    let forge = Forge::open(backend).await;
    assert!(forge.opens(&forge.token(&header(), &claims())).await);
    let own = forge.world.instance.token("steward").await;
    assert!(forge.opens(&own).await);
}

async fn a_token_without_a_claim_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    for claim in ["iss", "sub", "aud", "exp"] {
        refuses(&forge, claim, Value::Null).await;
    }
}

async fn a_token_that_does_not_say_from_when_it_holds_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    refuses(&forge, "nbf", Value::Null).await;
}

/// To the second: there is one clock, that of who signed it.
async fn a_token_out_of_its_time_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let now = Utc::now().timestamp();
    for (claim, instant) in [
        ("exp", now - 1),
        ("exp", now - 3600),
        ("exp", 0),
        ("exp", -1),
        ("nbf", now + 5),
        ("nbf", now + 3600),
    ] {
        refuses(&forge, claim, json!(instant)).await;
    }
}

async fn a_token_of_another_issuer_or_for_another_audience_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    for (claim, value) in [
        ("iss", json!("urn:grassroots:other")),
        ("iss", json!("")),
        ("iss", json!("URN:GRASSROOTS:LOCAL")),
        ("iss", json!("urn:grassroots:local ")),
        ("aud", json!("urn:grassroots:other")),
        ("aud", json!("")),
        ("aud", json!([])),
        ("aud", json!(["urn:grassroots:other"])),
    ] {
        refuses(&forge, claim, value).await;
    }
}

async fn a_claim_of_another_type_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let now = Utc::now().timestamp();
    for (claim, value) in [
        ("sub", json!(1)),
        ("sub", json!(["steward"])),
        ("iss", json!(1)),
        ("aud", json!(1)),
        ("exp", json!("never")),
        ("exp", json!((now + 600).to_string())),
        ("exp", json!([now + 600])),
        ("nbf", json!("now")),
        ("nbf", json!((now + 3600).to_string())),
        ("nbf", json!([now + 3600])),
    ] {
        refuses(&forge, claim, value).await;
    }
}
