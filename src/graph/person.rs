//! people: the type, its filter and its orders.

use entity::term::{IdentityKind, Sex};

use super::{
    change::changes,
    employment::Employment,
    enrollment::Enrollment,
    record::{filter, order, record},
    scalar::PersonalText,
    staff_member::StaffMember,
    value::{ExactFilter, TermFilter, TextFilter},
};

record! {
    /// A person: staff, student or expert.
    Person(person, PersonFilter, PersonOrder) {
        columns {
            /// Name.
            name: PersonalText = Name;
            /// 身份证件号码: number of the identity document.
            identity_number: PersonalText = IdentityNumber;
            /// 联系电话: telephone number.
            phone: PersonalText = Phone;
            /// 出生日期: date of birth, as `1985-03-21`; masked, it is `1985-**-**`.
            birth_date: PersonalText = BirthDate;
        }
        kept { version active }
        terms {
            /// Sex.
            sex: Sex = Sex;
            /// 身份证件种类: what identity document the number is of.
            identity_kind: IdentityKind = IdentityKind;
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
            /// Kind of identity document.
            identity_kind: TermFilter<IdentityKind> = IdentityKind;
            /// Number of the identity document.
            identity_number: ExactFilter = IdentityNumber;
            /// Telephone number.
            phone: ExactFilter = Phone;
            /// Date of birth, as `1985-03-21`.
            birth_date: ExactFilter = BirthDate;
        }
        kept { active }
    }
}

order! {
    /// Orders of lists of people.
    PersonOrder for person {
        /// By name.
        NameAsc NameDesc = Name;
    }
}

changes! {
    PersonChanges of Person(person) gives PersonPayload { person } {
        /// Changes a person.
        update_person(UpdatePersonInput);
        /// Takes a person out of use: the record was an error, or there are two of them.
        deactivate_person;
    }
    needed {
        values {
            /// Name, in 1 to 200 characters.
            name: String = Name;
        }
        terms {
            /// Sex.
            sex: Sex = Sex;
        }
    }
    optional {
        values {
            /// Number of the identity document, 4 to 40 letters, digits, brackets and hyphens.
            identity_number: String = IdentityNumber;
            /// Telephone number, 4 to 30 digits, blanks, hyphens and a plus sign.
            phone: String = Phone;
            /// Date of birth, as `1985-03-21`.
            birth_date: String = BirthDate;
        }
        terms {
            /// What identity document the number is of.
            identity_kind: IdentityKind = IdentityKind;
        }
    }
    made by PersonCreation {
        /// Registers a person. Whether another has the same identity number is not told: it is
        /// masked.
        create_person(CreatePersonInput);
    }
}
