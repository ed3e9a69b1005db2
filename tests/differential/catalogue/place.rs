//! Divisions, organizations and facilities.

use access::Kind;

use super::{Operand, Type, many, one, test};

pub(super) static DIVISION: Type = Type {
    name: "Division",
    list: Some("divisions"),
    open: None,
    values: &["code", "name", "village_count", "level", "kind"],
    ones: &[one("parent", "parent_id", Kind::Division)],
    manys: &[
        many("children", Kind::Division, "parent_id"),
        many("facilitiesLocated", Kind::Facility, "located_in"),
        many("facilitiesAdministered", Kind::Facility, "administered_by"),
        many("programs", Kind::Program, "division_id"),
    ],
    tests: &[
        test("within", "id", Operand::Division),
        test("code", "code", Operand::Text),
        test("name", "name", Operand::Text),
        test("level", "level", Operand::Term),
        test("kind", "kind", Operand::Term),
        test("villageCount", "village_count", Operand::Number),
    ],
    related: &["parent", "facilitiesLocated"],
    orders: &["code", "name", "village_count"],
    official: None,
};

pub(super) static ORGANIZATION: Type = Type {
    name: "Organization",
    list: Some("organizations"),
    open: None,
    values: &["name", "credit_code", "kind"],
    ones: &[one("division", "division_id", Kind::Division)],
    manys: &[
        many("programs", Kind::Program, "host_id"),
        many("partnerships", Kind::PartnershipParty, "organization_id"),
    ],
    tests: &[
        test("name", "name", Operand::Text),
        test("kind", "kind", Operand::Term),
        test("creditCode", "credit_code", Operand::Text),
        test("division", "division_id", Operand::Division),
    ],
    related: &[],
    orders: &["name"],
    official: None,
};

pub(super) static FACILITY: Type = Type {
    name: "Facility",
    list: Some("facilities"),
    open: Some("facility"),
    values: &[
        "name",
        "beds_approved",
        "beds_actual",
        "opened_on",
        "closed_on",
        "facility_type",
        "level",
        "class",
        "sponsor_body",
        "version",
        "active",
    ],
    ones: &[
        one("locatedIn", "located_in", Kind::Division),
        one("administeredBy", "administered_by", Kind::Division),
        one("organization", "organization_id", Kind::Organization),
        one("branchOf", "branch_of", Kind::Facility),
        one("integratedUnder", "integrated_under", Kind::Facility),
    ],
    manys: &[
        many("staff", Kind::StaffMember, "facility_id"),
        many("employments", Kind::Employment, "facility_id"),
        many("branches", Kind::Facility, "branch_of"),
        many("integratedClinics", Kind::Facility, "integrated_under"),
        many("enrollments", Kind::Enrollment, "facility_id"),
        many("partnershipSites", Kind::PartnershipSite, "facility_id"),
    ],
    tests: &[
        test("name", "name", Operand::Text),
        test("facilityType", "facility_type", Operand::Term),
        test("level", "level", Operand::Term),
        test("class", "class", Operand::Term),
        test("sponsorBody", "sponsor_body", Operand::Term),
        test("locatedIn", "located_in", Operand::Division),
        test("administeredBy", "administered_by", Operand::Division),
        test("bedsApproved", "beds_approved", Operand::Number),
        test("bedsActual", "beds_actual", Operand::Number),
        test("openedOn", "opened_on", Operand::Date),
        test("closedOn", "closed_on", Operand::Date),
        test("active", "active", Operand::Boolean),
    ],
    related: &[
        "branchOf",
        "integratedUnder",
        "staff",
        "enrollments",
        "partnershipSites",
    ],
    orders: &["name", "beds_actual", "opened_on"],
    official: Some("administered_by"),
};
