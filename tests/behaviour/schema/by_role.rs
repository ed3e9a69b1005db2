//! Each caller is told of the part of the schema that they have a use for.

use std::collections::{BTreeMap, BTreeSet};

use grassroots::seed::PERSONAS;
use grassroots_tests::Demonstration;
use serde_json::{Value, json};
use support::Backend;

use super::{
    tell_everything,
    told::{MEMBERS, TYPES, innermost, list, members, name, told, whole, words},
};
use crate::world::{EAST, World, give};

on_both_databases!(
    each_persona_is_told_of_what_it_may_use,
    the_nation_is_told_of_nearly_everything,
    what_is_told_hangs_together,
    what_is_told_to_who_have_a_use_for_everything_is_the_whole,
    what_is_asked_beside_records_is_told_in_its_place,
    a_binding_that_ends_takes_its_part_of_the_schema_along,
    what_is_not_told_is_refused_as_ever,
);

async fn ask(demonstration: &Demonstration, persona: &str, query: &str) -> Value {
    let answer = demonstration.ask(persona, query, json!({})).await;
    assert!(answer.errors.is_empty(), "{persona}: {:?}", answer.errors);
    answer.data.into_json().unwrap()
}

/// What everybody with a role is told of the root.
const MEMBER: &str = "viewer explainAccess node nodes division divisions organizations users";

async fn each_persona_is_told_of_what_it_may_use(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    let statistics = "facilityStatistics staffStatistics enrollmentStatistics";
    let places = "facility facilities program programs";
    // The root's fields, and whether there is a mutation.
    let expected = [
        ("stranger", "viewer explainAccess node nodes".to_owned(), ""),
        ("auditor", format!("{MEMBER} auditEvents"), "revokeRole"),
        (
            "beijing-statistician",
            format!("{MEMBER} {statistics}"),
            "revokeRole",
        ),
        (
            "novartis-sponsor",
            format!(
                "{MEMBER} facility facilities facilityStatistics enrollmentStatistics \
                 partnershipProject partnershipProjects"
            ),
            "revokeRole",
        ),
        (
            "capacity-center-host",
            format!("{MEMBER} {places} facilityStatistics enrollments simulatePolicy"),
            "updateProgram createStage updateStage deactivateStage updateEnrollment createUser \
             grantRole revokeRole",
        ),
        (
            "donggang-steward",
            format!(
                "{MEMBER} {places} staffMember staff transfers facilityStatistics staffStatistics"
            ),
            "revealPersonalData updateFacility updatePerson deactivatePerson createStaffMember \
             updateStaffMember deactivateStaffMember createEmployment updateEmployment \
             deactivateEmployment requestHire requestTransfer acceptTransfer declineTransfer \
             revokeRole",
        ),
        (
            "donggang-hospital-manager",
            format!(
                "{MEMBER} {places} staffMember staff transfers facilityStatistics staffStatistics"
            ),
            "revealPersonalData updateFacility updatePerson updateStaffMember updateEmployment \
             declineTransfer revokeRole",
        ),
    ];
    for (persona, root, mutations) in expected {
        let answer = ask(&demonstration, persona, TYPES).await;
        let told = told(&answer);
        assert_eq!(members(&told, "Query"), words(&root), "{persona}");
        let has_root = !answer["__schema"]["mutationType"].is_null();
        assert_eq!(has_root, !mutations.is_empty(), "{persona}");
        assert_eq!(members(&told, "Mutation"), words(mutations), "{persona}");
    }
    // Some types; one without members is not told of at all.
    for (persona, type_, expected) in [
        ("stranger", "Viewer", "name issuer subject readable"),
        ("stranger", "Node", "id"),
        ("stranger", "RoleBinding", ""),
        ("stranger", "Division", ""),
        ("beijing-statistician", "StaffMember", ""),
        ("beijing-statistician", "StaffMemberFilter", ""),
        ("beijing-statistician", "Facility", ""),
        (
            "beijing-statistician",
            "StaffDimension",
            "PROFESSION_CATEGORY TITLE EDUCATION KEY_POST",
        ),
        (
            "novartis-sponsor",
            "Facility",
            "id name facilityType locatedIn partnershipSites",
        ),
        (
            "novartis-sponsor",
            "FacilityFilter",
            "and or not id name facilityType locatedIn partnershipSites",
        ),
        (
            "novartis-sponsor",
            "FacilityOrder",
            "OFFICIAL_ASC OFFICIAL_DESC NAME_ASC NAME_DESC",
        ),
        ("novartis-sponsor", "FacilityDimension", "FACILITY_TYPE"),
        (
            "novartis-sponsor",
            "PartnershipSite",
            "id project facility locatedIn",
        ),
        ("novartis-sponsor", "Person", ""),
        ("novartis-sponsor", "Program", ""),
        ("novartis-sponsor", "Enrollment", ""),
        ("novartis-sponsor", "EnrollmentFilter", ""),
        (
            "capacity-center-host",
            "Enrollment",
            "id program stage facility participant version active",
        ),
        ("capacity-center-host", "Participant", "name facility stage"),
        (
            "capacity-center-host",
            "SimulatePolicyInput",
            "grant revoke users",
        ),
        ("capacity-center-host", "PolicyLineInput", ""),
        ("capacity-center-host", "Person", ""),
        ("capacity-center-host", "PersonFilter", ""),
        ("donggang-steward", "Enrollment", ""),
        (
            "donggang-steward",
            "Person",
            "id name identityNumber phone birthDate sex identityKind staffRecords employments version active",
        ),
        (
            "donggang-steward",
            "PersonalField",
            "IDENTITY_NUMBER PHONE BIRTH_DATE",
        ),
        (
            "national-analyst",
            "PersonFilter",
            "and or not id sex active",
        ),
        ("national-analyst", "PersonalField", ""),
    ] {
        let told = told(&ask(&demonstration, persona, TYPES).await);
        assert_eq!(
            members(&told, type_),
            words(expected),
            "{type_} for {persona}"
        );
    }

    for (persona, arguments) in [
        ("beijing-statistician", "level by within year"),
        ("donggang-steward", "level by within filter"),
    ] {
        let told = told(&ask(&demonstration, persona, TYPES).await);
        let found = told["Query"]
            .iter()
            .filter(|name| name.starts_with("staffStatistics("));
        let expected = words(arguments).into_iter();
        let expected: BTreeSet<_> = expected
            .map(|name| format!("staffStatistics({name}:)"))
            .collect();
        assert_eq!(
            found.cloned().collect::<BTreeSet<_>>(),
            expected,
            "{persona}"
        );
    }
}

/// But nobody finds a person by what is revealed for a purpose alone, and who counts
/// records is told of no published counts.
async fn the_nation_is_told_of_nearly_everything(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    let told = told(&ask(&demonstration, "national-administrator", TYPES).await);
    let mut expected = whole();
    let others = words(
        "ExactFilter TypeFilter AuditEvent AuditEventConnection AuditEventEdge AuditEventFilter \
         AuditEventOrder",
    );
    expected.retain(|type_, _| !others.contains(type_));
    for (type_, hidden) in [
        ("PersonFilter", "identityNumber phone birthDate"),
        (
            "Query",
            "auditEvents auditEvents(filter:) auditEvents(orderBy:) auditEvents(first:) \
             auditEvents(after:) auditEvents(last:) auditEvents(before:) \
             facilityStatistics(year:) staffStatistics(year:) enrollmentStatistics(year:) \
             enrollmentStatistics(project:)",
        ),
    ] {
        let all = expected.get_mut(type_).unwrap();
        for hidden in words(hidden) {
            assert!(all.remove(&hidden), "{type_} has no {hidden}");
        }
    }
    for (type_, members) in expected {
        assert_eq!(told.get(&type_), Some(&members), "{type_}");
    }
    assert!(others.iter().all(|type_| !told.contains_key(type_)));
}

/// Types that are named are told of, hold something, and are come to.
async fn what_is_told_hangs_together(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    let mut sizes = BTreeMap::new();
    for persona in PERSONAS {
        let answer = ask(&demonstration, persona.name, TYPES).await;
        let told = told(&answer);
        let mut named = words("Query Mutation __Schema Boolean String");
        for found in list(&answer["__schema"], "types") {
            let type_ = name(found);
            if found["kind"] != "SCALAR" {
                assert!(!told[&type_].is_empty(), "{}: {type_}", persona.name);
            }
            let members = MEMBERS.into_iter().flat_map(|key| list(found, key));
            let members = members.filter(|member| member.get("type").is_some());
            let parts =
                members.flat_map(|member| std::iter::once(member).chain(list(member, "args")));
            named.extend(parts.map(|part| innermost(&part["type"])));
            let others = ["interfaces", "possibleTypes"].into_iter();
            named.extend(others.flat_map(|key| list(found, key)).map(name));
        }
        named.remove("Mutation");
        let types: BTreeSet<String> = told
            .keys()
            .filter(|name| *name != "Mutation")
            .cloned()
            .collect();
        assert_eq!(types, named, "{}", persona.name);
        sizes.insert(persona.name, types.len());
    }
    assert!(
        sizes["stranger"] < 25 && sizes["national-administrator"] > 150,
        "{sizes:?}"
    );
}

async fn what_is_told_to_who_have_a_use_for_everything_is_the_whole(backend: Backend) {
    let world = World::make(backend).await;
    let [of_records, of_counts] = tell_everything(&world, TYPES).await;
    let mut told_of = told(&of_records);
    for (type_, members) in told(&of_counts) {
        told_of.entry(type_).or_default().extend(members);
    }
    let of_language = words("Boolean Float ID Int String");
    told_of.retain(|name, _| !name.starts_with("__") && !of_language.contains(name));
    assert_eq!(told_of, whole());
}

async fn what_is_asked_beside_records_is_told_in_its_place(backend: Backend) {
    let demonstration = Demonstration::open(backend).await;
    let query = "query($name: String!, $yes: Boolean = true) {
        person: __type(name: \"Person\") { name }
        viewer { name }
        ...F
        __schema { queryType { n: name } }
        facilities(first: 1) { nodes { __typename } }
        __typename
    }
    fragment F on Query {
        __schema { mutationType { name } }
        named: __type(name: $name) @include(if: $yes) { kind }
        left: __type(name: $name) @skip(if: $yes) { kind }
    }";
    let variables = json!({ "name": "PartnershipSite" });
    let answer = demonstration
        .ask("novartis-sponsor", query, variables)
        .await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    let mut data = answer.data.into_json().unwrap();
    let keys: Vec<&String> = data.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6);
    data["viewer"].take();
    let expected = json!({
        "person": null,
        "viewer": null,
        "__schema": { "mutationType": { "name": "Mutation" }, "queryType": { "n": "Query" } },
        "named": { "kind": "OBJECT" },
        "facilities": { "nodes": [{ "__typename": "Facility" }] },
        "__typename": "Query",
    });
    assert_eq!(data, expected);
}

async fn a_binding_that_ends_takes_its_part_of_the_schema_along(backend: Backend) {
    let world = World::make(backend).await;
    let query = "{ __type(name: \"StaffMember\") { name } }";
    let ask = async || world.instance.ask("newcomer", query).await;
    let before = ask().await;
    assert_eq!(before.good()["__type"], Value::Null);

    give(&world, "newcomer", "steward", EAST).await;
    let given = ask().await;
    assert_eq!(given.good()["__type"]["name"], "StaffMember");
    assert_eq!(given.runs, 2);

    let end = "delete from role_binding
        where user_id = (select id from app_user where subject = 'newcomer')";
    world.sql.run(end).await;
    let ended = ask().await;
    assert_eq!(ended.good()["__type"], Value::Null);
    assert_eq!(ended.runs, 2);
}

async fn what_is_not_told_is_refused_as_ever(backend: Backend) {
    let world = World::make(backend).await;
    let query = "{ staff { totalCount nodes { name person { phone } } } }";
    let answer = world.instance.ask("sponsor", query).await;
    assert_eq!(
        answer.good()["staff"],
        json!({ "totalCount": 0, "nodes": [] })
    );

    let unknown = "{ staff { nodes { secret } } }";
    let [hidden, shown] = [
        world.instance.ask("sponsor", unknown).await,
        world.instance.ask("administrator", unknown).await,
    ];
    assert_eq!(hidden.messages, shown.messages);
    assert_eq!(hidden.codes, ["INVALID_INPUT"]);
}
