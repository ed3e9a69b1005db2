//! Whom a token speaks for.

use serde_json::json;
use support::Backend;

use super::forge::{Forge, claims, header, with};

on_both_databases!(
    a_token_of_an_unknown_subject_does_not_open_the_door,
    a_token_of_a_disabled_user_does_not,
    a_subject_is_taken_letter_by_letter,
);

async fn a_token_of_an_unknown_subject_does_not_open_the_door(backend: Backend) {
    let forge = Forge::open(backend).await;
    for subject in ["nobody", "", "%", "_______", "steward' or '1'='1"] {
        let token = forge.token(&header(), &with(claims(), "sub", json!(subject)));
        assert!(!forge.opens(&token).await, "{subject}");
    }
}

async fn a_token_of_a_disabled_user_does_not(backend: Backend) {
    let forge = Forge::open(backend).await;
    let sql = "update app_user set active = false where subject = 'steward'";
    forge.world.sql.run(sql).await;
    assert!(!forge.opens(&forge.token(&header(), &claims())).await);
}

async fn a_subject_is_taken_letter_by_letter(backend: Backend) {
    let forge = Forge::open(backend).await;
    for subject in ["Steward", "STEWARD", "steward ", " steward", "ｓteward"] {
        let token = forge.token(&header(), &with(claims(), "sub", json!(subject)));
        assert!(!forge.opens(&token).await, "{subject:?}");
    }
}
