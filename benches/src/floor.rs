//! The floor: what a hand-written endpoint for one query would cost, with the JSON made
//! by the database, the scope given and no access control at all.

use axum::{
    Router,
    extract::{Path, RawQuery, State},
    http::header,
    response::IntoResponse,
    routing::post,
};
use sqlx::{PgPool, SqlitePool, sqlite::SqlitePoolOptions};

use crate::{data, question};

/// Serves on a free port, which it prints, until it is killed.
pub(crate) async fn serve(url: &str) {
    let router = if url.starts_with("sqlite:") {
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .test_before_acquire(false)
            .connect(url)
            .await
            .unwrap();
        let router = Router::new().route("/{question}", post(answer_on_sqlite));
        router.with_state(pool)
    } else {
        let router = Router::new().route("/{question}", post(answer));
        router.with_state(data::connect(url).await)
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

/// Runs a question's statement with the parameters of the query string, one after
/// another.
async fn answer(
    State(pool): State<PgPool>,
    Path(name): Path<String>,
    RawQuery(given): RawQuery,
    _body: String,
) -> impl IntoResponse {
    let question = question::ALL.iter().find(|known| known.name == name);
    let mut query = sqlx::query_scalar(question.unwrap().floor);
    for parameter in parameters(given) {
        query = query.bind(parameter);
    }
    let json: String = query.fetch_one(&pool).await.unwrap();
    ([(header::CONTENT_TYPE, "application/json")], json)
}

/// The same for the first question, on SQLite.
async fn answer_on_sqlite(
    State(pool): State<SqlitePool>,
    RawQuery(given): RawQuery,
    _body: String,
) -> impl IntoResponse {
    let mut query = sqlx::query_scalar(question::ON_SQLITE);
    for parameter in parameters(given) {
        query = query.bind(parameter);
    }
    let json: String = query.fetch_one(&pool).await.unwrap();
    ([(header::CONTENT_TYPE, "application/json")], json)
}

fn parameters(given: Option<String>) -> Vec<i64> {
    let given = given.unwrap_or_default();
    given.split(',').map(|one| one.parse().unwrap()).collect()
}
