//! policy lines: the type, its filter and its orders, and what adds and removes them.

use access::{AccessError, Administration, PolicyLine};
use async_graphql::{Context, ID, InputObject, InputType, Object, SimpleObject};
use entity::policy_rule;

use super::{
    administration::{administered, administration},
    classification::Classification,
    error::{Gated, visible},
    id,
    mutation::MUTATION,
    reason::reason,
    record::{Record, filter, order, record},
    value::TextFilter,
};

record! {
    /// One line of the policy.
    PolicyRule(policy_rule, PolicyRuleFilter, PolicyRuleOrder) {
        columns {
            /// Section: `p` gives or refuses, `g` has a role inherit another, `g2` puts a resource, a column or a role into a group.
            ptype: String = Ptype;
            /// First value: role, or the member of a group.
            v0: String = V0;
            /// Second value: resource, or the group.
            v1: String = V1;
            /// Third value of a `p` line: action.
            v2: String = V2;
            /// Fourth value of a `p` line: scope kind.
            v3: String = V3;
            /// Fifth value of a `p` line: column group, or the group of roles that are granted.
            v4: String = V4;
            /// Sixth value of a `p` line: effect.
            v5: String = V5;
        }
    }
}

filter! {
    /// Conditions on policy lines.
    PolicyRuleFilter for PolicyRule(policy_rule) {
        values {
            /// Section.
            ptype: TextFilter = Ptype;
            /// First value.
            v0: TextFilter = V0;
            /// Second value.
            v1: TextFilter = V1;
        }
    }
}

order! {
    /// Orders of lists of policy lines.
    PolicyRuleOrder for policy_rule {
        /// By first value.
        V0Asc V0Desc = V0;
    }
}

/// A line that the policy is to have.
#[derive(InputObject)]
pub(crate) struct AddPolicyRuleInput {
    /// Section: `p`, `g` or `g2`.
    section: String,
    /// Its values in order, with their prefixes: of a `p` line `role:steward`,
    /// `res:facility`, `read`, `subtree`, `cols:all`, `allow`.
    values: Vec<String>,
    /// Why, in 4 to 500 characters; auditors read it.
    reason: String,
}

/// Which policy line is to be removed, and why.
#[derive(InputObject)]
pub(crate) struct RemovePolicyRuleInput {
    /// Global id of the line.
    id: ID,
    /// Why, in 4 to 500 characters; auditors read it.
    reason: String,
}

/// What was added.
pub(crate) struct AddPolicyRulePayload(i64);

/// What was added.
#[Object]
impl AddPolicyRulePayload {
    /// The line; null where the policy is no more yours to read.
    async fn rule(&self, ctx: &Context<'_>) -> Gated<PolicyRule> {
        administered(ctx, self.0).await
    }
}

/// What was removed.
#[derive(SimpleObject)]
pub(crate) struct RemovePolicyRulePayload {
    /// Global id that the line had.
    id: ID,
}

#[derive(Default)]
pub(crate) struct PolicyRuleChanges;

#[Object]
impl PolicyRuleChanges {
    /// Adds a line to the policy, if the policy holds together with it and somebody is left
    /// who may change it. It is in force for everyone with their next operation.
    async fn add_policy_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line, and why.")] input: AddPolicyRuleInput,
    ) -> Option<async_graphql::Result<AddPolicyRulePayload>> {
        Some(add(administration(ctx), input).await.map_err(visible))
    }

    /// Removes a line of the policy, if the policy holds together without it and somebody
    /// is left who may change it.
    async fn remove_policy_rule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which line, and why.")] input: RemovePolicyRuleInput,
    ) -> Option<async_graphql::Result<RemovePolicyRulePayload>> {
        Some(remove(administration(ctx), input).await.map_err(visible))
    }
}

async fn add(
    administration: Administration,
    input: AddPolicyRuleInput,
) -> Result<AddPolicyRulePayload, AccessError> {
    let reason = reason("reason", &input.reason)?;
    let line = PolicyLine {
        section: input.section,
        values: input.values,
    };
    let key = administration.add_rule(&line, &reason).await?;
    Ok(AddPolicyRulePayload(key))
}

async fn remove(
    administration: Administration,
    input: RemovePolicyRuleInput,
) -> Result<RemovePolicyRulePayload, AccessError> {
    let key = id::key_of(PolicyRule::NAME, &input.id)?;
    let reason = reason("reason", &input.reason)?;
    administration.remove_rule(key, &reason).await?;
    Ok(RemovePolicyRulePayload { id: input.id })
}

impl PolicyRuleChanges {
    /// What each of them takes of a caller's rights.
    pub(super) fn classify(schema: &mut Classification) {
        let mutations = schema.parts(MUTATION, |_| true);
        mutations
            .add("addPolicyRule", |caller| {
                caller.makes::<policy_rule::Entity>()
            })
            .add("removePolicyRule", |caller| {
                caller.deactivates::<policy_rule::Entity>()
            });
        let add = <AddPolicyRuleInput as InputType>::type_name();
        schema.whole(add, |caller| caller.makes::<policy_rule::Entity>());
        let remove = <RemovePolicyRuleInput as InputType>::type_name();
        schema.whole(remove, |caller| caller.deactivates::<policy_rule::Entity>());
        schema.plain::<AddPolicyRulePayload>();
        schema.plain::<RemovePolicyRulePayload>();
    }
}
