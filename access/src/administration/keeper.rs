//! Those who keep the policy: without one of them nobody could change it any more.

use chrono::{DateTime, Utc};
use entity::{app_user, role_binding};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query};

use super::Sitting;
use crate::{
    account::{Binding, Target},
    arm::Interval,
    error::AccessError,
    kind::Kind,
    policy::Policy,
    scope::writes,
    vocabulary::Action,
};

impl Sitting<'_> {
    /// Refuses what has been done if it leaves nobody who keeps the policy, now and
    /// without an end. Who removes somebody does so alone, so that two can't remove each
    /// other.
    pub(super) async fn check_kept(&mut self, policy: &Policy) -> Result<(), AccessError> {
        use role_binding::Column as Bound;

        let bound = |column: Bound| Expr::col((role_binding::Entity, column));
        let user = |column| Expr::col((app_user::Entity, column));
        let roles = policy.roles.iter();
        let roles = roles.filter(|role| keeps(role, policy)).map(String::as_str);
        let kept = Query::select()
            .expr(bound(Bound::ValidFrom))
            .from(role_binding::Entity)
            .join(
                JoinType::InnerJoin,
                app_user::Entity,
                bound(Bound::UserId).equals((app_user::Entity, app_user::Column::Id)),
            )
            .and_where(user(app_user::Column::Active))
            .and_where(bound(Bound::DivisionId).eq(Interval::NATION.first))
            .and_where(bound(Bound::Role).is_in(roles))
            .and_where(bound(Bound::ValidUntil).is_null())
            .take();
        for row in self.transaction.run(&kept).await? {
            let from: Option<DateTime<Utc>> = row.try_get_by_index(0)?;
            if from.is_none_or(|from| from <= Utc::now()) {
                return Ok(());
            }
        }
        Err(AccessError::Conflict(
            "nobody would be left who may change the policy: appoint another administrator of \
             the nation first"
                .to_owned(),
        ))
    }
}

/// Whether who holds the role at the nation may add policy lines and remove them.
fn keeps(role: &str, policy: &Policy) -> bool {
    let binding = Binding {
        id: 0,
        role: role.to_owned(),
        target: Target::Division(Interval::NATION),
        valid_from: None,
        valid_until: None,
    };
    [Action::Create, Action::Deactivate].iter().all(|action| {
        let columns = writes(Kind::PolicyRule, *action, 0, &[&binding], policy);
        let mut decided = Kind::PolicyRule.decided();
        decided.all(|(place, _)| !columns[place].is_never())
    })
}
