//! role bindings: the type, its filter and its orders.

use chrono::{DateTime, Utc};

use super::{
    division::Division,
    facility::Facility,
    partnership_project::PartnershipProject,
    program::Program,
    record::{filter, order, record},
    user::User,
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
        terms {
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
        many {
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
        one {
        }
        many {
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
