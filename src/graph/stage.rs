//! stages: the type, its filter and its orders.

use super::{
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
        terms {
        }
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
