//! Whether a token is what was signed.

use serde_json::json;
use support::Backend;

use super::forge::{Forge, claims, encode, header, hs256, key_of, message, with};
use crate::{database::Sql, instance::Instance};

on_both_databases!(
    a_token_of_another_databases_key_does_not_open_the_door,
    a_changed_token_does_not,
    a_token_of_another_shape_does_not,
    a_token_that_is_too_long_does_not,
);

async fn a_token_of_another_databases_key_does_not_open_the_door(backend: Backend) {
    let forge = Forge::open(backend).await;
    let url = backend.database_url();
    let system = access::boot(&grassroots_tests::settings(&url))
        .await
        .unwrap();
    system.migrate().await.unwrap();
    let other = Instance::start(&url).await;
    let foreign = other.token("steward").await;
    assert!(!forge.opens(&foreign).await);

    let key = key_of(&Sql::connect(&url).await).await;
    assert_eq!((key.len(), forge.key.len()), (32, 32));
    assert_ne!(key, forge.key);
}

async fn a_changed_token_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let token = forge.token(&header(), &claims());
    let parts: Vec<&str> = token.split('.').collect();
    let [head, body, signature] = parts[..] else {
        panic!("{token}");
    };
    let richer = encode(with(claims(), "sub", json!("administrator")).to_string());
    let longer = encode(with(claims(), "exp", json!(i64::MAX)).to_string());
    let changed = |part: &str, place: usize| {
        let mut letters = part.as_bytes().to_vec();
        letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
        String::from_utf8(letters).unwrap()
    };
    for token in [
        format!("{head}.{richer}.{signature}"),
        format!("{head}.{longer}.{signature}"),
        format!("{head}.{body}.{}", changed(signature, 0)),
        format!("{head}.{body}.{}", changed(signature, signature.len() / 2)),
        // The last letter holds bits that decoding drops: another spelling of
        // the same bytes is another token all the same.
        format!("{head}.{body}.{}", changed(signature, signature.len() - 1)),
        format!("{head}.{body}.{}", &signature[..signature.len() - 1]),
        format!("{head}.{body}.{signature}AAAA"),
        format!("{head}.{body}.{signature}="),
        format!("{head}.{body}."),
        format!("{head}.{body}.{}", encode([0; 32])),
    ] {
        assert!(!forge.opens(&token).await, "{token}");
    }
}

async fn a_token_of_another_shape_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let good = forge.token(&header(), &claims());
    let not_json = format!("{}.{}", encode("header"), encode("claims"));
    let array = message(&json!([header()]), &json!([claims()]));
    let signed = |message: &str| format!("{message}.{}", encode(hs256(&forge.key, message)));
    for token in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "token".to_owned(),
        format!(".{good}"),
        format!("{good}."),
        format!("{good}.{good}"),
        good.replacen('.', "..", 1),
        format!(" {good}"),
        format!("{good} "),
        good.replace('.', "\n."),
        signed(&not_json),
        signed(&array),
        signed("."),
        signed(&format!("{}.", encode(header().to_string()))),
    ] {
        assert!(!forge.opens(&token).await, "{token}");
    }
}

async fn a_token_that_is_too_long_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let padded = |length: usize| {
        let filler = with(claims(), "filler", json!("x".repeat(length)));
        forge.token(&header(), &filler)
    };
    assert!(forge.opens(&padded(5_000)).await);
    let longer = padded(6_200);
    assert!(longer.len() > 8 * 1024);
    assert!(!forge.opens(&longer).await);
    assert!(!forge.opens(&padded(1_000_000)).await);
}
