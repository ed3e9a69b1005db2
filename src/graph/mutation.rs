//! The root of all mutations.

use async_graphql::MergedObject;

use super::{
    change::DeactivateInput, classification::Classification, enrollment::EnrollmentChanges,
    facility::FacilityChanges, partnership_activity::PartnershipActivityChanges,
    partnership_project::PartnershipProjectChanges, program::ProgramChanges, reveal::Reveal,
    stage::StageChanges,
};

/// The root of all mutations.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(
    Reveal,
    FacilityChanges,
    ProgramChanges,
    StageChanges,
    EnrollmentChanges,
    PartnershipProjectChanges,
    PartnershipActivityChanges,
);

/// The name of its type.
pub(super) const MUTATION: &str = "Mutation";

/// What each of the mutations takes of a caller's rights.
pub(super) fn classify(schema: &mut Classification) {
    schema.whole(
        <DeactivateInput as async_graphql::InputType>::type_name(),
        |_| true,
    );
    Reveal::classify(schema);
    FacilityChanges::classify(schema);
    ProgramChanges::classify(schema);
    StageChanges::classify(schema);
    EnrollmentChanges::classify(schema);
    PartnershipProjectChanges::classify(schema);
    PartnershipActivityChanges::classify(schema);
}
