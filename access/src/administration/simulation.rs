//! What a change of the policy or of somebody's roles would come to, before it is made: of
//! the records that whoever asks may open, how many others would gain and lose.

mod comparison;
mod effect;
mod incumbent;
mod turnover;

use std::collections::BTreeSet;

pub use effect::{Effect, Subject};
pub(super) use turnover::Turnover;

use self::{effect::Rights, incumbent::Incumbent};
use super::{Administration, Appointment, Holder, PolicyLine, Sitting};
use crate::{error::AccessError, kind::Kind, policy::Policy, vocabulary::Action};

/// What might be changed.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// Lines that the policy would have.
    pub add: Vec<PolicyLine>,
    /// Keys of lines that it would no longer have.
    pub remove: Vec<i64>,
    /// A role that somebody would hold.
    pub grant: Option<Appointment>,
    /// Key of a role binding that would end.
    pub revoke: Option<i64>,
    /// Keys of accounts that are looked at besides the roles.
    pub users: Vec<i64>,
}

/// What it would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// For whom what would change; nothing for those for whom nothing would.
    pub effects: Vec<Effect>,
    /// Roles of which not all bindings were looked at.
    pub partial: Vec<String>,
}

/// Lines that may be added or removed at a time.
const MOST_LINES: usize = 20;
/// Accounts that may be named.
const MOST_USERS: usize = 20;
/// Roles that are looked at.
const MOST_ROLES: usize = 20;

const REFUSED: &str = "what you may not change is not simulated for you";

impl Administration {
    /// Tells what a proposal would come to. It is judged as if it were carried out, and
    /// nothing is changed.
    ///
    /// Of everybody only those roles count that the caller reads, and of the records only
    /// those that the caller may open: the counts tell nothing of others. It takes a few
    /// statements for each line, and for each role and account one for each kind of records
    /// for which something may change.
    ///
    /// # Errors
    /// Those of [`Administration::add_rule`], [`Administration::remove_rule`],
    /// [`Administration::grant`] and [`Administration::revoke`];
    /// [`AccessError::NotFound`] if an account is none that the caller may open,
    /// [`AccessError::InvalidInput`] if nothing would change, or too much at a time.
    pub async fn simulate(&self, proposal: &Proposal) -> Result<Simulation, AccessError> {
        self.check_may(proposal).await?;
        proposal.check_size()?;
        if let Some(key) = proposal.revoke {
            self.check_may_revoke(key).await?;
        }
        let before = self.caller.policy().await?;
        let mut sitting = self.begin_reading().await?;
        let outlook = sitting.outlook(proposal).await;
        sitting.transaction.undo().await;
        let (turnover, after) = outlook?;
        let after = after.as_ref().unwrap_or(&before);

        let mut simulation = Simulation::default();
        for role in roles(&before, after, &turnover)? {
            let (incumbents, are_all) = self.of_role(&role).await?;
            if !are_all {
                simulation.partial.push(role.clone());
            }
            let turnover = turnover.of_role(&role);
            let earlier = Rights::of(turnover.joined(incumbents), &before);
            let later = Rights::of(turnover.applied(&earlier.incumbents), after);
            let effects = self.compare(&Subject::Role(role), &earlier, &later).await?;
            simulation.effects.extend(effects);
        }
        for incumbent in self.of_users(&proposal.users, turnover.users()).await? {
            let subject = Subject::User(incumbent.user);
            let earlier = Rights::of(vec![incumbent], &before);
            let later = Rights::of(turnover.applied(&earlier.incumbents), after);
            simulation
                .effects
                .extend(self.compare(&subject, &earlier, &later).await?);
        }
        // What was counted while rights changed is void.
        self.caller.confirm().await?;
        Ok(simulation)
    }

    /// Refuses at once what the caller may do nowhere.
    async fn check_may(&self, proposal: &Proposal) -> Result<(), AccessError> {
        let scope = self.caller.scope();
        let edits = |action| scope.writes(Kind::PolicyRule, action).is_some();
        let appoints = proposal.grant.is_some() || proposal.revoke.is_some();
        let may = (proposal.add.is_empty() || edits(Action::Create))
            && (proposal.remove.is_empty() || edits(Action::Deactivate))
            && (!appoints || scope.appoints)
            && (edits(Action::Create) || edits(Action::Deactivate) || scope.appoints);
        self.refuse_unless(may, REFUSED).await
    }
}

impl Proposal {
    fn check_size(&self) -> Result<(), AccessError> {
        let invalid = |problem: String| Err(AccessError::InvalidInput(problem));
        let lines = self.add.len() + self.remove.len();
        if lines == 0 && self.grant.is_none() && self.revoke.is_none() {
            return invalid("give something that would change".to_owned());
        }
        if lines > MOST_LINES {
            return invalid(format!(
                "`add` and `remove` hold {lines} lines; {MOST_LINES} are simulated at a time"
            ));
        }
        if self.users.len() > MOST_USERS {
            let users = self.users.len();
            return invalid(format!("`users` holds {users} ids; it takes {MOST_USERS}"));
        }
        let named = |appointment: &Appointment| matches!(appointment.holder, Holder::Named(_));
        if self.grant.as_ref().is_some_and(named) {
            return invalid("`grant` is simulated for a `user`, not for an `account`".to_owned());
        }
        Ok(())
    }
}

impl Sitting<'_> {
    /// The roles that would change hands, and the policy if it would be another.
    async fn outlook(
        &mut self,
        proposal: &Proposal,
    ) -> Result<(Turnover, Option<Policy>), AccessError> {
        let mut turnover = Turnover::default();
        if let Some(appointment) = &proposal.grant {
            self.judge_grant(appointment).await?;
            let user = self.judge_holder(appointment).await?;
            turnover.grant(user, self.binding_of(appointment).await?);
        }
        if let Some(key) = proposal.revoke {
            let revoked = self.judge_revoke(key, None).await?;
            turnover.revoke(revoked.user, revoked.role, key);
        }
        if proposal.add.is_empty() && proposal.remove.is_empty() {
            let policy = self.policy.clone();
            self.check_kept(&policy, &turnover).await?;
            return Ok((turnover, None));
        }
        let policy = self
            .judge_policy(&proposal.remove, &proposal.add, &turnover)
            .await?;
        Ok((turnover, Some(policy)))
    }
}

/// The roles for which something may change.
fn roles(
    before: &Policy,
    after: &Policy,
    turnover: &Turnover,
) -> Result<BTreeSet<String>, AccessError> {
    let known = before.roles.union(&after.roles);
    let differs = |role: &&String| {
        let mut kinds = Kind::ALL.iter();
        kinds.any(|kind| !before.says_alike(after, role, *kind))
    };
    let changed = known.filter(differs).map(String::as_str);
    let roles: BTreeSet<String> = changed.chain(turnover.roles()).map(str::to_owned).collect();
    match roles.len() > MOST_ROLES {
        true => Err(AccessError::InvalidInput(format!(
            "more than {MOST_ROLES} roles would be affected: simulate fewer lines at a time"
        ))),
        false => Ok(roles),
    }
}
