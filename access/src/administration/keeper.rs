//! Those who keep the policy: without one of them nobody could change it any more.

use chrono::Utc;
use entity::{app_user, role_binding};
use sea_orm::sea_query::{Expr, ExprTrait, IntoIden, Query};

use super::{Sitting, simulation::Turnover};
use crate::{
    account::{Binding, Target, bindings, statement},
    arm::{Decision, Interval},
    cover::{Rule, rule},
    error::AccessError,
    kind::Kind,
    policy::Policy,
    scope::{opened, writes},
    vocabulary::Action,
};

impl Sitting<'_> {
    /// Refuses what has been done, or would be, if it leaves nobody who keeps the policy, now
    /// and without an end, by all roles that one holds taken together. Who changes rights does
    /// so alone, so that two can't remove each other.
    pub(super) async fn check_kept(
        &mut self,
        policy: &Policy,
        turnover: &Turnover,
    ) -> Result<(), AccessError> {
        use role_binding::Column;

        let roles = policy.roles.iter();
        let roles = roles.filter(|role| keeps(&[&at_nation(role)], policy));
        let candidates = Query::select()
            .column(Column::UserId)
            .from(role_binding::Entity)
            .and_where(Expr::col(Column::DivisionId).eq(Interval::NATION.first))
            .and_where(Expr::col(Column::Role).is_in(roles.map(String::as_str)))
            .and_where(Expr::col(Column::ValidUntil).is_null())
            .take();
        let candidates =
            Expr::col((app_user::Entity, app_user::Column::Id)).in_subquery(candidates);
        let statement = statement(candidates, self.caller.backend());
        let rows = self.transaction.run(&statement).await?;
        let now = Utc::now().timestamp_millis();
        for (user, mut held) in bindings(&rows)? {
            turnover.apply(user, &mut held);
            // What ends keeps nothing; what denies counts until it has ended.
            held.retain(|binding| binding.in_force(now));
            let all: Vec<&Binding> = held.iter().collect();
            let unending = held.iter().filter(|binding| binding.valid_until.is_none());
            let unending: Vec<&Binding> = unending.collect();
            if keeps(&all, policy) && keeps(&unending, policy) {
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

fn at_nation(role: &str) -> Binding {
    Binding {
        id: 0,
        role: role.to_owned(),
        target: Target::Division(Interval::NATION),
        valid_from: None,
        valid_until: None,
    }
}

/// Whether who holds these may open, add and remove every line of the policy.
fn keeps(bindings: &[&Binding], policy: &Policy) -> bool {
    let table = Kind::PolicyRule.table().name.into_iden();
    let is_whole =
        |decision: &Decision| matches!(rule(Kind::PolicyRule, &table, decision), Rule::All);
    let writes_all = |action| {
        let columns = writes(Kind::PolicyRule, action, 0, bindings, policy);
        let mut decided = Kind::PolicyRule.decided();
        decided.all(|(place, _)| is_whole(&columns[place]))
    };
    is_whole(&opened(Kind::PolicyRule, 0, bindings, policy).rows)
        && writes_all(Action::Create)
        && writes_all(Action::Deactivate)
}
