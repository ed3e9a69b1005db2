//! Accounts: made for whoever an issuer's tokens name, and disabled.

use entity::app_user;
use sea_orm::sea_query::{Expr, ExprTrait, IntoIden, Query};

use super::{
    Administration, Noted, Sitting, place_of,
    right::{Judgement, Right},
    simulation::Turnover,
};
use crate::{
    assignment::Given,
    cover::Rule,
    error::AccessError,
    hold::Hold,
    kind::{ACTIVE, Kind},
    vocabulary::Action,
};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Issuer of its tokens.
    pub issuer: String,
    /// Subject of its tokens.
    pub subject: String,
    /// Name to show.
    pub name: String,
    /// Key of the organization that it acts for.
    pub organization: Option<i64>,
}

const MAKE: &str = "you may not make such an account";
const DISABLE: &str = "you may not disable or enable this account";

impl Administration {
    /// Makes an account and gives its key. Where there is one already that the caller may
    /// not open, the caller is told the same as if there were none.
    ///
    /// # Errors
    /// [`AccessError::Conflict`] if the caller may open one of the same issuer and
    /// subject, [`AccessError::Forbidden`], [`AccessError::InvalidInput`],
    /// [`AccessError::Missing`], [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn create_user(&self, account: &NewAccount) -> Result<i64, AccessError> {
        let may = self.caller.scope().writes(Kind::User, Action::Create);
        self.refuse_unless(may.is_some(), MAKE).await?;
        let mut sitting = self.begin(Hold::Rights).await?;
        let made = sitting.make(account).await;
        sitting.end(made).await
    }

    /// Disables an account, for this reason: its tokens are refused from then on.
    ///
    /// # Errors
    /// [`AccessError::NotFound`] if there is none that the caller may open,
    /// [`AccessError::Forbidden`] if it is not the caller's to disable, or holds a role that
    /// the caller may not take back,
    /// [`AccessError::Conflict`] if it is disabled already, or nobody would be left who
    /// keeps the policy, [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn disable_user(&self, key: i64, reason: &str) -> Result<(), AccessError> {
        let may = self.caller.scope().writes(Kind::User, Action::Deactivate);
        self.refuse_unless(may.is_some(), DISABLE).await?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let disabled = sitting.turn(key, false, reason).await;
        sitting.end(disabled).await
    }

    /// Enables an account that was disabled, for this reason, with the roles that it holds.
    ///
    /// # Errors
    /// As [`Administration::disable_user`].
    pub async fn enable_user(&self, key: i64, reason: &str) -> Result<(), AccessError> {
        let may = self.caller.scope().writes(Kind::User, Action::Deactivate);
        self.refuse_unless(may.is_some(), DISABLE).await?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let enabled = sitting.turn(key, true, reason).await;
        sitting.end(enabled).await
    }
}

impl Sitting<'_> {
    async fn make(&mut self, account: &NewAccount) -> Result<i64, AccessError> {
        let judgement = self.check_makes(account).await?;
        if let Some(known) = self.known(account).await? {
            return match self.is_open(Kind::User, known).await? {
                true => Err(AccessError::Conflict(
                    "there is an account of this issuer and subject".to_owned(),
                )),
                false => Ok(known),
            };
        }
        self.insert_account(account, &judgement).await
    }

    /// Refuses an account that is not the caller's to make.
    pub(super) async fn check_makes(
        &mut self,
        account: &NewAccount,
    ) -> Result<Judgement, AccessError> {
        let values = account.values()?;
        if let Some(organization) = account.organization {
            self.check_link(Kind::User, "organization_id", organization)
                .await?;
        }
        let columns: Vec<usize> = values.iter().map(|(column, _)| *column).collect();
        let right = Right::Write(Kind::User, Action::Create, &columns);
        let judgement = self.judge_made(&right, &values).await?;
        match judgement.is_allowed {
            true => Ok(judgement),
            false => Err(AccessError::Forbidden(MAKE.to_owned())),
        }
    }

    /// The key of the account of this issuer and subject, if there is one.
    pub(super) async fn known(&mut self, account: &NewAccount) -> Result<Option<i64>, AccessError> {
        let known = Query::select()
            .column(app_user::Column::Id)
            .from(app_user::Entity)
            .and_where(Expr::col(app_user::Column::Issuer).eq(account.issuer.as_str()))
            .and_where(Expr::col(app_user::Column::Subject).eq(account.subject.as_str()))
            .take();
        let rows = self.transaction.run(&known).await?;
        let key = rows
            .first()
            .map(|row| row.try_get_by_index(0))
            .transpose()?;
        Ok(key)
    }

    pub(super) async fn insert_account(
        &mut self,
        account: &NewAccount,
        judgement: &Judgement,
    ) -> Result<i64, AccessError> {
        let values = account.values()?;
        let key = self.insert(Kind::User, &values).await?;
        let columns: Vec<usize> = values.iter().map(|(column, _)| *column).collect();
        self.note(Noted {
            action: Action::Create,
            kind: Kind::User,
            record: key,
            columns: &columns,
            judgement,
            purpose: None,
        })
        .await?;
        Ok(key)
    }

    async fn turn(&mut self, key: i64, active: bool, reason: &str) -> Result<(), AccessError> {
        if !self.is_open(Kind::User, key).await? {
            return Err(AccessError::NotFound);
        }
        let columns = [place_of(Kind::User, ACTIVE)?];
        let right = Right::Write(Kind::User, Action::Deactivate, &columns);
        let judgement = self.judge(&right, key).await?;
        if !judgement.is_allowed || self.holds_beyond(key).await? {
            return Err(AccessError::Forbidden(DISABLE.to_owned()));
        }
        let turn = Query::update()
            .table(app_user::Entity)
            .value(app_user::Column::Active, active)
            .and_where(Expr::col(app_user::Column::Id).eq(key))
            .and_where(Expr::col(app_user::Column::Active).eq(!active))
            .returning_col(app_user::Column::Id)
            .to_owned();
        if self.transaction.run(&turn).await?.is_empty() {
            let state = if active { "enabled" } else { "disabled" };
            let problem = format!("the account is {state} already");
            return Err(AccessError::Conflict(problem));
        }
        let policy = self.policy.clone();
        self.check_kept(&policy, &Turnover::default()).await?;
        self.note(Noted {
            action: match active {
                true => Action::Update,
                false => Action::Deactivate,
            },
            kind: Kind::User,
            record: key,
            columns: &columns,
            judgement: &judgement,
            purpose: Some(reason),
        })
        .await
    }

    /// Whether an account holds, or has held, a role that the caller may not take back.
    async fn holds_beyond(&mut self, user: i64) -> Result<bool, AccessError> {
        use entity::role_binding::{Column, Entity};

        let scope = self.caller.scope();
        let bindings: Vec<_> = scope.bindings.iter().collect();
        let table = Kind::RoleBinding.table().name.into_iden();
        let role = || Expr::col((table.clone(), Column::Role));
        let held = Query::select()
            .distinct()
            .column(Column::Role)
            .from(Entity)
            .and_where(Expr::col(Column::UserId).eq(user))
            .take();
        let mut theirs = Rule::None;
        for row in self.transaction.run(&held).await? {
            let held: String = row.try_get_by_index(0)?;
            let right = Right::Grant(&held).rule(&table, scope.user, &bindings, &self.policy);
            let of_role = Rule::Where(role().eq(held));
            theirs = theirs.or(of_role.and(right));
        }
        let beyond = Query::select()
            .expr(theirs.flag())
            .from(Entity)
            .and_where(Expr::col((table.clone(), Column::UserId)).eq(user))
            .take();
        for row in self.transaction.run(&beyond).await? {
            if row.try_get_by_index::<i32>(0)? != 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl NewAccount {
    fn values(&self) -> Result<Vec<Given>, AccessError> {
        let mut values = Vec::new();
        for (column, value) in [
            ("issuer", self.issuer.as_str()),
            ("subject", &self.subject),
            ("name", &self.name),
        ] {
            values.push((place_of(Kind::User, column)?, Some(value.into())));
        }
        if let Some(organization) = self.organization {
            let column = place_of(Kind::User, "organization_id")?;
            values.push((column, Some(organization.into())));
        }
        Ok(values)
    }
}
