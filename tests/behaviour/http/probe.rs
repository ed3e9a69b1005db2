//! Whether the server lives, and whether it can serve.

use std::time::Duration;

use grassroots::http::ask_readiness;
use support::Backend;
use tokio::net::TcpListener;

use crate::database::Sql;

use super::{
    metrics::{failed, scrape},
    server::Server,
};

on_both_databases!(
    a_server_that_runs_is_alive_and_ready,
    a_server_whose_schema_is_behind_is_alive_and_not_ready,
    a_server_without_its_database_is_alive_and_not_ready,
    who_goes_away_cuts_no_probe_off,
);

async fn status_of(server: &Server, path: &str) -> (u16, String) {
    let response = server.get(path).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

async fn a_server_that_runs_is_alive_and_ready(backend: Backend) {
    let server = Server::start(backend).await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(status_of(&server, path).await.0, 200, "{path}");
    }
    assert_eq!(ask_readiness(server.address).await, Ok(()));
}

async fn a_server_whose_schema_is_behind_is_alive_and_not_ready(backend: Backend) {
    let server = Server::start(backend).await;
    let forget = "delete from seaql_migrations
                  where version = (select max(version) from seaql_migrations)";
    server.world.sql.run(forget).await;
    assert_eq!(status_of(&server, "/healthz").await.0, 200);
    assert_eq!(status_of(&server, "/readyz").await.0, 503);
    let reason = ask_readiness(server.address).await.unwrap_err();
    assert!(reason.contains("migrations"), "{reason}");
}

async fn a_server_without_its_database_is_alive_and_not_ready(backend: Backend) {
    let server = Server::start(backend).await;
    server.world.sql.run("drop table seaql_migrations").await;
    server
        .world
        .sql
        .run("create table seaql_migrations (other integer)")
        .await;
    assert_eq!(status_of(&server, "/healthz").await.0, 200);
    let (status, text) = status_of(&server, "/readyz").await;
    assert_eq!(status, 503);
    assert!(
        !text.contains("seaql") && !text.contains("column"),
        "{text}"
    );
}

async fn who_goes_away_cuts_no_probe_off(backend: Backend) {
    let server = Server::start(backend).await;
    let metrics = server.watch().await;
    // So that the probe takes a while.
    let slow = match backend {
        Backend::Sqlite => {
            "insert into seaql_migrations (version, applied_at)
             with recursive n (i) as (select 1 union all select i + 1 from n where i < 500000)
             select 'm' || i, i from n"
        }
        Backend::Postgres => "begin; lock table seaql_migrations",
    };
    let other = Sql::single(&server.world.url).await;
    other.run(slow).await;
    for _ in 0..3 {
        let probe = server.get("/readyz").timeout(Duration::from_millis(30));
        assert!(probe.send().await.unwrap_err().is_timeout());
    }
    // Each would cost a connection.
    assert_eq!(scrape(metrics).await.of(&failed("abandoned")), 0.0);
}

#[tokio::test]
async fn a_watcher_is_told_that_there_is_no_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // It takes the connection, and says nothing.
    let reason = ask_readiness(address).await.unwrap_err();
    assert!(reason.contains("no answer"), "{reason}");
    drop(listener);
    let reason = ask_readiness(address).await.unwrap_err();
    assert!(reason.contains("refused"), "{reason}");
}
