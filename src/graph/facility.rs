//! facilities: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::{FacilityClass, FacilityLevel, FacilityType, SponsorBody};

use super::{
    change::changes,
    division::Division,
    employment::Employment,
    enrollment::{Enrollment, EnrollmentFilter},
    organization::Organization,
    partnership_site::{PartnershipSite, PartnershipSiteFilter},
    record::{filter, order, record},
    staff_member::{StaffMember, StaffMemberFilter},
    statistics::statistics,
    value::{DateFilter, DivisionScopeFilter, NumberFilter, TermFilter, TextFilter},
};

record! {
    /// 医疗卫生机构: a health facility, with the division where it stands and the one that administers it.
    Facility(facility, FacilityFilter, FacilityOrder) {
        columns {
            /// Name.
            name: String = Name;
            /// Beds approved.
            beds_approved: i32 = BedsApproved;
            /// Beds in use.
            beds_actual: i32 = BedsActual;
            /// Day of opening.
            opened_on: NaiveDate = OpenedOn;
            /// Day of closing; null while open.
            closed_on: NaiveDate = ClosedOn;
        }
        kept { version active }
        terms {
            /// 机构类别: type.
            facility_type: FacilityType = FacilityType;
            /// 级: level assessed.
            level: FacilityLevel = Level;
            /// 等: class within the level.
            class: FacilityClass = Class;
            /// 设置/主办单位: body that runs it.
            sponsor_body: SponsorBody = SponsorBody;
        }
        one {
            /// 属地: division where it stands.
            located_in: Division = LocatedIn;
            /// 隶属: division or authority that administers it, and so holds the rights on its records.
            administered_by: Division = AdministeredBy;
            /// Its legal person.
            organization: Organization = OrganizationId;
            /// Facility that runs it as a branch.
            branch_of: Facility = BranchOf;
            /// 一体化管理: township center under whose integrated management it stands.
            integrated_under: Facility = IntegratedUnder;
        }
        many {
            /// Staff whose main employment is here.
            staff: StaffMember = staff_member FacilityId;
            /// Employments with their worksite here, present and past.
            employments: Employment = employment FacilityId;
            /// Facilities that it runs as branches.
            branches: Facility = facility BranchOf;
            /// Facilities under its integrated management.
            integrated_clinics: Facility = facility IntegratedUnder;
            /// Enrollments of people who were here at entry.
            enrollments: Enrollment = enrollment FacilityId;
            /// Partnership projects in which it is a site.
            partnership_sites: PartnershipSite = partnership_site FacilityId;
        }
    }
}

filter! {
    /// Conditions on facilities.
    FacilityFilter for Facility(facility) {
        values {
            /// Name.
            name: TextFilter = Name;
            /// Type.
            facility_type: TermFilter<FacilityType> = FacilityType;
            /// Level assessed.
            level: TermFilter<FacilityLevel> = Level;
            /// Class.
            class: TermFilter<FacilityClass> = Class;
            /// Body that runs it.
            sponsor_body: TermFilter<SponsorBody> = SponsorBody;
            /// Where it stands.
            located_in: DivisionScopeFilter = LocatedIn;
            /// Who administers it.
            administered_by: DivisionScopeFilter = AdministeredBy;
            /// Beds approved.
            beds_approved: NumberFilter = BedsApproved;
            /// Beds in use.
            beds_actual: NumberFilter = BedsActual;
            /// Day of opening.
            opened_on: DateFilter = OpenedOn;
            /// Day of closing.
            closed_on: DateFilter = ClosedOn;
        }
        kept { active }
        one {
            /// Facility that runs it as a branch.
            branch_of: FacilityFilter = BranchOf;
            /// Township center that manages it.
            integrated_under: FacilityFilter = IntegratedUnder;
        }
        many {
            /// Staff whose main employment is here.
            staff: StaffMemberFilter = staff_member FacilityId;
            /// Enrollments of people who were here at entry.
            enrollments: EnrollmentFilter = enrollment FacilityId;
            /// Its parts in partnership projects.
            partnership_sites: PartnershipSiteFilter = partnership_site FacilityId;
        }
    }
}

order! {
    /// Orders of lists of facilities.
    FacilityOrder for facility {
        /// By name.
        NameAsc NameDesc = Name;
        /// By beds in use.
        BedsActualAsc BedsActualDesc = BedsActual;
        /// By day of opening.
        OpenedOnAsc OpenedOnDesc = OpenedOn;
    }
}

statistics! {
    /// How many facilities that stand in a division have a term in common.
    FacilityCount of Facility(facility) at LocatedIn,
    /// What facilities are told apart by in statistics.
    by FacilityDimension {
        /// Type.
        FacilityType, facility_type: FacilityType = FacilityType;
        /// Level.
        Level, level: FacilityLevel = Level;
        /// Class within the level.
        Class, class: FacilityClass = Class;
        /// Sponsor body.
        SponsorBody, sponsor_body: SponsorBody = SponsorBody;
    }
}

changes! {
    FacilityChanges of Facility(facility) gives FacilityPayload { facility } {
        /// Changes a facility.
        update_facility(UpdateFacilityInput);
        /// Takes a facility out of use: it stays in the register as it is.
        deactivate_facility;
    }
    needed {
        values {
            /// Name, in 1 to 200 characters.
            name: String = Name;
        }
        terms {
            /// Type.
            facility_type: FacilityType = FacilityType;
            /// Level assessed.
            level: FacilityLevel = Level;
            /// Class within the level.
            class: FacilityClass = Class;
            /// Body that runs it.
            sponsor_body: SponsorBody = SponsorBody;
        }
        links {
            /// Division where it stands.
            located_in: Division = LocatedIn;
            /// Division or authority that administers it, and so holds the rights on its records.
            administered_by: Division = AdministeredBy;
        }
    }
    optional {
        values {
            /// Beds approved, 0 to 10,000,000.
            beds_approved: i32 = BedsApproved;
            /// Beds in use, 0 to 10,000,000.
            beds_actual: i32 = BedsActual;
            /// Day of opening.
            opened_on: NaiveDate = OpenedOn;
            /// Day of closing, not before that of opening.
            closed_on: NaiveDate = ClosedOn;
        }
        links {
            /// Its legal person.
            organization: Organization = OrganizationId;
            /// Facility that runs it as a branch.
            branch_of: Facility = BranchOf;
            /// Township center under whose integrated management it stands.
            integrated_under: Facility = IntegratedUnder;
        }
    }
    made by FacilityCreation {
        /// Registers a facility.
        create_facility(CreateFacilityInput);
    }
}
