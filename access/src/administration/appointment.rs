//! Appointments: roles given to accounts.

use chrono::{DateTime, SubsecRound, Utc};
use entity::role_binding;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::{
    Administration, NewAccount, Noted, Sitting, place_of,
    right::{Judgement, Right},
    simulation::Turnover,
};
use crate::{
    account::Target, arm::Interval, assignment::Given, cover::Rule, datum::Datum,
    error::AccessError, hold::Hold, kind::Kind, policy::Policy, scope::is_somewhere,
    vocabulary::Action,
};

/// A role that somebody is to hold.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// Who is to hold it.
    pub holder: Holder,
    /// Its name in the policy, without the prefix.
    pub role: String,
    /// Where it is held.
    pub at: HeldAt,
    /// First instant in force; none means from now on.
    pub valid_from: Option<DateTime<Utc>>,
    /// First instant no longer in force; none means without end.
    pub valid_until: Option<DateTime<Utc>>,
}

/// Who is to hold a role.
#[derive(Clone, Debug)]
pub enum Holder {
    /// An account that the caller may open, by its key.
    Known(i64),
    /// The account of this issuer and subject, as it is. It is made if there is none, so that
    /// a refusal does not tell whether there was one.
    Named(NewAccount),
}

/// Where a role is held, by the record's key.
#[derive(Clone, Copy, Debug)]
pub enum HeldAt {
    /// A division and all below it.
    Division(i64),
    /// A facility.
    Facility(i64),
    /// A program and all below it.
    Program(i64),
    /// A partnership project and all below it.
    Partnership(i64),
}

/// Roles that an account holds: each makes every statement of theirs longer, and whoever
/// gives them need not be who suffers it.
const MOST_HELD: usize = 64;

const GRANT: &str = "you may not give this role to anybody there";

impl Administration {
    /// Gives a role to somebody, and gives the binding's key.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if the role is not the caller's to give there,
    /// [`AccessError::Missing`] if the account or the place is none that the caller may
    /// open, [`AccessError::Conflict`] if the account holds the role there already or is
    /// disabled, [`AccessError::InvalidInput`], [`AccessError::Stale`],
    /// [`AccessError::Internal`]; then nothing has changed.
    pub async fn grant(&self, appointment: &Appointment) -> Result<i64, AccessError> {
        let may = self.caller.scope().appoints;
        self.refuse_unless(may, GRANT).await?;
        // Who may not give it has nobody wait.
        let mut sitting = self.begin(Hold::Rights).await?;
        let judged = sitting.judge_grant(appointment).await;
        sitting.transaction.undo().await;
        judged?;
        let mut sitting = self.begin(Hold::RightsAlone).await?;
        let granted = sitting.grant(appointment).await;
        sitting.end(granted).await
    }
}

impl Sitting<'_> {
    /// Refuses what is not the caller's to give, whoever is to hold it.
    pub(super) async fn judge_grant(
        &mut self,
        appointment: &Appointment,
    ) -> Result<Judgement, AccessError> {
        let (role, at) = (appointment.role.as_str(), appointment.at);
        self.check_link(Kind::RoleBinding, at.column(), at.key())
            .await?;
        let judgement = self
            .judge_made(&Right::Grant(role), &appointment.values(0)?)
            .await?;
        if !judgement.is_allowed {
            return Err(AccessError::Forbidden(GRANT.to_owned()));
        }
        check_fits(role, at, &self.policy)?;
        appointment.check_dates()?;
        Ok(judgement)
    }

    async fn grant(&mut self, appointment: &Appointment) -> Result<i64, AccessError> {
        let judgement = self.judge_grant(appointment).await?;
        let user = self.judge_holder(appointment).await?;
        let values = appointment.values(user)?;
        let key = self.insert(Kind::RoleBinding, &values).await?;
        let columns: Vec<usize> = values.iter().map(|(column, _)| *column).collect();
        self.note(Noted {
            action: Action::Grant,
            kind: Kind::RoleBinding,
            record: key,
            columns: &columns,
            judgement: &judgement,
            purpose: None,
        })
        .await?;
        // A role may deny, too.
        let policy = self.policy.clone();
        self.check_kept(&policy, &Turnover::default()).await?;
        Ok(key)
    }

    /// The key of the account that is to hold the role, if it may.
    pub(super) async fn judge_holder(
        &mut self,
        appointment: &Appointment,
    ) -> Result<i64, AccessError> {
        let user = self.holder(&appointment.holder).await?;
        if user == self.caller.user() {
            return Err(AccessError::Forbidden(
                "nobody gives a role to themselves: another administrator may".to_owned(),
            ));
        }
        self.check_new(user, appointment).await?;
        Ok(user)
    }

    /// The key of the account, which is active as far as the caller may know.
    async fn holder(&mut self, holder: &Holder) -> Result<i64, AccessError> {
        use entity::app_user::{Column, Entity};

        let user = match holder {
            Holder::Known(key) => {
                if !self.is_open(Kind::User, *key).await? {
                    return Err(AccessError::Missing("user".to_owned()));
                }
                *key
            }
            Holder::Named(account) => {
                let judgement = self.check_makes(account).await?;
                match self.known(account).await? {
                    None => return self.insert_account(account, &judgement).await,
                    Some(known) if self.is_open(Kind::User, known).await? => known,
                    // Not even that it is disabled is told of it.
                    Some(known) => return Ok(known),
                }
            }
        };
        let active = Query::select()
            .column(Column::Id)
            .from(Entity)
            .and_where(Expr::col(Column::Id).eq(user))
            .and_where(Expr::col(Column::Active))
            .take();
        match self.transaction.run(&active).await?.is_empty() {
            true => Err(AccessError::Conflict("the account is disabled".to_owned())),
            false => Ok(user),
        }
    }

    /// Refuses what the account holds already, for some of the time, and one role too many.
    async fn check_new(&mut self, user: i64, appointment: &Appointment) -> Result<(), AccessError> {
        use role_binding::{Column, Entity};

        let same = Expr::col(Column::Role)
            .eq(appointment.role.as_str())
            .and(Expr::col(appointment.at.column()).eq(appointment.at.key()));
        let held = Query::select()
            .columns([Column::ValidFrom, Column::ValidUntil])
            .expr(Rule::Where(same).flag())
            .from(Entity)
            .and_where(Expr::col(Column::UserId).eq(user))
            .take();
        let from = precise(appointment.valid_from.unwrap_or_else(Utc::now));
        let until = appointment.valid_until.map(precise);
        let mut lasting = 0;
        for row in self.transaction.run(&held).await? {
            let is_same = row.try_get_by_index::<i32>(2)? == 1;
            let known_from: Option<DateTime<Utc>> = row.try_get_by_index(0)?;
            let known_until: Option<DateTime<Utc>> = row.try_get_by_index(1)?;
            let lasts = known_until.is_none_or(|until| until > from);
            lasting += usize::from(lasts);
            let begins = known_from.zip(until);
            if is_same && lasts && begins.is_none_or(|(known_from, until)| known_from < until) {
                return Err(AccessError::Conflict(
                    "the account holds this role there already".to_owned(),
                ));
            }
        }
        match lasting < MOST_HELD {
            true => Ok(()),
            false => Err(AccessError::Conflict(format!(
                "the account holds {MOST_HELD} roles, and no more are given to one"
            ))),
        }
    }
}

impl Appointment {
    fn values(&self, user: i64) -> Result<Vec<Given>, AccessError> {
        let mut values: Vec<(&str, Option<Datum>)> = vec![
            ("user_id", Some(user.into())),
            ("role", Some(self.role.as_str().into())),
            (self.at.column(), Some(self.at.key().into())),
        ];
        let instant = |instant| Some(Datum::Instant(precise(instant)));
        if let Some(from) = self.valid_from {
            values.push(("valid_from", instant(from)));
        }
        if let Some(until) = self.valid_until {
            values.push(("valid_until", instant(until)));
        }
        let placed = values.into_iter().map(|(column, value)| {
            let place = place_of(Kind::RoleBinding, column)?;
            Ok((place, value))
        });
        placed.collect()
    }

    fn check_dates(&self) -> Result<(), AccessError> {
        let now = Utc::now();
        let from = self.valid_from.unwrap_or(now);
        if from < now {
            return Err(AccessError::InvalidInput(
                "`validFrom` has passed: leave it out to give the role at once".to_owned(),
            ));
        }
        match self.valid_until {
            Some(until) if until <= from || until <= now => Err(AccessError::InvalidInput(
                "`validUntil` must lie ahead, and behind `validFrom`".to_owned(),
            )),
            _ => Ok(()),
        }
    }
}

impl HeldAt {
    fn column(self) -> &'static str {
        match self {
            HeldAt::Division(_) => "division_id",
            HeldAt::Facility(_) => "facility_id",
            HeldAt::Program(_) => "program_id",
            HeldAt::Partnership(_) => "partnership_id",
        }
    }

    fn key(self) -> i64 {
        match self {
            HeldAt::Division(key)
            | HeldAt::Facility(key)
            | HeldAt::Program(key)
            | HeldAt::Partnership(key) => key,
        }
    }

    /// As a target. Of a division only the key is known here: no other of its subtree.
    fn target(self) -> Target {
        match self {
            HeldAt::Division(0) => Target::Division(Interval::NATION),
            HeldAt::Division(key) => Target::Division(Interval {
                first: key,
                last: key,
            }),
            HeldAt::Facility(key) => Target::Facility(key),
            HeldAt::Program(key) => Target::Program(key),
            HeldAt::Partnership(key) => Target::Partnership(key),
        }
    }
}

/// To the millisecond, as the database's clock is read.
pub(super) fn precise(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(3)
}

/// Refuses a role that would let nobody do anything there.
fn check_fits(role: &str, at: HeldAt, policy: &Policy) -> Result<(), AccessError> {
    match is_somewhere(role, at.target(), policy) {
        true => Ok(()),
        false => Err(AccessError::InvalidInput(format!(
            "the role {role} gives nothing where it is held at such a record"
        ))),
    }
}
