//! How much memory the server takes, at rest and with many clients.

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};

use crate::{
    client::{self, Load},
    contender::{Contender, token},
    data, question,
};

const CLIENTS: usize = 1_000;
/// How long each of them asks, one request after the other.
const TIME: Duration = Duration::from_secs(10);

/// Prints what a server on this database takes.
pub(crate) async fn measure(url: &str) {
    let server = Contender::grassroots(url);
    sleep(Duration::from_secs(5)).await;
    let at_rest = server.resident();

    let subjects =
        "select subject from app_user where subject like 'steward-%' order by id limit $1";
    let subjects: Vec<String> = sqlx::query_scalar(subjects)
        .bind(CLIENTS as i64)
        .fetch_all(&data::connect(url).await)
        .await
        .unwrap();
    println!("Signing {CLIENTS} tokens …");
    let body = serde_json::json!({ "query": question::ALL[0].server });
    let mut clients = JoinSet::new();
    for subject in &subjects {
        let request = server.request("/graphql", &token(url, subject), &body);
        clients.spawn(async move {
            client::answer(&request).await;
            request
        });
    }
    let requests = clients.join_all().await;
    let mut clients = JoinSet::new();
    for request in requests {
        clients.spawn(async move {
            let load = Load {
                request: &request,
                connections: 1,
                time: TIME,
            };
            load.run().await.latencies.len()
        });
    }
    let mut most = 0;
    while !clients.is_empty() {
        tokio::select! {
            _ = clients.join_next() => {}
            () = sleep(Duration::from_millis(100)) => {}
        }
        most = most.max(server.resident());
    }
    let megabytes = |bytes: u64| bytes / 1_000_000;
    println!("\n| at rest | with {CLIENTS} clients | after them |\n|--:|--:|--:|");
    println!(
        "| {} MB | {} MB | {} MB |",
        megabytes(at_rest),
        megabytes(most),
        megabytes(server.resident())
    );
}
