//! Partnership projects and their parts.

use access::Kind;

use super::{Operand, Type, many, one, test};

pub(super) static PROJECT: Type = Type {
    name: "PartnershipProject",
    list: Some("partnershipProjects"),
    open: Some("partnershipProject"),
    values: &[
        "name",
        "signed_on",
        "signed_at",
        "agreement_ends_on",
        "tier",
        "agreement_kind",
        "version",
        "active",
    ],
    ones: &[one("parent", "parent_id", Kind::PartnershipProject)],
    manys: &[
        many("children", Kind::PartnershipProject, "parent_id"),
        many("parties", Kind::PartnershipParty, "project_id"),
        many("modules", Kind::PartnershipModule, "project_id"),
        many("sites", Kind::PartnershipSite, "project_id"),
        many("activities", Kind::PartnershipActivity, "project_id"),
        many("supportedPrograms", Kind::Program, "supported_by"),
    ],
    tests: &[
        test("name", "name", Operand::Text),
        test("tier", "tier", Operand::Term),
        test("agreementKind", "agreement_kind", Operand::Term),
        test("signedOn", "signed_on", Operand::Date),
        test("active", "active", Operand::Boolean),
    ],
    related: &[
        "parent",
        "parties",
        "modules",
        "sites",
        "activities",
        "supportedPrograms",
    ],
    orders: &["name", "signed_on"],
    official: None,
};

pub(super) static PARTY: Type = Type {
    name: "PartnershipParty",
    list: None,
    open: None,
    values: &["role"],
    ones: &[
        one("project", "project_id", Kind::PartnershipProject),
        one("organization", "organization_id", Kind::Organization),
    ],
    manys: &[],
    tests: &[test("role", "role", Operand::Term)],
    related: &["project", "organization"],
    orders: &[],
    official: None,
};

pub(super) static MODULE: Type = Type {
    name: "PartnershipModule",
    list: None,
    open: None,
    values: &["ordinal", "name"],
    ones: &[one("project", "project_id", Kind::PartnershipProject)],
    manys: &[many("activities", Kind::PartnershipActivity, "module_id")],
    tests: &[
        test("ordinal", "ordinal", Operand::Number),
        test("name", "name", Operand::Text),
    ],
    related: &["project"],
    orders: &["ordinal", "name"],
    official: None,
};

pub(super) static SITE: Type = Type {
    name: "PartnershipSite",
    list: None,
    open: None,
    values: &["joined_on"],
    ones: &[
        one("project", "project_id", Kind::PartnershipProject),
        one("facility", "facility_id", Kind::Facility),
        one("administeredBy", "administered_by", Kind::Division),
        one("locatedIn", "located_in", Kind::Division),
    ],
    manys: &[],
    tests: &[
        test("joinedOn", "joined_on", Operand::Date),
        test("locatedIn", "located_in", Operand::Division),
        test("administeredBy", "administered_by", Operand::Division),
    ],
    related: &["project", "facility"],
    orders: &["joined_on"],
    official: Some("administered_by"),
};

pub(super) static ACTIVITY: Type = Type {
    name: "PartnershipActivity",
    list: None,
    open: None,
    values: &["name", "held_on", "place", "kind", "version", "active"],
    ones: &[
        one("project", "project_id", Kind::PartnershipProject),
        one("module", "module_id", Kind::PartnershipModule),
    ],
    manys: &[],
    tests: &[
        test("name", "name", Operand::Text),
        test("kind", "kind", Operand::Term),
        test("heldOn", "held_on", Operand::Date),
        test("place", "place", Operand::Text),
        test("active", "active", Operand::Boolean),
    ],
    related: &["project", "module"],
    orders: &["held_on", "name"],
    official: None,
};
