//! Roles that are taken back.

use chrono::{DateTime, Utc};
use entity::role_binding;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::{
    Administration, Noted, Sitting,
    appointment::precise,
    place_of,
    right::{Judgement, Right},
    simulation::Turnover,
};
use crate::{
    bounds::check, error::AccessError, hold::Hold, kind::Kind, rows::Rows, vocabulary::Action,
};

/// A role that the caller may take back.
pub(super) struct Revoked {
    pub(super) user: i64,
    pub(super) role: String,
    end: DateTime<Utc>,
    judgement: Judgement,
}

const REVOKE: &str = "this role is not yours to take back";

impl Administration {
    /// Takes a role back, at an instant or at once, for this reason: one that is the caller's
    /// to give, or that the caller holds.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is no such binding that the caller may open,
    /// [`AccessError::Forbidden`] if it is not the caller's to take back,
    /// [`AccessError::Conflict`] if it ends earlier already, or nobody would be left who
    /// keeps the policy, [`AccessError::InvalidInput`] if the instant has passed,
    /// [`AccessError::Stale`], [`AccessError::Internal`]; then nothing has changed.
    pub async fn revoke(
        &self,
        key: i64,
        at: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<(), AccessError> {
        self.check_may_revoke(key).await?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let revoked = sitting.revoke(key, at, reason).await;
        sitting.end(revoked).await
    }

    /// Refuses at once who takes no role back but their own.
    pub(super) async fn check_may_revoke(&self, key: i64) -> Result<(), AccessError> {
        let rows = Rows::<role_binding::Entity>::of(&self.caller).named(["user_id"]);
        let held = rows.open(&[key]).await?.remove(&key);
        let held = held.ok_or(AccessError::NotFound)?;
        let is_own = held.get(role_binding::Column::UserId)? == Some(self.caller.user());
        self.refuse_unless(is_own || self.caller.scope().appoints, REVOKE)
            .await
    }
}

impl Sitting<'_> {
    async fn revoke(
        &mut self,
        key: i64,
        at: Option<DateTime<Utc>>,
        reason: &str,
    ) -> Result<(), AccessError> {
        use role_binding::{Column, Entity};

        let Revoked { end, judgement, .. } = self.judge_revoke(key, at).await?;
        let revoke = Query::update()
            .table(Entity)
            .value(Column::ValidUntil, end)
            .and_where(Expr::col(Column::Id).eq(key))
            .to_owned();
        self.transaction.run(&revoke).await?;
        let policy = self.policy.clone();
        self.check_kept(&policy, &Turnover::default()).await?;
        self.note(Noted {
            action: Action::Deactivate,
            kind: Kind::RoleBinding,
            record: key,
            columns: &[place_of(Kind::RoleBinding, "valid_until")?],
            judgement: &judgement,
            purpose: Some(reason),
        })
        .await
    }

    /// Refuses what is not the caller's to take back, and an end that it does not take.
    pub(super) async fn judge_revoke(
        &mut self,
        key: i64,
        at: Option<DateTime<Utc>>,
    ) -> Result<Revoked, AccessError> {
        use role_binding::{Column, Entity};

        if !self.is_open(Kind::RoleBinding, key).await? {
            return Err(AccessError::NotFound);
        }
        let held = Query::select()
            .columns([Column::Role, Column::ValidUntil, Column::UserId])
            .from(Entity)
            .and_where(Expr::col(Column::Id).eq(key))
            .take();
        let rows = self.transaction.run(&held).await?;
        let row = rows.first().ok_or(AccessError::NotFound)?;
        let (role, until): (String, Option<DateTime<Utc>>) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let user = row.try_get_by_index::<i64>(2)?;
        let is_own = user == self.caller.user();
        let mut judgement = self.judge(&Right::Grant(&role), key).await?;
        if !judgement.is_allowed && !is_own {
            return Err(AccessError::Forbidden(REVOKE.to_owned()));
        }
        if !judgement.is_allowed {
            judgement.bindings = vec![key];
        }
        let (at, now) = (at.map(precise), precise(Utc::now()));
        if at.is_some_and(|at| at < now) {
            return Err(AccessError::InvalidInput(
                "`at` has passed: leave it out to take the role back at once".to_owned(),
            ));
        }
        let end = at.unwrap_or(now);
        let column = place_of(Kind::RoleBinding, "valid_until")?;
        let table = Kind::RoleBinding.table();
        check(Kind::RoleBinding, &table.columns[column], &end.into())?;
        if until.is_some_and(|until| until <= end) {
            return Err(AccessError::Conflict(
                "the role ends no later already".to_owned(),
            ));
        }
        Ok(Revoked {
            user,
            role,
            end,
            judgement,
        })
    }
}
