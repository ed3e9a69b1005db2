//! A provider that is down, or that answers nonsense.

use std::time::Duration;

use support::{Backend, scratch_dir};
use tokio::time::sleep;

use super::{
    ISSUER, Realm, admit,
    authority::{Answer, Authority, set},
    claims, opens, settings,
    signer::Signer,
};
use crate::{http::server::Server, instance::Instance, world::World};

on_both_databases!(
    the_last_good_set_stands,
    the_last_good_set_does_not_stand_for_ever,
    a_provider_that_is_down_at_first_is_tried_again,
    a_bad_setting_is_told_at_once,
);

async fn the_last_good_set_stands(backend: Backend) {
    let (signer, stranger) = (Signer::p256("1"), Signer::p256("2"));
    let realm = Realm::open(backend, &[&signer]).await;
    let elsewhere = Authority::start(&[&stranger]).await;
    let large = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(2 << 20));
    for answer in [
        Answer::Status(500),
        Answer::Status(404),
        Answer::Text(String::new()),
        Answer::Text("<html>".to_owned()),
        Answer::Text("[]".to_owned()),
        Answer::Text("{\"keys\":{}}".to_owned()),
        Answer::Text(large),
        Answer::Elsewhere(elsewhere.url()),
    ] {
        realm.authority.answer(answer);
        let reads = realm.authority.reads();
        assert!(
            !realm
                .opens(&stranger.token(&stranger.header(), &claims()))
                .await
        );
        assert!(realm.authority.reads() > reads);
        assert!(
            realm
                .opens(&signer.token(&signer.header(), &claims()))
                .await
        );
    }
    assert_eq!(elsewhere.reads(), 0);
    // A set without keys is an answer: all of them were taken back.
    realm.authority.publish(&[]);
    assert!(
        !realm
            .opens(&stranger.token(&stranger.header(), &claims()))
            .await
    );
    assert!(
        !realm
            .opens(&signer.token(&signer.header(), &claims()))
            .await
    );
}

async fn the_last_good_set_does_not_stand_for_ever(backend: Backend) {
    let signer = Signer::p256("1");
    let authority = Authority::start(&[&signer]).await;
    let mut provider = settings(authority.keys());
    provider.keep = Duration::from_secs(3);
    let server = Server::start_for(backend, provider).await;
    admit(&server).await;
    let token = signer.token(&signer.header(), &claims());
    assert!(opens(&server, &token).await);
    authority.answer(Answer::Status(503));
    sleep(Duration::from_secs(4)).await;
    assert!(!opens(&server, &token).await);
    authority.publish(&[&signer]);
    assert!(opens(&server, &token).await);
}

async fn a_provider_that_is_down_at_first_is_tried_again(backend: Backend) {
    let signer = Signer::p256("1");
    let authority = Authority::start(&[]).await;
    authority.answer(Answer::Never);
    let server = Server::start_for(backend, settings(authority.keys())).await;
    admit(&server).await;
    authority.publish(&[&signer]);
    assert!(opens(&server, &signer.token(&signer.header(), &claims())).await);
}

async fn a_bad_setting_is_told_at_once(backend: Backend) {
    let world = World::make(backend).await;
    let Instance { system, .. } = Instance::start(&world.url).await;
    let folder = scratch_dir();
    let path = folder.path().join("keys.json");
    let refused = async |issuer: &str| {
        let mut provider = settings(path.to_str().unwrap().parse().unwrap());
        provider.issuer = issuer.to_owned();
        let access = system.access_trusting(provider).await;
        access
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    assert!(refused(ISSUER).await.contains("keys.json"));
    std::fs::write(&path, "{}").unwrap();
    assert!(refused(ISSUER).await.contains("is not a JSON Web Key Set"));
    std::fs::write(&path, set(&[&Signer::p256("1")]).to_string()).unwrap();
    assert_eq!(refused(ISSUER).await, "");
    for issuer in ["", "urn:grassroots:local"] {
        assert!(refused(issuer).await.contains("issuer"), "{issuer}");
    }
}
