//! How many rows PostgreSQL looks at for a page: about as many as the page has, for a
//! township as for the nation. A plan that goes through a table in a wrong order gives
//! the same answer, and only takes longer the more data there is.

use async_graphql::{Request, Variables};
use grassroots::seed::{Scale, load_parts};
use grassroots_tests::{Demonstration, open};
use serde_json::json;
use support::Backend;
use tokio::time::{Duration, sleep};

use crate::{database::Sql, instance::ask};

/// One above the other, and with it the nation's own.
const DIVISIONS: [&str; 5] = [
    "steward-410122102-1",
    "administrator-410122-1",
    "administrator-4101-1",
    "administrator-41-1",
    "national-administrator",
];

const HOSTS: [&str; 2] = ["host-NATIONAL-41", "host-NATIONAL"];

/// Rows and entries of indexes that a run may look at, with all that it refers to.
const MOST: i64 = 1_000;

/// Enough of them for a plan that PostgreSQL keeps.
const RUNS: i64 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_takes_as_much_work_as_it_has_rows() {
    let url = Backend::Postgres.database_url();
    let system = open(&url).await;
    system.begin_seeding("1%").await.unwrap();
    load_parts(&system, Scale::Hundredth, &|_, _| {})
        .await
        .unwrap();
    drop(system);
    let sql = Sql::single(&url).await;
    sql.run("vacuum analyze").await;

    let staff = "facility { name organization { name } } administeredBy { name }";
    for (subjects, query) in [
        (
            &DIVISIONS[..],
            format!("{{ staff(first: 20) {{ nodes {{ name {staff} }} }} }}"),
        ),
        (
            &DIVISIONS[..],
            format!("{{ staff(last: 20) {{ nodes {{ name {staff} }} }} }}"),
        ),
        (
            &DIVISIONS[..],
            "{ facilities(first: 10) { nodes { name staff(first: 5) { nodes { name } } } } }"
                .into(),
        ),
        (
            &DIVISIONS[1..],
            "{ people: staff(first: 20) { nodes { person { name } } } }".into(),
        ),
        (
            &HOSTS[..],
            "{ enrollments(last: 20, orderBy: PARTICIPANT_NAME_ASC) { nodes {
                participant { name } } } }"
                .into(),
        ),
        (
            &HOSTS[..],
            "{ enrollments(first: 20) { nodes {
                participant { name facility { name } stage { name } } } } }"
                .into(),
        ),
    ] {
        for subject in subjects {
            let looked_at = work(&sql, &url, subject, &query).await;
            assert!(looked_at <= MOST, "{subject}: {looked_at} rows for {query}");
        }
    }
    // The table holds forty thousand.
    let by_post = "{ staff(first: 50, orderBy: NAME_ASC,
        filter: { keyPost: { eq: NURSING }, title: { eq: JUNIOR } }) {
            nodes { name facility { name } } } }";
    for subject in &DIVISIONS[1..] {
        let looked_at = work(&sql, &url, subject, by_post).await;
        assert!(
            looked_at <= 5 * MOST,
            "{subject}: {looked_at} rows for {by_post}"
        );
    }
}

/// How many rows of the tables that grow, and entries of their indexes, one run looks at.
async fn work(sql: &Sql, url: &str, subject: &str, query: &str) -> i64 {
    let before = looked_at(sql).await;
    let demonstration = Demonstration::at(url).await;
    let token = demonstration.token(subject).await;
    for _ in 0..RUNS {
        let request = Request::new(query).variables(Variables::from_json(json!({})));
        let answer = ask(&demonstration.access, &demonstration.graph, &token, request).await;
        answer.good();
    }
    drop(demonstration);
    // Connections tell what they did at their end.
    for _ in 0..500 {
        let others = "select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()";
        if sql.number(others).await == 0 {
            return (looked_at(sql).await - before) / RUNS;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("connections stay open");
}

async fn looked_at(sql: &Sql) -> i64 {
    sql.number(
        "with growing(name) as (values ('facility'), ('person'), ('staff_member'),
            ('employment'), ('enrollment'))
        select (
            (select sum(seq_tup_read) from pg_stat_user_tables join growing on relname = name)
            + (select sum(idx_tup_read) from pg_stat_user_indexes join growing on relname = name)
        )::bigint",
    )
    .await
}
