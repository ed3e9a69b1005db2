//! How the whole behaves over time, under load and under attack: each test on
//! SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

/// A test's two runs, one on each database.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(support::Backend::Sqlite).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(support::Backend::Postgres).await;
            })+
        }
    };
}

mod administration;
mod changes;
mod database;
mod explanation;
mod http;
mod instance;
mod migrations;
mod paging;
mod personal;
mod policy;
mod provider;
mod releases;
mod schema;
mod seeding;
mod staleness;
mod statements;
mod tallies;
mod tokens;
mod trail;
mod transfers;
mod work;
mod world;
