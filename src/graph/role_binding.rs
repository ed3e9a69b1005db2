//! role bindings: the type, its filter and its orders, and what gives and takes back a role.

use access::{AccessError, Administration, Appointment, HeldAt, Holder};
use async_graphql::{Context, ID, InputObject, InputType, Object};
use chrono::{DateTime, Utc};
use entity::role_binding;

use super::{
    administration::{administered, administration},
    classification::Classification,
    division::Division,
    error::{Gated, invalid, visible},
    facility::Facility,
    id,
    mutation::MUTATION,
    partnership_project::PartnershipProject,
    program::Program,
    reason::reason,
    record::{Record, filter, order, record},
    user::{CreateUserInput, User},
    value::{DivisionScopeFilter, InstantFilter, TextFilter},
};

record! {
    /// A role that a user holds at exactly one target, for a time.
    RoleBinding(role_binding, RoleBindingFilter, RoleBindingOrder) {
        columns {
            /// The role.
            role: String = Role;
            /// First instant in force; null means always so far.
            valid_from: DateTime<Utc> = ValidFrom;
            /// First instant no longer in force; null means without end.
            valid_until: DateTime<Utc> = ValidUntil;
        }
        one {
            /// Who holds it.
            user: User = UserId;
            /// Target: a division and all below it.
            division: Division = DivisionId;
            /// Target: a facility.
            facility: Facility = FacilityId;
            /// Target: a program and all below it.
            program: Program = ProgramId;
            /// Target: a partnership project and all below it.
            partnership: PartnershipProject = PartnershipId;
        }
    }
}

filter! {
    /// Conditions on role bindings.
    RoleBindingFilter for RoleBinding(role_binding) {
        values {
            /// The role.
            role: TextFilter = Role;
            /// Target: a division.
            division: DivisionScopeFilter = DivisionId;
            /// First instant in force.
            valid_from: InstantFilter = ValidFrom;
            /// First instant no longer in force.
            valid_until: InstantFilter = ValidUntil;
        }
    }
}

order! {
    /// Orders of lists of role bindings.
    RoleBindingOrder for role_binding {
        /// By role.
        RoleAsc RoleDesc = Role;
    }
}

/// A role that somebody is to hold.
#[derive(InputObject)]
pub(crate) struct GrantRoleInput {
    /// Global id of the user who is to hold it, if you may open that one.
    user: Option<ID>,
    /// Or whose account is to hold it: the one of this issuer and subject, which is made if
    /// there is none, and otherwise stays as it is.
    account: Option<CreateUserInput>,
    /// The role, as the policy names it, without the prefix: `steward`.
    role: String,
    /// Where it is held: a division and all below it. Give exactly one place.
    division: Option<ID>,
    /// Where it is held: a facility.
    facility: Option<ID>,
    /// Where it is held: a program and all below it.
    program: Option<ID>,
    /// Where it is held: a partnership project and all below it.
    partnership: Option<ID>,
    /// First instant in force; from now on where it is left out.
    valid_from: Option<DateTime<Utc>>,
    /// First instant no longer in force; without end where it is left out.
    valid_until: Option<DateTime<Utc>>,
}

impl GrantRoleInput {
    pub(crate) fn appointment(self) -> Result<Appointment, AccessError> {
        let holder = match (self.user, self.account) {
            (Some(user), None) => Holder::Known(id::key_of(User::NAME, &user)?),
            (None, Some(account)) => Holder::Named(account.account()?),
            _ => return Err(invalid("give either `user` or `account`")),
        };
        let mut given = Vec::new();
        if let Some(id) = self.division {
            given.push(HeldAt::Division(id::key_of(Division::NAME, &id)?));
        }
        if let Some(id) = self.facility {
            given.push(HeldAt::Facility(id::key_of(Facility::NAME, &id)?));
        }
        if let Some(id) = self.program {
            given.push(HeldAt::Program(id::key_of(Program::NAME, &id)?));
        }
        if let Some(id) = self.partnership {
            given.push(HeldAt::Partnership(id::key_of(
                PartnershipProject::NAME,
                &id,
            )?));
        }
        let [at] = given[..] else {
            return Err(invalid(
                "give exactly one of `division`, `facility`, `program` and `partnership`",
            ));
        };
        Ok(Appointment {
            holder,
            role: self.role,
            at,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        })
    }
}

/// Which role is to be taken back, when and why.
#[derive(InputObject)]
pub(crate) struct RevokeRoleInput {
    /// Global id of the role binding.
    id: ID,
    /// First instant at which it is no longer in force; at once where it is left out.
    at: Option<DateTime<Utc>>,
    /// Why, in 4 to 500 characters; auditors read it.
    reason: String,
}

/// What was done.
pub(crate) struct RoleBindingPayload(i64);

/// What was done.
#[Object]
impl RoleBindingPayload {
    /// The role binding as it is now; null where it is no more yours to open.
    async fn binding(&self, ctx: &Context<'_>) -> Gated<RoleBinding> {
        administered(ctx, self.0).await
    }
}

#[derive(Default)]
pub(crate) struct RoleBindingChanges;

#[Object]
impl RoleBindingChanges {
    /// Gives a role to somebody, at a place within your own and for a time. Rights change
    /// with the next operation of whoever holds it.
    async fn grant_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to hold which role, where and when.")] input: GrantRoleInput,
    ) -> Option<async_graphql::Result<RoleBindingPayload>> {
        Some(grant(administration(ctx), input).await.map_err(visible))
    }

    /// Takes a role back that is yours to give, or gives up your own, at once or at an
    /// instant ahead. The binding stays and tells until when it was held.
    async fn revoke_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, when and why.")] input: RevokeRoleInput,
    ) -> Option<async_graphql::Result<RoleBindingPayload>> {
        Some(revoke(administration(ctx), input).await.map_err(visible))
    }
}

async fn grant(
    administration: Administration,
    input: GrantRoleInput,
) -> Result<RoleBindingPayload, AccessError> {
    let key = administration.grant(&input.appointment()?).await?;
    Ok(RoleBindingPayload(key))
}

async fn revoke(
    administration: Administration,
    input: RevokeRoleInput,
) -> Result<RoleBindingPayload, AccessError> {
    let key = id::key_of(RoleBinding::NAME, &input.id)?;
    let reason = reason("reason", &input.reason)?;
    administration.revoke(key, input.at, &reason).await?;
    Ok(RoleBindingPayload(key))
}

impl RoleBindingChanges {
    /// What each of them takes of a caller's rights.
    pub(super) fn classify(schema: &mut Classification) {
        let mutations = schema.parts(MUTATION, |_| true);
        mutations
            .add("grantRole", |caller| caller.appoints())
            .add("revokeRole", |caller| {
                caller.opens::<role_binding::Entity>()
            });
        let grant = <GrantRoleInput as InputType>::type_name();
        schema.whole(grant, |caller| caller.appoints());
        let revoke = <RevokeRoleInput as InputType>::type_name();
        schema.whole(revoke, |caller| caller.opens::<role_binding::Entity>());
        schema.plain::<RoleBindingPayload>();
    }
}
