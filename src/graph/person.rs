//! people: the type, its filter and its orders.

use entity::term::Sex;

use super::{
    employment::Employment,
    enrollment::Enrollment,
    record::{filter, order, record},
    staff_member::StaffMember,
    value::{TermFilter, TextFilter},
};

record! {
    /// A person: staff, student or expert.
    Person(person, PersonFilter, PersonOrder) {
        columns {
            /// Name.
            name: String = Name;
        }
        terms {
            /// Sex.
            sex: Sex = Sex;
        }
        one {
        }
        many {
            /// The person's professional record; at most one.
            staff_records: StaffMember = staff_member PersonId;
            /// Employments, present and past.
            employments: Employment = employment PersonId;
            /// Enrollments in programs.
            enrollments: Enrollment = enrollment PersonId;
        }
    }
}

filter! {
    /// Conditions on people.
    PersonFilter for Person(person) {
        values {
            /// Name.
            name: TextFilter = Name;
            /// Sex.
            sex: TermFilter<Sex> = Sex;
        }
        one {
        }
        many {
        }
    }
}

order! {
    /// Orders of lists of people.
    PersonOrder for person {
        /// By name.
        NameAsc NameDesc = Name;
    }
}
