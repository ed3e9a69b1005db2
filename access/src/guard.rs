//! The guard: a condition in every statement that the decision it carries is
//! still the one in force.

use entity::{app_user, policy_epoch};
use sea_orm::{
    DbBackend,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use crate::{database::Database, error::AccessError, expression::clock, scope::Scope};

/// Holds while the user is active, has the bindings and the policy that the
/// scope was compiled from, and none of the bindings has begun or ended since.
///
/// It refers to no row of the statement's own, so that the database evaluates
/// it once.
pub(crate) fn guard(scope: &Scope, backend: DbBackend) -> Expr {
    Expr::exists(in_force(scope, backend))
}

/// The guard as a statement of its own: one row if it holds, else none.
pub(crate) fn in_force(scope: &Scope, backend: DbBackend) -> SelectStatement {
    let epoch = |column| Expr::col((policy_epoch::Entity, column));
    Query::select()
        .expr(Expr::cust("1"))
        .from(app_user::Entity)
        .from(policy_epoch::Entity)
        .and_where(Expr::col((app_user::Entity, app_user::Column::Id)).eq(scope.user))
        .and_where(Expr::col((app_user::Entity, app_user::Column::Active)))
        .and_where(
            Expr::col((app_user::Entity, app_user::Column::BindingEpoch)).eq(scope.binding_epoch),
        )
        // By its key: one change of many divisions leaves pages of former epochs behind.
        .and_where(epoch(policy_epoch::Column::Id).eq(Expr::cust("1")))
        .and_where(epoch(policy_epoch::Column::Value).eq(scope.policy_epoch))
        .and_where(clock(backend).lt(scope.valid_until))
        .take()
}

impl Database {
    /// The epoch of the policy and the divisions as it is now.
    pub(crate) async fn policy_epoch(&self) -> Result<i64, AccessError> {
        let statement = Query::select()
            .column(policy_epoch::Column::Value)
            .from(policy_epoch::Entity)
            .take();
        match self.select(&statement).await?.first() {
            Some(row) => Ok(row.try_get_by_index(0)?),
            None => Err(AccessError::internal("the table policy_epoch is empty")),
        }
    }
}
