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
    program::{ProgramChanges, ProgramCreation},
    reveal::Reveal,
    staff_member::StaffMemberChanges,
    stage::{StageChanges, StageCreation},
};

/// The name of its type.
pub(super) const MUTATION: &str = "Mutation";

macro_rules! mutations {
    ($($part:ident,)*) => {
        /// The root of all mutations.
        #[derive(MergedObject, Default)]
        pub(crate) struct Mutation($($part,)*);

        /// What each of the mutations takes of a caller's rights.
        pub(super) fn classify(schema: &mut Classification) {
            schema.whole(<DeactivateInput as InputType>::type_name(), |_| true);
            $($part::classify(schema);)*
        }
    };
}

mutations! {
    Reveal,
    FacilityCreation,
    FacilityChanges,
    PersonChanges,
    StaffMemberChanges,
    EmploymentChanges,
    ProgramCreation,
    ProgramChanges,
    StageCreation,
    StageChanges,
    EnrollmentCreation,
    EnrollmentChanges,
    PartnershipProjectCreation,
    PartnershipProjectChanges,
    PartnershipActivityCreation,
    PartnershipActivityChanges,
}
