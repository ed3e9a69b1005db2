//! The root of all mutations.

use async_graphql::{InputType, MergedObject};

use super::{
    change::DeactivateInput,
    classification::Classification,
    employment::EmploymentChanges,
    enrollment::{EnrollmentChanges, EnrollmentCreation},
    facility::{FacilityChanges, FacilityCreation},
    partnership_activity::{PartnershipActivityChanges, PartnershipActivityCreation},
    partnership_project::{PartnershipProjectChanges, PartnershipProjectCreation},
    person::PersonChanges,
    policy_rule::PolicyRuleChanges,
    program::{ProgramChanges, ProgramCreation},
    reveal::Reveal,
    role_binding::RoleBindingChanges,
    staff_member::StaffMemberChanges,
    stage::{StageChanges, StageCreation},
    user::UserChanges,
};

/// The name of its type.
pub(super) const MUTATION: &str = "Mutation";

// In groups: of one long list the compiler would have to look deeper with each part.
macro_rules! mutations {
    ($($(#[$doc:meta])* $group:ident { $($part:ident,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(MergedObject, Default)]
            pub(crate) struct $group($($part,)*);
        )*

        /// The root of all mutations.
        #[derive(MergedObject, Default)]
        pub(crate) struct Mutation($($group,)*);

        /// What each of the mutations takes of a caller's rights.
        pub(super) fn classify(schema: &mut Classification) {
            schema.whole(<DeactivateInput as InputType>::type_name(), |_| true);
            $($($part::classify(schema);)*)*
        }
    };
}

mutations! {
    /// Of facilities, and of who works there.
    Workforce {
        Reveal,
        FacilityCreation,
        FacilityChanges,
        PersonChanges,
        StaffMemberChanges,
        EmploymentChanges,
    }
    /// Of programs, and of who is in them.
    Programs {
        ProgramCreation,
        ProgramChanges,
        StageCreation,
        StageChanges,
        EnrollmentCreation,
        EnrollmentChanges,
    }
    /// Of partnership projects.
    Partnerships {
        PartnershipProjectCreation,
        PartnershipProjectChanges,
        PartnershipActivityCreation,
        PartnershipActivityChanges,
    }
    /// Of rights.
    Rights {
        UserChanges,
        RoleBindingChanges,
        PolicyRuleChanges,
    }
}
