//! People, staff and employments.

use access::Kind;

use super::{Operand, Type, many, one, test};

pub(super) static PERSON: Type = Type {
    name: "Person",
    list: None,
    open: None,
    values: &[
        "name",
        "sex",
        "identity_kind",
        "identity_number",
        "phone",
        "birth_date",
        "version",
        "active",
    ],
    ones: &[],
    manys: &[
        many("staffRecords", Kind::StaffMember, "person_id"),
        many("employments", Kind::Employment, "person_id"),
        many("enrollments", Kind::Enrollment, "person_id"),
    ],
    tests: &[
        test("name", "name", Operand::Text),
        test("sex", "sex", Operand::Term),
        test("identityKind", "identity_kind", Operand::Term),
        test("identityNumber", "identity_number", Operand::Exact),
        test("phone", "phone", Operand::Exact),
        test("birthDate", "birth_date", Operand::Exact),
        test("active", "active", Operand::Boolean),
    ],
    related: &[],
    // No list of people takes an order: there is none.
    orders: &[],
    official: None,
};

pub(super) static STAFF_MEMBER: Type = Type {
    name: "StaffMember",
    list: Some("staff"),
    open: Some("staffMember"),
    values: &[
        "name",
        "profession_category",
        "education",
        "title",
        "key_post",
        "version",
        "active",
    ],
    ones: &[
        one("person", "person_id", Kind::Person),
        one("facility", "facility_id", Kind::Facility),
        one("mainEmployment", "main_employment_id", Kind::Employment),
        one("administeredBy", "administered_by", Kind::Division),
        one("locatedIn", "located_in", Kind::Division),
    ],
    manys: &[],
    tests: &[
        test("name", "name", Operand::Text),
        test("professionCategory", "profession_category", Operand::Term),
        test("education", "education", Operand::Term),
        test("title", "title", Operand::Term),
        test("keyPost", "key_post", Operand::Term),
        test("administeredBy", "administered_by", Operand::Division),
        test("locatedIn", "located_in", Operand::Division),
        test("active", "active", Operand::Boolean),
    ],
    related: &["facility", "person", "mainEmployment"],
    orders: &["name"],
    official: Some("administered_by"),
};

pub(super) static EMPLOYMENT: Type = Type {
    name: "Employment",
    list: None,
    open: None,
    values: &[
        "person_name",
        "main",
        "started_on",
        "ended_on",
        "tenure",
        "deployment",
        "key_post",
        "title_engaged",
        "version",
        "active",
    ],
    ones: &[
        one("person", "person_id", Kind::Person),
        one("facility", "facility_id", Kind::Facility),
        one("employer", "employer_id", Kind::Facility),
        one("administeredBy", "administered_by", Kind::Division),
        one("locatedIn", "located_in", Kind::Division),
    ],
    manys: &[],
    tests: &[
        test("personName", "person_name", Operand::Text),
        test("main", "main", Operand::Boolean),
        test("tenure", "tenure", Operand::Term),
        test("deployment", "deployment", Operand::Term),
        test("keyPost", "key_post", Operand::Term),
        test("titleEngaged", "title_engaged", Operand::Term),
        test("startedOn", "started_on", Operand::Date),
        test("endedOn", "ended_on", Operand::Date),
        test("administeredBy", "administered_by", Operand::Division),
        test("locatedIn", "located_in", Operand::Division),
        test("active", "active", Operand::Boolean),
    ],
    related: &["facility", "employer"],
    orders: &["person_name", "started_on"],
    official: Some("administered_by"),
};
