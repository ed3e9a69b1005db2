//! Refusals are decisions too: they may be as stale as any other.

use async_graphql::Request;
use support::Backend;

use crate::{
    instance::{Answer, Instance, ask},
    world::World,
};

on_both_databases!(
    a_column_that_has_become_readable_filters_at_once,
    a_column_that_has_become_readable_orders_at_once,
    a_column_that_has_become_readable_filters_relations_at_once,
);

const FILTER: &str = "{ staff(filter: { name: { eq: \"Ann\" } }) { nodes { name } } }";
const ORDER: &str = "{ staff(orderBy: NAME_DESC) { nodes { name } } }";
const RELATION: &str =
    "{ facilities(filter: { staff: { some: { name: { eq: \"Ann\" } } } }) { nodes { name } } }";

async fn a_column_that_has_become_readable_filters_at_once(backend: Backend) {
    let answer = after_refusal(backend, FILTER).await;
    assert_eq!(answer.names("staff"), ["Ann"]);
}

async fn a_column_that_has_become_readable_orders_at_once(backend: Backend) {
    let answer = after_refusal(backend, ORDER).await;
    assert_eq!(answer.names("staff"), ["Eve", "Dan", "Cai", "Bob", "Ann"]);
}

async fn a_column_that_has_become_readable_filters_relations_at_once(backend: Backend) {
    let answer = after_refusal(backend, RELATION).await;
    assert_eq!(answer.names("facilities"), ["East Center"]);
}

/// An analyst may not use people's names; this one becomes an administrator.
async fn after_refusal(backend: Backend, query: &str) -> Answer {
    let world = World::make(backend).await;
    let Instance { access, graph, .. } = &world.instance;
    let token = world.instance.token("analyst").await;
    let refused = ask(access, graph, &token, Request::new(query)).await;
    assert_eq!(refused.codes, ["FORBIDDEN"]);

    world
        .sql
        .run("update role_binding set role = 'administrator' where role = 'analyst'")
        .await;
    ask(access, graph, &token, Request::new(query)).await
}
