//! stages: the type, its filter and its orders.

use super::{
    change::changes,
    division::Division,
    enrollment::{Enrollment, EnrollmentFilter},
    program::{Program, ProgramFilter},
    record::{filter, order, record},
    value::{DivisionScopeFilter, NumberFilter, TextFilter},
};

record! {
    /// An ordered stage of a program.
    Stage(stage, StageFilter, StageOrder) {
        columns {
            /// Place in the order, from 1.
            ordinal: i32 = Ordinal;
            /// Name.
            name: String = Name;
        }
        kept { version active }
        one {
            /// The program.
            program: Program = ProgramId;
            /// Division that runs the program.
            division: Division = DivisionId;
        }
        many {
            /// Enrollments that came this far and no further yet.
            enrollments: Enrollment = enrollment StageId;
        }
    }
}

filter! {
    /// Conditions on stages.
    StageFilter for Stage(stage) {
        values {
            /// Place in the order.
            ordinal: NumberFilter = Ordinal;
            /// Name.
            name: TextFilter = Name;
            /// Division that runs the program.
            division: DivisionScopeFilter = DivisionId;
        }
        kept { active }
        one {
            /// The program.
            program: ProgramFilter = ProgramId;
        }
        many {
            /// Enrollments that came this far.
            enrollments: EnrollmentFilter = enrollment StageId;
        }
    }
}

order! {
    /// Orders of lists of stages.
    StageOrder for stage {
        /// By place in the program.
        OrdinalAsc OrdinalDesc = Ordinal;
        /// By name.
        NameAsc NameDesc = Name;
    }
}

changes! {
    StageChanges of Stage(stage) gives StagePayload { stage } {
        /// Changes a stage.
        update_stage(UpdateStageInput);
        /// Takes a stage out of use: who came that far stays there.
        deactivate_stage;
    }
    needed {
        values {
            /// Place in the order, 1 to 1,000, unique in the program.
            ordinal: i32 = Ordinal;
            /// Name, in 1 to 200 characters.
            name: String = Name;
        }
    }
    made by StageCreation {
        /// Adds a stage to a program.
        create_stage(CreateStageInput);
        fixed {
            links {
                /// The program.
                program: Program = ProgramId;
            }
        }
    }
}
