//! Keys that change while the server runs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use support::{Backend, scratch_dir};
use tokio::{sync::RwLock, time::sleep};

use super::{
    Realm, admit,
    authority::{Answer, Authority, set},
    claims, opens, settings,
    signer::Signer,
};
use crate::http::server::{Server, operation};

on_both_databases!(
    a_new_key_is_known_with_its_first_token,
    made_up_keys_do_not_flood_the_provider,
    who_goes_away_while_the_keys_are_read_spoils_it_for_nobody,
    keys_change_under_load,
    a_file_is_read_again,
);

async fn a_new_key_is_known_with_its_first_token(backend: Backend) {
    let (first, second) = (Signer::p256("1"), Signer::ed25519("2"));
    let realm = Realm::open(backend, &[&first]).await;
    let token = second.token(&second.header(), &claims());
    assert!(!realm.opens(&token).await);
    realm.authority.publish(&[&first, &second]);
    assert!(realm.opens(&token).await);
    assert!(realm.opens(&first.token(&first.header(), &claims())).await);
}

async fn made_up_keys_do_not_flood_the_provider(backend: Backend) {
    let signer = Signer::ed25519("1");
    let realm = Realm::open(backend, &[&signer]).await;
    let reads = realm.authority.reads();
    let began = Instant::now();
    let forged = (0..200).map(|number| {
        let forger = Signer::ed25519(&format!("made up {number}"));
        forger.token(&forger.header(), &claims())
    });
    let forged: Vec<String> = forged.collect();
    let asked = forged.iter().map(|token| realm.opens(token));
    assert!(!futures_util::future::join_all(asked).await.contains(&true));
    // One reading a second at most, and those who wait share it.
    let most = began.elapsed().as_secs() as usize + 2;
    assert!(realm.authority.reads() - reads <= most);
    assert!(
        realm
            .opens(&signer.token(&signer.header(), &claims()))
            .await
    );
}

async fn who_goes_away_while_the_keys_are_read_spoils_it_for_nobody(backend: Backend) {
    let (first, second) = (Signer::p256("1"), Signer::ed25519("2"));
    let realm = Realm::open(backend, &[&first]).await;
    let forger = Signer::p256("made up");
    let forged = forger.token(&forger.header(), &claims());
    // From here on, the next reading has to wait for its turn.
    assert!(!realm.opens(&forged).await);
    let late = set(&[&first, &second]);
    realm.authority.answer(Answer::Late(late));
    let request = realm.server.post_without_token().bearer_auth(forged);
    let request = request.body(operation("{ viewer { name } }"));
    let leaving = request.timeout(Duration::from_millis(1500)).send();
    let token = second.token(&second.header(), &claims());
    let waiting = async {
        // Before the other's reading begins, so that this one waits for it.
        sleep(Duration::from_millis(100)).await;
        realm.opens(&token).await
    };
    let (left, opened) = tokio::join!(leaving, waiting);
    assert!(left.unwrap_err().is_timeout());
    assert!(opened);
}

/// As providers do it: the next key is published, then signs, then the last one is
/// taken back.
async fn keys_change_under_load(backend: Backend) {
    const REFRESH: Duration = Duration::from_secs(1);
    const CALLERS: usize = 8;

    let authority = Authority::start(&[]).await;
    let mut provider = settings(authority.keys());
    provider.refresh = REFRESH;
    let current = Arc::new(Signer::p256("0"));
    authority.publish(&[&current]);
    let server = Arc::new(Server::start_for(backend, provider).await);
    admit(&server).await;

    let signing = Arc::new(RwLock::new(current.clone()));
    let over = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(AtomicUsize::new(0));
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (server, signing) = (server.clone(), signing.clone());
            let (over, answered) = (over.clone(), answered.clone());
            tokio::spawn(async move {
                while !over.load(Ordering::SeqCst) {
                    // The key stands until the answer is there.
                    let signer = signing.read().await;
                    let token = signer.token(&signer.header(), &claims());
                    assert!(opens(&server, &token).await, "{}", signer.name);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();

    let mut current = current;
    for turn in 1..=4 {
        let next = Arc::new(match turn % 2 {
            0 => Signer::p256(&turn.to_string()),
            _ => Signer::ed25519(&turn.to_string()),
        });
        authority.publish(&[&current, &next]);
        *signing.write().await = next.clone();
        let old = current.token(&current.header(), &claims());
        assert!(opens(&server, &old).await);
        authority.publish(&[&next]);
        sleep(2 * REFRESH).await;
        // Verified before and remembered, or signed anew: both are out.
        assert!(!opens(&server, &old).await);
        assert!(!opens(&server, &current.token(&current.header(), &claims())).await);
        current = next;
    }
    over.store(true, Ordering::SeqCst);
    for caller in callers {
        caller.await.unwrap();
    }
    assert!(answered.load(Ordering::SeqCst) > 4 * CALLERS);
}

async fn a_file_is_read_again(backend: Backend) {
    let folder = scratch_dir();
    let path = folder.path().join("keys.json");
    let write = |signers: &[&Signer]| std::fs::write(&path, set(signers).to_string()).unwrap();
    let (first, second) = (Signer::p256("1"), Signer::p256("2"));
    write(&[&first]);
    let source = path.to_str().unwrap().parse().unwrap();
    let server = Server::start_for(backend, settings(source)).await;
    admit(&server).await;
    let old = first.token(&first.header(), &claims());
    assert!(opens(&server, &old).await);
    write(&[&second]);
    assert!(opens(&server, &second.token(&second.header(), &claims())).await);
    assert!(!opens(&server, &old).await);
}
