//! What a cluster offers, asked of a real one.

use std::{collections::HashSet, panic::catch_unwind, thread};

use support::{Backend, Postgres};

#[test]
fn databases_are_empty_and_apart() {
    let postgres = Postgres::shared();
    let (one, other) = (postgres.database(), postgres.database());
    assert_ne!(one, other);
    postgres.execute(&one, "CREATE TABLE person (name text)");
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(postgres.execute(&one, tables), "1\n");
    assert_eq!(postgres.execute(&other, tables), "0\n");
}

#[test]
fn the_url_is_of_the_loopback_interface() {
    let url = Backend::Postgres.database_url();
    let rest = url
        .strip_prefix("postgres://grassroots@127.0.0.1:")
        .unwrap();
    let (port, name) = rest.split_once('/').unwrap();
    assert!(port.parse::<u16>().unwrap() > 0);
    assert!(name.starts_with("test_"), "{name}");
}

#[test]
fn threads_get_databases_of_their_own() {
    let threads: Vec<_> = (0..8)
        .map(|_| thread::spawn(|| Backend::Postgres.database_url()))
        .collect();
    let urls: HashSet<String> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(urls.len(), 8);
}

#[test]
fn a_copy_has_what_its_template_had() {
    let postgres = Postgres::shared();
    let template = postgres.database();
    postgres.execute(
        &template,
        "CREATE TABLE person (name text); INSERT INTO person VALUES ('Amina');",
    );
    let copy = postgres.database_like(&template);
    postgres.execute(&copy, "INSERT INTO person VALUES ('Zoë')");
    let names = "SELECT name FROM person ORDER BY name";
    assert_eq!(postgres.execute(&copy, names), "Amina\nZoë\n");
    assert_eq!(postgres.execute(&template, names), "Amina\n");
}

#[test]
fn a_dropped_database_is_gone_whoever_is_connected() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let sleeper = thread::spawn({
        let url = url.clone();
        move || catch_unwind(|| Postgres::shared().execute(&url, "SELECT pg_sleep(60)"))
    });
    let others = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while postgres.execute(&url, others) == "0\n" {
        thread::yield_now();
    }
    postgres.drop(&url);
    assert!(sleeper.join().unwrap().is_err(), "the connection was ended");
    assert!(catch_unwind(|| postgres.execute(&url, "SELECT 1")).is_err());
}

#[test]
fn a_refusal_carries_the_reason_and_the_log() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let refusal = catch_unwind(|| postgres.execute(&url, "SELECT * FROM missing_table"));
    let message = *refusal.unwrap_err().downcast::<String>().unwrap();
    let (reason, log) = message.split_once("The end of the server's log:").unwrap();
    let missing = "relation \"missing_table\" does not exist";
    assert!(reason.contains(missing), "{message}");
    assert!(log.contains(missing), "{message}");
}

#[test]
fn another_cluster_is_left_alone() {
    let url = "postgres://grassroots@127.0.0.1:1/production";
    let refusal = catch_unwind(|| Postgres::shared().drop(url));
    let message = *refusal.unwrap_err().downcast::<String>().unwrap();
    assert!(
        message.contains("isn't in this process's cluster"),
        "{message}"
    );
}

#[test]
fn text_is_utf8_and_its_order_is_not_that_of_bytes() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    assert_eq!(postgres.execute(&url, "SHOW server_encoding"), "UTF8\n");
    // Only where the installation has such a collation: the server says.
    let linguistic = "SELECT 'b' COLLATE \"default\" < 'C' COLLATE \"default\"";
    let collation = "SELECT to_jsonb(d) ->> 'datlocprovider' = 'i' OR datcollate LIKE 'en_US%'
        FROM pg_database d WHERE datname = current_database()";
    assert_eq!(
        postgres.execute(&url, linguistic),
        postgres.execute(&url, collation)
    );
}
