//! Users, their bindings and the policy.

use access::Kind;

use super::{Operand, Type, many, one, test};

pub(super) static USER: Type = Type {
    name: "User",
    list: Some("users"),
    open: None,
    values: &["issuer", "subject", "name", "active"],
    ones: &[one("organization", "organization_id", Kind::Organization)],
    manys: &[many("bindings", Kind::RoleBinding, "user_id")],
    tests: &[
        test("issuer", "issuer", Operand::Text),
        test("subject", "subject", Operand::Text),
        test("name", "name", Operand::Text),
        test("active", "active", Operand::Boolean),
    ],
    related: &[],
    orders: &["name"],
    official: None,
};

pub(super) static ROLE_BINDING: Type = Type {
    name: "RoleBinding",
    list: None,
    open: None,
    values: &["role", "valid_from", "valid_until"],
    ones: &[
        one("user", "user_id", Kind::User),
        one("division", "division_id", Kind::Division),
        one("facility", "facility_id", Kind::Facility),
        one("program", "program_id", Kind::Program),
        one("partnership", "partnership_id", Kind::PartnershipProject),
    ],
    manys: &[],
    tests: &[
        test("role", "role", Operand::Text),
        test("division", "division_id", Operand::Division),
        test("validFrom", "valid_from", Operand::Instant),
        test("validUntil", "valid_until", Operand::Instant),
    ],
    related: &[],
    orders: &["role"],
    official: None,
};

pub(super) static POLICY_RULE: Type = Type {
    name: "PolicyRule",
    list: Some("policyRules"),
    open: None,
    values: &["ptype", "v0", "v1", "v2", "v3", "v4", "v5"],
    ones: &[],
    manys: &[],
    tests: &[
        test("ptype", "ptype", Operand::Text),
        test("v0", "v0", Operand::Text),
        test("v1", "v1", Operand::Text),
    ],
    related: &[],
    orders: &["v0"],
    official: None,
};
