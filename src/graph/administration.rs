//! Rights as callers change them: whoever does so may change their own.

use access::{Administration, Caller, Origin};
use async_graphql::Context;

use super::{
    change::opened,
    error::{Gated, gated},
    record::Record,
};

/// Where the operation comes from.
pub(crate) fn origin(ctx: &Context<'_>) -> Origin {
    ctx.data_opt::<Origin>().cloned().unwrap_or_default()
}

/// What the caller does to the rights of others.
pub(crate) fn administration(ctx: &Context<'_>) -> Administration {
    Administration::by(ctx.data_unchecked::<Caller>(), &origin(ctx))
}

/// The record that was written, as the caller may see it with the rights of now.
pub(crate) async fn administered<T: Record>(ctx: &Context<'_>, key: i64) -> Gated<T> {
    match ctx.data_unchecked::<Caller>().continued().await {
        Ok(caller) => opened(ctx, &caller, key).await,
        Err(error) => gated(Err(error)),
    }
}
