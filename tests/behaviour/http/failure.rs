//! What breaks behind the server stays behind it.

use serde_json::Value;
use support::Backend;

use super::server::Server;

on_both_databases!(
    a_failure_of_the_database_shows_nothing_of_it,
    a_failure_before_the_caller_is_known_shows_nothing_of_it,
    what_does_not_fail_is_answered_beside_what_does,
);

/// Words of SQL, of the databases and of their drivers.
const CAUSES: [&str; 10] = [
    "staff_member",
    "app_user",
    "select",
    "relation",
    "no such",
    "column",
    "sqlite",
    "postgres",
    "sqlx",
    "exec",
];

/// The records of staff and what is counted of them.
const DESTROYED: &str = "drop table staff_member; drop table staff_member_tally";

fn assert_closed(body: &str) {
    let lower = body.to_lowercase();
    for cause in CAUSES {
        assert!(!lower.contains(cause), "{cause} in {body}");
    }
}

async fn a_failure_of_the_database_shows_nothing_of_it(backend: Backend) {
    let server = Server::start(backend).await;
    server.run("{ viewer { name } }").await;
    server.world.sql.run(DESTROYED).await;
    for query in [
        "{ staff { totalCount } }",
        "{ staff { nodes { name } } }",
        "{ node(id: \"U3RhZmZNZW1iZXI6MQ\") { id } }",
        "{ facilities { nodes { staff { totalCount } } } }",
        "{ facilities(filter: { staff: { some: { name: { eq: \"Ann\" } } } }) { totalCount } }",
    ] {
        let text = server.run(query).await.text().await.unwrap();
        let body: Value = serde_json::from_str(&text).unwrap();
        for error in body["errors"].as_array().unwrap() {
            assert_eq!(error["extensions"]["code"], "INTERNAL", "{text}");
            assert_closed(error["message"].as_str().unwrap());
        }
    }
}

async fn a_failure_before_the_caller_is_known_shows_nothing_of_it(backend: Backend) {
    let server = Server::start(backend).await;
    server
        .world
        .sql
        .run("alter table app_user rename to elsewhere")
        .await;
    let response = server.run("{ viewer { name } }").await;
    assert_eq!(response.status(), 500);
    let body = response.text().await.unwrap();
    assert!(body.contains("INTERNAL"));
    assert_closed(&body);
}

async fn what_does_not_fail_is_answered_beside_what_does(backend: Backend) {
    let server = Server::start(backend).await;
    server.world.sql.run(DESTROYED).await;
    let query = "{ staff { totalCount } facilities { totalCount } }";
    let body: Value = server.run(query).await.json().await.unwrap();
    assert!(body["data"]["staff"].is_null());
    assert_eq!(body["data"]["facilities"]["totalCount"], 2);
}
