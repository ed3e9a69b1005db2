//! Clients that go away before they are answered.

use std::time::Duration;

use support::Backend;
use tokio::time::{sleep, timeout};

use super::{
    server::{Server, operation},
    slow::{SLOW, slow_down},
};

on_both_databases!(the_statements_of_a_client_that_went_away_end);

/// More than the pool has connections.
const CLIENTS: usize = 6;

async fn the_statements_of_a_client_that_went_away_end(backend: Backend) {
    let server = Server::start(backend).await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    for _ in 0..CLIENTS {
        let request = server.post().await.body(operation(SLOW));
        let answer = request.timeout(Duration::from_millis(300)).send().await;
        assert!(answer.unwrap_err().is_timeout());
    }
    // Nobody waits for a connection that is still busy for them.
    let answer = timeout(Duration::from_secs(5), server.run("{ viewer { name } }"));
    assert_eq!(answer.await.unwrap().status(), 200);
    let ended = async {
        while is_busy(&server, backend).await {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(10), ended).await.unwrap();
}

/// Whether the database still works on slow statements.
async fn is_busy(server: &Server, backend: Backend) -> bool {
    let sql = match backend {
        // Whoever reads keeps the log from being emptied.
        Backend::Sqlite => "pragma wal_checkpoint(truncate)",
        Backend::Postgres => {
            "select count(*) from pg_stat_activity
             where datname = current_database() and state = 'active' and pid <> pg_backend_pid()"
        }
    };
    server.world.sql.number(sql).await > 0
}
