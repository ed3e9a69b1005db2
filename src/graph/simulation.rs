//! What a change of the policy or of somebody's roles would come to, before it is made.

use access::{AccessError, Capabilities, Effect, PolicyLine, Proposal, Simulation, Subject};
use async_graphql::{Context, ID, InputObject, InputType, SimpleObject};
use entity::policy_rule;

use super::{
    administration::administration,
    classification::Classification,
    explanation::AccessAction,
    id, node,
    policy_rule::PolicyRule,
    record::Record,
    role_binding::{GrantRoleInput, RoleBinding},
    user::User,
};

/// What might be changed: lines of the policy, roles, or both at once.
#[derive(InputObject)]
pub(crate) struct SimulatePolicyInput {
    /// Lines that the policy would have. With those of `remove`, 20 at most.
    #[graphql(default)]
    add: Vec<PolicyLineInput>,
    /// Global ids of lines that it would no longer have.
    #[graphql(default)]
    remove: Vec<ID>,
    /// A role that a `user` would hold, as if it were in force already.
    grant: Option<GrantRoleInput>,
    /// Global id of a role binding that would end at once.
    revoke: Option<ID>,
    /// Global ids of users to look at, 20 at most, besides the roles and those whose roles
    /// would change.
    #[graphql(default)]
    users: Vec<ID>,
}

/// A line that the policy would have.
#[derive(InputObject)]
pub(crate) struct PolicyLineInput {
    /// Section: `p`, `g` or `g2`.
    section: String,
    /// Its values in order, with their prefixes.
    values: Vec<String>,
}

/// What a change of the policy or of somebody's roles would come to.
#[derive(SimpleObject)]
pub(crate) struct PolicySimulation {
    /// For whom how many records would be gained and lost; nothing where none would.
    effects: Vec<PolicyEffect>,
    /// Roles of which only the first 100 bindings were looked at.
    partial: Vec<String>,
}

/// How many records of a type somebody would gain and lose, of those that you may open.
#[derive(SimpleObject)]
pub(crate) struct PolicyEffect {
    /// Everybody who holds this role, by it alone and as far as you may open their bindings;
    /// null of a user.
    role: Option<String>,
    /// Global id of a user, by all roles of theirs that you may open; null of a role.
    user: Option<ID>,
    /// Name of the records' type.
    type_name: &'static str,
    /// What could be done to them, or no longer.
    action: AccessAction,
    /// To which of their fields, which all change alike; empty of the records as a whole. What
    /// is read and revealed of fields is counted on records that are open before and after.
    fields: Vec<String>,
    /// How many would be gained.
    gained: i64,
    /// How many would be lost.
    lost: i64,
}

/// What one simulation weighs, among the counts of an operation: it counts for each role,
/// user and type.
pub(super) const COUNTS: usize = 16;

/// Tells what a proposal would come to.
pub(crate) async fn simulate(
    ctx: &Context<'_>,
    input: SimulatePolicyInput,
) -> Result<PolicySimulation, AccessError> {
    let simulated = administration(ctx).simulate(&input.proposal()?).await?;
    Ok(simulated.into())
}

impl SimulatePolicyInput {
    fn proposal(self) -> Result<Proposal, AccessError> {
        let keys = |type_: &str, ids: &[ID]| -> Result<Vec<i64>, AccessError> {
            ids.iter().map(|id| id::key_of(type_, id)).collect()
        };
        let add = self.add.into_iter().map(|line| PolicyLine {
            section: line.section,
            values: line.values,
        });
        let revoke = self.revoke.as_ref();
        Ok(Proposal {
            add: add.collect(),
            remove: keys(PolicyRule::NAME, &self.remove)?,
            grant: self.grant.map(GrantRoleInput::appointment).transpose()?,
            revoke: revoke
                .map(|id| id::key_of(RoleBinding::NAME, id))
                .transpose()?,
            users: keys(User::NAME, &self.users)?,
        })
    }
}

impl From<Simulation> for PolicySimulation {
    fn from(simulation: Simulation) -> PolicySimulation {
        PolicySimulation {
            effects: simulation.effects.into_iter().map(Into::into).collect(),
            partial: simulation.partial,
        }
    }
}

impl From<Effect> for PolicyEffect {
    fn from(effect: Effect) -> PolicyEffect {
        let (role, user) = match effect.subject {
            Subject::Role(role) => (Some(role), None),
            Subject::User(key) => (None, Some(id::encode(User::NAME, key))),
        };
        PolicyEffect {
            role,
            user,
            type_name: node::name(effect.kind),
            action: effect.deed.into(),
            fields: effect.fields,
            gained: effect.gained,
            lost: effect.lost,
        }
    }
}

/// Whether a caller may change the policy or give roles.
pub(super) fn is_used(caller: &Capabilities) -> bool {
    caller.makes::<policy_rule::Entity>()
        || caller.deactivates::<policy_rule::Entity>()
        || caller.appoints()
}

/// What of it a caller has a use for.
pub(super) fn classify(schema: &mut Classification) {
    let input = <SimulatePolicyInput as InputType>::type_name();
    schema
        .parts(input, is_used)
        .add("add", |caller| caller.makes::<policy_rule::Entity>())
        .add("remove", |caller| {
            caller.deactivates::<policy_rule::Entity>()
        })
        .add("grant", |caller| caller.appoints())
        .add("revoke", |caller| caller.appoints())
        .add("users", |_| true);
    let line = <PolicyLineInput as InputType>::type_name();
    schema.whole(line, |caller| caller.makes::<policy_rule::Entity>());
    schema.plain::<PolicySimulation>();
    schema.plain::<PolicyEffect>();
}
