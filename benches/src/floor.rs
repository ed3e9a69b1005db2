//! The floor: what a hand-written endpoint for this one query would cost, with
//! the JSON made by the database and no access control at all.

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::post};
use sqlx::{PgPool, postgres::PgPoolOptions};

const STATEMENT: &str = "
select json_build_object('data', json_build_object('staff', json_build_object('nodes', json_agg(
    json_build_object(
        'name', page.name,
        'facility', json_build_object('name', page.facility),
        'administeredBy', json_build_object('name', page.division)
    ) order by page.administered_by, page.id))))::text
from (
    select staff_member.id, staff_member.administered_by, staff_member.name,
        facility.name as facility, division.name as division
    from staff_member
    join facility on facility.id = staff_member.facility_id
    join division on division.id = staff_member.administered_by
    where staff_member.administered_by between $1 and $2
    order by staff_member.administered_by, staff_member.id
    limit 20
) page";

/// The keys of the one subtree that it answers for.
#[derive(Clone, Copy)]
struct Subtree {
    first: i64,
    last: i64,
}

/// Serves on a free port, which it prints, until it is killed.
pub(crate) async fn serve(url: &str, division: &str) {
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .test_before_acquire(false)
        .connect(url)
        .await
        .unwrap();
    let (first, last) = sqlx::query_as("select id, last from division where code = $1")
        .bind(division)
        .fetch_one(&pool)
        .await
        .unwrap();
    let router = Router::new()
        .route("/graphql", post(answer))
        .with_state((pool, Subtree { first, last }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

async fn answer(
    State((pool, subtree)): State<(PgPool, Subtree)>,
    _body: String,
) -> impl IntoResponse {
    let json: String = sqlx::query_scalar(STATEMENT)
        .bind(subtree.first)
        .bind(subtree.last)
        .fetch_one(&pool)
        .await
        .unwrap();
    ([(header::CONTENT_TYPE, "application/json")], json)
}
