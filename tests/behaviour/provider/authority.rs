//! The provider's own server, which publishes a key set and can be made to fail.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use access::KeySource;
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, time::sleep};

use super::signer::Signer;

/// What the authority answers.
#[derive(Clone)]
pub(super) enum Answer {
    Set(Value),
    Text(String),
    Status(u16),
    Elsewhere(String),
    /// A set, after a second.
    Late(Value),
    Never,
}

pub(super) struct Authority {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    answer: Mutex<Answer>,
    reads: AtomicUsize,
}

impl Authority {
    pub(super) async fn start(signers: &[&Signer]) -> Authority {
        let shared = Arc::new(Shared {
            answer: Mutex::new(Answer::Set(set(signers))),
            reads: AtomicUsize::new(0),
        });
        let router = Router::new()
            .route("/keys", get(keys))
            .with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Authority { address, shared }
    }

    /// Where its keys are.
    pub(super) fn keys(&self) -> KeySource {
        self.url().parse().unwrap()
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    pub(super) fn publish(&self, signers: &[&Signer]) {
        self.answer(Answer::Set(set(signers)));
    }

    pub(super) fn answer(&self, answer: Answer) {
        *self.shared.answer.lock().unwrap() = answer;
    }

    /// How often it was asked.
    pub(super) fn reads(&self) -> usize {
        self.shared.reads.load(Ordering::SeqCst)
    }
}

pub(super) fn set(signers: &[&Signer]) -> Value {
    json!({ "keys": signers.iter().map(|signer| signer.jwk()).collect::<Vec<_>>() })
}

async fn keys(State(shared): State<Arc<Shared>>) -> Response {
    shared.reads.fetch_add(1, Ordering::SeqCst);
    let answer = shared.answer.lock().unwrap().clone();
    match answer {
        Answer::Set(set) => axum::Json(set).into_response(),
        Answer::Text(text) => text.into_response(),
        Answer::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answer::Elsewhere(url) => Redirect::temporary(&url).into_response(),
        Answer::Late(set) => {
            sleep(Duration::from_secs(1)).await;
            axum::Json(set).into_response()
        }
        Answer::Never => {
            sleep(Duration::from_secs(3600)).await;
            ().into_response()
        }
    }
}
