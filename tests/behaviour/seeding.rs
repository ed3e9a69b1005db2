//! Much data, loaded table by table.

use access::Seeding;
use grassroots::seed::{Parts, Scale, load_parts};
use grassroots_tests::open;
use support::Backend;
use tokio::sync::Notify;

use crate::database::Sql;

on_both_databases!(what_is_cut_off_is_gone_on_with);

const SCALE: Scale = Scale::Hundredth;

async fn what_is_cut_off_is_gone_on_with(backend: Backend) {
    let url = backend.database_url();
    let system = open(&url).await;
    let sql = Sql::connect(&url).await;
    let shape = count_shape(&sql, backend).await;
    assert_eq!(system.seeding().await.unwrap(), Seeding::None);
    system.begin_seeding("1%").await.unwrap();

    // In the midst of the people, the fourth of sixteen tables.
    let reached = Notify::new();
    let midst = |done, all| {
        if done * 16 >= all * 7 / 2 {
            reached.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = reached.notified() => {}
        loaded = load_parts(&system, SCALE, &midst) => panic!("not cut off: {loaded:?}"),
    }
    let unfinished = Seeding::Unfinished("1%".to_owned());
    assert_eq!(system.seeding().await.unwrap(), unfinished);
    assert!(sql.number("select count(*) from facility").await > 0);
    assert_eq!(sql.number("select count(*) from person").await, 0);

    load_parts(&system, SCALE, &|_, _| {}).await.unwrap();
    system.finish_seeding().await.unwrap();
    assert_eq!(system.seeding().await.unwrap(), Seeding::Finished);
    let parts: Vec<_> = Parts::of(SCALE).unwrap().collect();
    for (table, rows) in [
        (
            "facility",
            parts
                .iter()
                .map(|part| part.facilities.len())
                .sum::<usize>(),
        ),
        (
            "staff_member",
            parts.iter().map(|part| part.staff.len()).sum(),
        ),
        (
            "enrollment",
            parts.iter().map(|part| part.enrollments.len()).sum(),
        ),
        (
            "role_binding",
            parts.iter().map(|part| part.bindings.len()).sum(),
        ),
    ] {
        let count = sql.number(&format!("select count(*) from {table}")).await;
        assert_eq!(count, rows as i64, "{table}");
    }
    assert_eq!(count_shape(&sql, backend).await, shape);
}

/// Indexes, and on PostgreSQL constraints that hold.
async fn count_shape(sql: &Sql, backend: Backend) -> i64 {
    sql.number(match backend {
        Backend::Sqlite => "select count(*) from sqlite_schema where type = 'index'",
        Backend::Postgres => {
            "select (select count(*) from pg_indexes where schemaname = 'public') * 1000
                + (select count(*) from pg_constraint where convalidated)"
        }
    })
    .await
}
