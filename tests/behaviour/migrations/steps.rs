//! The schema made, taken back and made again.

use access::{Seeding, boot};
use grassroots_tests::settings;
use support::Backend;

use crate::database::Sql;

on_both_databases!(
    the_schema_can_be_made_taken_back_and_made_again,
    making_a_schema_that_is_there_changes_nothing,
);

fn count_of_tables(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => {
            "select count(*) from sqlite_master
             where name not like 'sqlite_%' and name <> 'seaql_migrations'"
        }
        Backend::Postgres => {
            "select (select count(*) from pg_class where relnamespace = 'public'::regnamespace
                 and relkind in ('r', 'S', 'v') and relname <> 'seaql_migrations')
                 + (select count(*) from pg_proc where pronamespace = 'public'::regnamespace)"
        }
    }
}

async fn the_schema_can_be_made_taken_back_and_made_again(backend: Backend) {
    let url = backend.database_url();
    let system = boot(&settings(&url)).await.unwrap();
    let sql = Sql::connect(&url).await;
    let all = system.pending().await.unwrap();
    assert!(all > 0);
    for _ in 0..2 {
        system.migrate().await.unwrap();
        assert_eq!(system.pending().await.unwrap(), 0);
        assert!(sql.number(count_of_tables(backend)).await > 17);
        assert_eq!(system.seeding().await.unwrap(), Seeding::None);
        system.tear_down().await.unwrap();
        assert_eq!(system.pending().await.unwrap(), all);
        assert_eq!(sql.number(count_of_tables(backend)).await, 0);
    }
}

/// An instance migrates whenever it starts: keys and policy must stay.
async fn making_a_schema_that_is_there_changes_nothing(backend: Backend) {
    let url = backend.database_url();
    let system = boot(&settings(&url)).await.unwrap();
    system.migrate().await.unwrap();
    let sql = Sql::connect(&url).await;
    let key = "select value from secret where name = 'local issuer'";
    let epoch = "select value from policy_epoch";
    let before = (sql.bytes(key).await, sql.number(epoch).await);
    system.migrate().await.unwrap();
    assert_eq!((sql.bytes(key).await, sql.number(epoch).await), before);
}
