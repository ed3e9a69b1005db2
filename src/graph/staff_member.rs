//! staff: the type, its filter and its orders.

use entity::term::{Education, KeyPost, ProfessionCategory, Title};

use super::{
    change::changes,
    division::Division,
    employment::{Employment, EmploymentFilter},
    facility::{Facility, FacilityFilter},
    person::{Person, PersonFilter},
    record::{filter, order, record},
    scalar::PersonalText,
    statistics::statistics,
    value::{DivisionScopeFilter, TermFilter, TextFilter},
};

record! {
    /// 卫生人员: a person's professional record, at the facility of the one current main employment.
    StaffMember(staff_member, StaffMemberFilter, StaffMemberOrder) {
        columns {
            /// Name.
            name: PersonalText = Name;
        }
        kept { version active }
        terms {
            /// 从事专业类别: profession category.
            profession_category: ProfessionCategory = ProfessionCategory;
            /// 学历: highest education.
            education: Education = Education;
            /// Title assessed (评).
            title: Title = Title;
            /// Key post of the main employment.
            key_post: KeyPost = KeyPost;
        }
        one {
            /// The person.
            person: Person = PersonId;
            /// Worksite of the main employment.
            facility: Facility = FacilityId;
            /// Current main employment; after leaving, the last one.
            main_employment: Employment = MainEmploymentId;
            /// Division that administers the facility, and so holds the record.
            administered_by: Division = AdministeredBy;
            /// Division where the facility stands.
            located_in: Division = LocatedIn;
        }
    }
}

filter! {
    /// Conditions on staff.
    StaffMemberFilter for StaffMember(staff_member) {
        values {
            /// Name.
            name: TextFilter = Name;
            /// Profession category.
            profession_category: TermFilter<ProfessionCategory> = ProfessionCategory;
            /// Highest education.
            education: TermFilter<Education> = Education;
            /// Title assessed.
            title: TermFilter<Title> = Title;
            /// Key post.
            key_post: TermFilter<KeyPost> = KeyPost;
            /// Who administers the facility.
            administered_by: DivisionScopeFilter = AdministeredBy;
            /// Where the facility stands.
            located_in: DivisionScopeFilter = LocatedIn;
        }
        kept { active }
        one {
            /// Worksite of the main employment.
            facility: FacilityFilter = FacilityId;
            /// The person.
            person: PersonFilter = PersonId;
            /// The main employment.
            main_employment: EmploymentFilter = MainEmploymentId;
        }
    }
}

order! {
    /// Orders of lists of staff.
    StaffMemberOrder for staff_member {
        /// By name.
        NameAsc NameDesc = Name;
    }
}

statistics! {
    /// How many staff of a division have a term in common. Heads are counted at the main
    /// site: where the facility of the main employment stands.
    StaffCount of StaffMember(staff_member) at LocatedIn,
    /// What staff are told apart by in statistics.
    by StaffDimension {
        /// Profession category.
        ProfessionCategory, profession_category: ProfessionCategory = ProfessionCategory;
        /// Title assessed.
        Title, title: Title = Title;
        /// Highest education.
        Education, education: Education = Education;
        /// Key post of the main employment.
        KeyPost, key_post: KeyPost = KeyPost;
    }
}

changes! {
    StaffMemberChanges of StaffMember(staff_member) gives StaffMemberPayload { staff_member } {
        /// Changes a professional record.
        update_staff_member(UpdateStaffMemberInput);
        /// Takes a professional record out of use: it was an error, or there are two of them.
        deactivate_staff_member;
    }
    needed {
        terms {
            /// Profession category.
            profession_category: ProfessionCategory = ProfessionCategory;
            /// Highest education.
            education: Education = Education;
            /// Title assessed.
            title: Title = Title;
        }
    }
    made by StaffMemberCreation {
        /// Opens the professional record of a person whose record one may change, at the
        /// facility of the main employment. It takes the person's own record along.
        create_staff_member(CreateStaffMemberInput);
        fixed {
            links {
                /// The person's current main employment.
                main_employment: Employment = MainEmploymentId;
                /// The person, who has no such record yet.
                person: Person = PersonId;
            }
        }
    }
}
