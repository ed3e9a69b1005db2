//! The root of all queries.

use async_graphql::Object;

/// The root of all queries.
pub(crate) struct Query;

#[Object]
impl Query {
    /// The version of this server.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
