//! The caller.

use access::{Caller, Filter, Test};
use async_graphql::{Context, Object};
use entity::role_binding;

use super::{
    connection::{Connection, Paging},
    error::Gated,
    node,
    readable::{self, ReadableType},
    record::list,
    role_binding::{RoleBinding, RoleBindingFilter, RoleBindingOrder},
};

/// You: who you are, and the roles that you hold.
pub(crate) struct Viewer;

/// You: who you are, and the roles that you hold.
#[Object]
impl Viewer {
    /// Name to show.
    async fn name<'a>(&self, ctx: &Context<'a>) -> &'a str {
        ctx.data_unchecked::<Caller>().name()
    }

    /// Issuer of your token (`iss`).
    async fn issuer<'a>(&self, ctx: &Context<'a>) -> &'a str {
        ctx.data_unchecked::<Caller>().issuer()
    }

    /// Subject of your token (`sub`).
    async fn subject<'a>(&self, ctx: &Context<'a>) -> &'a str {
        ctx.data_unchecked::<Caller>().subject()
    }

    /// What you may read: each type of record, with its fields.
    #[graphql(complexity = "readable::TYPES * child_complexity")]
    async fn readable(&self, ctx: &Context<'_>) -> Vec<ReadableType> {
        node::readable(ctx.data_unchecked::<Caller>())
    }

    /// The roles that you hold, with their targets and times.
    #[allow(
        clippy::too_many_arguments,
        reason = "the arguments of the GraphQL field"
    )]
    #[graphql(complexity = "crate::graph::connection::weight(first, last, child_complexity)")]
    async fn bindings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only records that meet these conditions.")] filter: Option<
            RoleBindingFilter,
        >,
        #[graphql(desc = "Order of the list; the official order by default.")] order_by: Option<
            RoleBindingOrder,
        >,
        #[graphql(desc = "The first so many records, 0 to 200; 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Only records behind the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many records, 0 to 200.")] last: Option<i32>,
        #[graphql(desc = "Only records before the one with this cursor.")] before: Option<String>,
    ) -> Gated<Connection<RoleBinding>> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        let list = list::<RoleBinding>(ctx, filter, order_by, paging);
        let user = ctx.data_unchecked::<Caller>().user();
        let own = Filter::column(role_binding::Column::UserId, Test::Equals(user.into()));
        let own = list.map(|(rows, paging)| (rows.and(own), paging));
        Connection::root(ctx, own).await
    }
}
