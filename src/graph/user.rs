//! users: the type, its filter and its orders, and what makes and disables them.

use access::{AccessError, Administration, NewAccount};
use async_graphql::{Context, ID, InputObject, InputType, Object};
use entity::app_user;

use super::{
    administration::{administered, administration},
    classification::Classification,
    error::{Gated, visible},
    id,
    mutation::MUTATION,
    organization::Organization,
    reason::reason,
    record::{Record, filter, order, record},
    role_binding::RoleBinding,
    value::{BooleanFilter, TextFilter},
};

record! {
    /// Someone who may call: an (issuer, subject) pair of a token.
    User(app_user, UserFilter, UserOrder) {
        columns {
            /// Issuer of the tokens (`iss`).
            issuer: String = Issuer;
            /// Subject of the tokens (`sub`).
            subject: String = Subject;
            /// Name to show.
            name: String = Name;
            /// A user that is not active is refused.
            active: bool = Active;
        }
        one {
            /// The organization that the user acts for. A sponsor sees its own part
            /// in a project, and no other company's.
            organization: Organization = OrganizationId;
        }
        many {
            /// Roles that the user holds.
            bindings: RoleBinding = role_binding UserId;
        }
    }
}

filter! {
    /// Conditions on users.
    UserFilter for User(app_user) {
        values {
            /// Issuer.
            issuer: TextFilter = Issuer;
            /// Subject.
            subject: TextFilter = Subject;
            /// Name.
            name: TextFilter = Name;
            /// Active.
            active: BooleanFilter = Active;
        }
    }
}

order! {
    /// Orders of lists of users.
    UserOrder for app_user {
        /// By name.
        NameAsc NameDesc = Name;
    }
}

/// An account to be made.
#[derive(InputObject)]
pub(crate) struct CreateUserInput {
    /// Issuer of its tokens (`iss`).
    issuer: String,
    /// Subject of its tokens (`sub`), as the issuer knows it.
    subject: String,
    /// Name to show, in 1 to 200 characters.
    name: String,
    /// The organization that the account acts for.
    organization: Option<ID>,
}

impl CreateUserInput {
    pub(crate) fn account(self) -> Result<NewAccount, AccessError> {
        let organization = self.organization.as_ref();
        let organization = organization.map(|id| id::key_of(Organization::NAME, id));
        Ok(NewAccount {
            issuer: self.issuer,
            subject: self.subject,
            name: self.name,
            organization: organization.transpose()?,
        })
    }
}

/// Which account is to be disabled or enabled, and why.
#[derive(InputObject)]
pub(crate) struct SwitchUserInput {
    /// Global id of the user.
    id: ID,
    /// Why, in 4 to 500 characters; auditors read it.
    reason: String,
}

/// What was done.
pub(crate) struct UserPayload(i64);

/// What was done.
#[Object]
impl UserPayload {
    /// The account as it is now; null as long as it holds no role where it would be yours
    /// to open.
    async fn user(&self, ctx: &Context<'_>) -> Gated<User> {
        administered(ctx, self.0).await
    }
}

#[derive(Default)]
pub(crate) struct UserChanges;

#[Object]
impl UserChanges {
    /// Makes an account for whoever the issuer's tokens name. It holds no role yet. Where
    /// there is one that you may not open, it stays as it is, and the answer is the same.
    async fn create_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose account is to be made.")] input: CreateUserInput,
    ) -> Option<async_graphql::Result<UserPayload>> {
        Some(create(administration(ctx), input).await.map_err(visible))
    }

    /// Disables an account all of whose roles are yours to take back: its tokens are
    /// refused from then on.
    async fn disable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account, and why.")] input: SwitchUserInput,
    ) -> Option<async_graphql::Result<UserPayload>> {
        Some(
            switch(administration(ctx), input, false)
                .await
                .map_err(visible),
        )
    }

    /// Enables an account that was disabled, with the roles that it holds.
    async fn enable_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account, and why.")] input: SwitchUserInput,
    ) -> Option<async_graphql::Result<UserPayload>> {
        Some(
            switch(administration(ctx), input, true)
                .await
                .map_err(visible),
        )
    }
}

async fn create(
    administration: Administration,
    input: CreateUserInput,
) -> Result<UserPayload, AccessError> {
    let key = administration.create_user(&input.account()?).await?;
    Ok(UserPayload(key))
}

async fn switch(
    administration: Administration,
    input: SwitchUserInput,
    active: bool,
) -> Result<UserPayload, AccessError> {
    let key = id::key_of(User::NAME, &input.id)?;
    let reason = reason("reason", &input.reason)?;
    match active {
        true => administration.enable_user(key, &reason).await?,
        false => administration.disable_user(key, &reason).await?,
    }
    Ok(UserPayload(key))
}

impl UserChanges {
    /// What each of them takes of a caller's rights.
    pub(super) fn classify(schema: &mut Classification) {
        let input = <CreateUserInput as InputType>::type_name();
        schema
            .creation::<User>("create_user", input)
            .column("issuer", app_user::Column::Issuer)
            .column("subject", app_user::Column::Subject)
            .column("name", app_user::Column::Name)
            .column("organization", app_user::Column::OrganizationId);
        let mutations = schema.parts(MUTATION, |_| true);
        mutations
            .add("disableUser", |caller| {
                caller.deactivates::<app_user::Entity>()
            })
            .add("enableUser", |caller| {
                caller.deactivates::<app_user::Entity>()
            });
        let input = <SwitchUserInput as InputType>::type_name();
        schema.whole(input, |caller| caller.deactivates::<app_user::Entity>());
        schema.plain::<UserPayload>();
    }
}
