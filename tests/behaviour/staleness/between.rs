//! Rights that change between two statements of one operation: no statement
//! relies on what one before it has proved.
//!
//! On PostgreSQL alone, where a lock can hold a statement up; the guard is put
//! into a statement the same way for both databases.

use async_graphql::Request;
use support::Backend;

use crate::{
    database::Sql,
    instance::{Answer, Instance, ask},
    world::World,
};

/// The answer to a question whose statement on a table is held up until the
/// steward's binding is gone.
async fn answer_across_a_revocation(table: &str, query: &'static str) -> Answer {
    across_a_revocation(table, query).await.1
}

/// The same, with the world that it was asked of.
async fn across_a_revocation(table: &str, query: &'static str) -> (World, Answer) {
    let world = World::make(Backend::Postgres).await;
    let instance = Instance::start(&world.url).await;
    let token = instance.token("steward").await;
    let before = ask(
        &instance.access,
        &instance.graph,
        &token,
        Request::new(query),
    )
    .await;
    assert!(before.good().to_string().contains("Ann"));

    let holder = Sql::single(&world.url).await;
    holder
        .run(&format!(
            "begin; lock table {table} in access exclusive mode"
        ))
        .await;
    let operation = tokio::spawn(async move {
        ask(
            &instance.access,
            &instance.graph,
            &token,
            Request::new(query),
        )
        .await
    });
    let held_up = "select count(*) from pg_locks where not granted";
    while world.sql.number(held_up).await == 0 {
        tokio::task::yield_now().await;
    }
    world
        .sql
        .run("delete from role_binding where role = 'steward'")
        .await;
    holder.run("commit").await;
    let answer = operation.await.unwrap();
    (world, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nested_page_is_read_under_the_rights_of_its_own_moment() {
    let query = "{ facilities { nodes { staff { nodes { name } } } } }";
    let answer = answer_across_a_revocation("staff_member", query).await;
    assert_eq!(answer.runs, 2);
    assert!(
        !answer.good().to_string().contains("Ann"),
        "{}",
        answer.data
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_referred_to_is_read_under_the_rights_of_its_own_moment() {
    let query = "{ staff { nodes { person { name } } } }";
    let answer = answer_across_a_revocation("person", query).await;
    assert_eq!(answer.runs, 2);
    assert!(
        !answer.good().to_string().contains("Ann"),
        "{}",
        answer.data
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nested_count_is_read_under_the_rights_of_its_own_moment() {
    let query = "{ staff { nodes { name facility { employments { totalCount } } } } }";
    let answer = answer_across_a_revocation("employment", query).await;
    assert_eq!(answer.runs, 2);
    assert_eq!(answer.good()["staff"]["nodes"].as_array().unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_told_under_the_rights_of_the_moment_when_that_is_written_down() {
    let query = "{ staff { nodes { name person { phone } } } }";
    let (world, answer) = across_a_revocation("audit_event", query).await;
    assert_eq!(answer.runs, 2);
    assert_eq!(answer.good()["staff"]["nodes"].as_array().unwrap().len(), 0);
    // What was told before it was held up.
    let told = "select count(*) from audit_event where action = 'read'";
    assert_eq!(world.sql.number(told).await, 1);
}
