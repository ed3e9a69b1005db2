//! Programs, stages and enrollments.

use access::Kind;

use super::{Operand, Type, many, one, test};

pub(super) static PROGRAM: Type = Type {
    name: "Program",
    list: Some("programs"),
    open: Some("program"),
    values: &[
        "code",
        "name",
        "starts_on",
        "ends_on",
        "target",
        "kind",
        "tier",
        "version",
        "active",
    ],
    ones: &[
        one("parent", "parent_id", Kind::Program),
        one("host", "host_id", Kind::Organization),
        one("division", "division_id", Kind::Division),
        one("supportedBy", "supported_by", Kind::PartnershipProject),
    ],
    manys: &[
        many("children", Kind::Program, "parent_id"),
        many("stages", Kind::Stage, "program_id"),
        many("enrollments", Kind::Enrollment, "program_id"),
    ],
    tests: &[
        test("code", "code", Operand::Text),
        test("name", "name", Operand::Text),
        test("kind", "kind", Operand::Term),
        test("tier", "tier", Operand::Term),
        test("division", "division_id", Operand::Division),
        test("startsOn", "starts_on", Operand::Date),
        test("endsOn", "ends_on", Operand::Date),
        test("target", "target", Operand::Number),
        test("active", "active", Operand::Boolean),
    ],
    related: &[
        "parent",
        "host",
        "supportedBy",
        "children",
        "stages",
        "enrollments",
    ],
    orders: &["code", "name", "starts_on"],
    official: Some("division_id"),
};

pub(super) static STAGE: Type = Type {
    name: "Stage",
    list: None,
    open: None,
    values: &["ordinal", "name", "version", "active"],
    ones: &[
        one("program", "program_id", Kind::Program),
        one("division", "division_id", Kind::Division),
    ],
    manys: &[many("enrollments", Kind::Enrollment, "stage_id")],
    tests: &[
        test("ordinal", "ordinal", Operand::Number),
        test("name", "name", Operand::Text),
        test("division", "division_id", Operand::Division),
        test("active", "active", Operand::Boolean),
    ],
    related: &["program", "enrollments"],
    orders: &["ordinal", "name"],
    official: Some("division_id"),
};

pub(super) static ENROLLMENT: Type = Type {
    name: "Enrollment",
    list: Some("enrollments"),
    open: None,
    values: &[
        "entered_on",
        "ended_on",
        "score",
        "status",
        "version",
        "active",
    ],
    ones: &[
        one("program", "program_id", Kind::Program),
        one("stage", "stage_id", Kind::Stage),
        one("person", "person_id", Kind::Person),
        one("facility", "facility_id", Kind::Facility),
        one("division", "division_id", Kind::Division),
    ],
    manys: &[],
    tests: &[
        test("participantName", "participant_name", Operand::Text),
        test("status", "status", Operand::Term),
        test("division", "division_id", Operand::Division),
        test("enteredOn", "entered_on", Operand::Date),
        test("endedOn", "ended_on", Operand::Date),
        test("score", "score", Operand::Number),
        test("active", "active", Operand::Boolean),
    ],
    related: &["program", "stage", "facility", "person"],
    orders: &["participant_name", "entered_on", "score"],
    official: Some("division_id"),
};
