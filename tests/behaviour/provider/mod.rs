//! Tokens of an identity provider: real keys, a real key set over HTTP, a real server.

mod attack;
mod authority;
mod claim;
mod outage;
mod rotation;
mod set;
mod signer;

use std::time::Duration;

use access::{KeySource, ProviderSettings, TOKEN_TYPE};
use chrono::Utc;
use serde_json::{Value, json};
use support::Backend;

use crate::http::server::{Server, operation};
use authority::Authority;
use signer::Signer;

const ISSUER: &str = "https://id.example.org/realms/health";
const AUDIENCE: &str = "https://workforce.example.org";

/// The steward of the east signs in at the provider, by another subject.
const SUBJECT: &str = "8f14e45f-ceea-467f-ab2f-1b6d2c7a1c3e";

/// A server that takes the tokens of an authority.
struct Realm {
    authority: Authority,
    server: Server,
}

impl Realm {
    async fn open(backend: Backend, signers: &[&Signer]) -> Realm {
        let authority = Authority::start(signers).await;
        let server = Server::start_for(backend, settings(authority.keys())).await;
        admit(&server).await;
        Realm { authority, server }
    }

    /// Whether the token opens the door.
    async fn opens(&self, token: &str) -> bool {
        opens(&self.server, token).await
    }
}

/// Lets the steward sign in at the provider.
async fn admit(server: &Server) {
    let sql = format!(
        "update app_user set issuer = '{ISSUER}', subject = '{SUBJECT}' where subject = 'steward'"
    );
    server.world.sql.run(&sql).await;
}

async fn opens(server: &Server, token: &str) -> bool {
    let request = server.post_without_token().bearer_auth(token);
    let query = operation("{ viewer { issuer subject } staff { totalCount } }");
    let response = request.body(query).send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    match status {
        200 => {
            assert_eq!(body["data"]["viewer"]["issuer"], ISSUER);
            assert_eq!(body["data"]["viewer"]["subject"], SUBJECT);
            assert_eq!(body["data"]["staff"]["totalCount"], 3);
            true
        }
        401 => {
            assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
            assert!(body.get("data").is_none(), "{body}");
            false
        }
        _ => panic!("{status} {body}"),
    }
}

fn settings(keys: KeySource) -> ProviderSettings {
    ProviderSettings {
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        token_type: TOKEN_TYPE.to_owned(),
        keys,
        refresh: Duration::from_secs(3600),
        keep: Duration::from_secs(3600),
    }
}

/// The claims of a good token.
fn claims() -> Value {
    let now = Utc::now().timestamp();
    json!({
        "iss": ISSUER,
        "sub": SUBJECT,
        "aud": AUDIENCE,
        "exp": now + 600,
        "iat": now - 1,
        "client_id": "page",
        "jti": "1",
    })
}
