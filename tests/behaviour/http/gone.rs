//! Clients that go away before they are answered.

use std::time::Duration;

use grassroots_tests::settings;
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
        while busy(&server, backend).await > 0 {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(10), ended).await.unwrap();
}

/// On SQLite statements run in the server, which ends them itself.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_never_works_on_more_than_the_pool_has_connections() {
    let backend = Backend::Postgres;
    let server = Server::start(backend).await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    let connections = i64::from(settings(&server.world.url).connections);
    let mut most = 0;
    for _ in 0..4 * connections {
        let request = server.post().await.body(operation(SLOW));
        let answer = request.timeout(Duration::from_millis(100)).send().await;
        assert!(answer.unwrap_err().is_timeout());
        most = most.max(busy(&server, backend).await);
    }
    assert!((2..=connections).contains(&most), "{most} of {connections}");
}

/// More than none if the database still works on slow statements; on PostgreSQL, on how
/// many.
async fn busy(server: &Server, backend: Backend) -> i64 {
    let sql = match backend {
        // Whoever reads keeps the log from being emptied.
        Backend::Sqlite => "pragma wal_checkpoint(truncate)",
        Backend::Postgres => {
            "select count(*) from pg_stat_activity
             where datname = current_database() and state = 'active' and pid <> pg_backend_pid()"
        }
    };
    server.world.sql.number(sql).await
}
