//! users: the type, its filter and its orders.

use super::{
    organization::Organization,
    record::{filter, order, record},
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
        terms {
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
        one {
        }
        many {
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
