//! enrollments: the type, its filter and its orders.

use async_graphql::{Context, Object, OutputType};
use chrono::NaiveDate;
use entity::term::EnrollmentStatus;
use entity::{enrollment, facility, stage};

use super::{
    change::changes,
    classification::Classification,
    division::Division,
    error::Gated,
    facility::{Facility, FacilityFilter},
    member::Member,
    person::{Person, PersonFilter},
    program::{Program, ProgramFilter},
    record::{filter, order, record},
    scalar::PersonalText,
    stage::{Stage, StageFilter},
    statistics::statistics,
    value::{DateFilter, DivisionScopeFilter, NumberFilter, TermFilter, TextFilter},
};

/// What a program's host may know of a participant: name, facility and stage,
/// and nothing else of the person.
pub(crate) struct Participant(Member<enrollment::Entity>);

/// What a program's host may know of a participant.
#[Object]
impl Participant {
    /// Name.
    async fn name(&self) -> Gated<PersonalText> {
        self.0.value(enrollment::Column::ParticipantName)
    }

    /// Facility at entry; null for a student.
    async fn facility(&self, ctx: &Context<'_>) -> Gated<Facility> {
        self.0.one(ctx, enrollment::Column::FacilityId).await
    }

    /// Furthest stage reached.
    async fn stage(&self, ctx: &Context<'_>) -> Gated<Stage> {
        self.0.one(ctx, enrollment::Column::StageId).await
    }
}

impl Participant {
    /// What each of the fields takes of a caller's rights: columns of the enrollment.
    pub(super) fn classify(schema: &mut Classification) {
        use enrollment::{Column, Entity};

        let parts = schema.parts(Participant::type_name(), |_| true);
        parts
            .add("name", |caller| {
                caller.shows::<Entity>(Column::ParticipantName)
            })
            .add("facility", |caller| {
                caller.shows::<Entity>(Column::FacilityId) && caller.opens::<facility::Entity>()
            })
            .add("stage", |caller| {
                caller.shows::<Entity>(Column::StageId) && caller.opens::<stage::Entity>()
            });
    }
}

record! {
    /// A person in a program.
    Enrollment(enrollment, EnrollmentFilter, EnrollmentOrder) {
        columns {
            /// Day of entry.
            entered_on: NaiveDate = EnteredOn;
            /// Day of completion or withdrawal.
            ended_on: NaiveDate = EndedOn;
            /// Score in points of 100, where one was given.
            score: i32 = Score;
        }
        kept { version active }
        terms {
            /// How far it has come.
            status: EnrollmentStatus = Status;
        }
        one {
            /// The program.
            program: Program = ProgramId;
            /// Furthest stage reached.
            stage: Stage = StageId;
            /// The person, for who holds the person's record.
            person: Person = PersonId;
            /// The person's facility at entry; null for a student.
            facility: Facility = FacilityId;
            /// Division fixed at entry: the facility's administering one, else the contract county, else the program's.
            division: Division = DivisionId;
        }
    }
    also participant = ParticipantName {
        /// What a program's host may know of the participant.
        async fn participant(&self) -> Participant {
            Participant(self.0.clone())
        }
    }
}

filter! {
    /// Conditions on enrollments.
    EnrollmentFilter for Enrollment(enrollment) {
        values {
            /// The participant's name.
            participant_name: TextFilter = ParticipantName;
            /// How far it has come.
            status: TermFilter<EnrollmentStatus> = Status;
            /// Division fixed at entry.
            division: DivisionScopeFilter = DivisionId;
            /// Day of entry.
            entered_on: DateFilter = EnteredOn;
            /// Day of completion or withdrawal.
            ended_on: DateFilter = EndedOn;
            /// Score.
            score: NumberFilter = Score;
        }
        kept { active }
        one {
            /// The program.
            program: ProgramFilter = ProgramId;
            /// Furthest stage reached.
            stage: StageFilter = StageId;
            /// The person's facility at entry.
            facility: FacilityFilter = FacilityId;
            /// The person.
            person: PersonFilter = PersonId;
        }
    }
}

order! {
    /// Orders of lists of enrollments.
    EnrollmentOrder for enrollment {
        /// By the participant's name.
        ParticipantNameAsc ParticipantNameDesc = ParticipantName;
        /// By day of entry.
        EnteredOnAsc EnteredOnDesc = EnteredOn;
        /// By score.
        ScoreAsc ScoreDesc = Score;
    }
}

statistics! {
    /// How many enrollments of a division have a term in common. They count in the
    /// division that was fixed at entry; a person in two programs counts twice.
    EnrollmentCount of Enrollment(enrollment) at DivisionId,
    /// What enrollments are told apart by in statistics.
    by EnrollmentDimension {
        /// How far it has come.
        Status, status: EnrollmentStatus = Status;
    }
}

changes! {
    EnrollmentChanges of Enrollment(enrollment) gives EnrollmentPayload { enrollment } {
        /// Changes an enrollment.
        update_enrollment(UpdateEnrollmentInput);
        /// Takes an enrollment out of use: it was an error, or is of no concern any more.
        deactivate_enrollment;
    }
    needed {
        terms {
            /// How far it has come.
            status: EnrollmentStatus = Status;
        }
    }
    optional {
        values {
            /// Day of completion or withdrawal, not before that of entry.
            ended_on: NaiveDate = EndedOn;
            /// Score in points of 100.
            score: i32 = Score;
        }
        links {
            /// Furthest stage reached, a stage of the same program.
            stage: Stage = StageId;
        }
    }
    made by EnrollmentCreation {
        /// Enrolls a person in a program. The enrollment belongs to the division that
        /// administers the person's facility, else to the contract county, else to the
        /// program's division.
        create_enrollment(CreateEnrollmentInput);
        fixed {
            values {
                /// Day of entry.
                entered_on: NaiveDate = EnteredOn;
            }
            links {
                /// The program.
                program: Program = ProgramId;
                /// The person.
                person: Person = PersonId;
            }
            optional {
                /// The person's facility at entry; none for a student.
                facility: Facility = FacilityId;
                /// Contract county of a student; not together with a facility.
                division: Division = DivisionId;
            }
        }
    }
}
