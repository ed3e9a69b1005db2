//! Who may change what, and what is left of a change that is refused.

use serde_json::{Value, json};
use support::Backend;

use super::{based_on, change, checksum, events, of_facility};
use crate::world::{
    EAST, EAST_CENTER, EAST_CLINIC, FAR, PROGRAM_CHILD, PROGRAM_OTHER, PROGRAM_ROOT, WEST,
    WEST_CENTER, World, division, give, global_id,
};

on_both_databases!(
    each_changes_what_is_theirs_to_change,
    a_refused_change_changes_nothing,
    what_may_not_be_opened_is_as_what_is_not_there,
    a_record_goes_where_its_giver_has_rights_too,
    what_is_out_of_use_stays_as_it_is,
    a_record_is_made_where_its_maker_has_rights,
    an_enrollment_belongs_where_it_began,
);

async fn each_changes_what_is_theirs_to_change(backend: Backend) {
    let world = World::make(backend).await;
    let beds = json!({ "bedsActual": 33 });
    for (version, subject) in (1..).zip(["steward", "manager", "administrator"]) {
        let id = global_id("Facility", EAST_CENTER);
        let input = based_on(id, version, beds.clone());
        let answer = change(&world, subject, "updateFacility", input).await;
        let written = &answer.good()["updateFacility"]["facility"];
        assert_eq!(written["version"], version + 1, "{subject}");
    }
    let beds = "select count(*) from facility where id = 1 and beds_actual = 33";
    assert_eq!(world.sql.number(beds).await, 1);
    // The manager of a center writes the returns of its clinics.
    let input = of_facility(
        EAST_CLINIC,
        json!({ "bedsApproved": 5, "bedsActual": null }),
    );
    change(&world, "manager", "updateFacility", input)
        .await
        .good();
    let cleared =
        "select count(*) from facility where id = 2 and beds_actual is null and beds_approved = 5";
    assert_eq!(world.sql.number(cleared).await, 1);
    let stage = based_on(
        global_id("Stage", PROGRAM_CHILD),
        1,
        json!({ "name": "Practice" }),
    );
    change(&world, "host", "updateStage", stage).await.good();
    let reached = based_on(global_id("Enrollment", 1), 1, json!({ "stage": null }));
    change(&world, "host", "updateEnrollment", reached)
        .await
        .good();
}

async fn a_refused_change_changes_nothing(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let before = checksum(&world).await;
    let program = |key, more| based_on(global_id("Program", key), 1, more);
    let tries: [(&str, &str, Value); 13] = [
        // A steward does not decide where a facility belongs.
        (
            "steward",
            "updateFacility",
            of_facility(1, json!({ "locatedIn": division(WEST) })),
        ),
        (
            "steward",
            "deactivateFacility",
            of_facility(1, json!({ "reason": "an error" })),
        ),
        // A manager does not name a facility, not along with its beds either.
        (
            "manager",
            "updateFacility",
            of_facility(1, json!({ "bedsActual": 1, "name": "X" })),
        ),
        (
            "analyst",
            "updateFacility",
            of_facility(1, json!({ "name": "X" })),
        ),
        (
            "sponsor",
            "updateFacility",
            of_facility(1, json!({ "name": "X" })),
        ),
        (
            "host",
            "updateFacility",
            of_facility(1, json!({ "name": "X" })),
        ),
        (
            "host",
            "updateProgram",
            program(PROGRAM_ROOT, json!({ "code": "X" })),
        ),
        (
            "host",
            "updateProgram",
            program(PROGRAM_ROOT, json!({ "parent": null })),
        ),
        (
            "host",
            "updateEnrollment",
            based_on(global_id("Enrollment", 1), 1, json!({ "score": 1 })),
        ),
        // Of the nation's programs a county sees the outline.
        (
            "newcomer",
            "updateProgram",
            program(PROGRAM_ROOT, json!({ "name": "X" })),
        ),
        (
            "newcomer",
            "updatePartnershipProject",
            based_on(
                global_id("PartnershipProject", 1),
                1,
                json!({ "name": "X" }),
            ),
        ),
        (
            "sponsor",
            "updatePartnershipProject",
            based_on(
                global_id("PartnershipProject", 1),
                1,
                json!({ "name": "X" }),
            ),
        ),
        (
            "newcomer",
            "createStage",
            json!({ "program": global_id("Program", PROGRAM_OTHER), "ordinal": 2, "name": "X" }),
        ),
    ];
    for (subject, mutation, input) in tries {
        let answer = change(&world, subject, mutation, input.clone()).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject} {mutation} {input}");
        assert_eq!(answer.data[mutation], Value::Null);
    }
    assert_eq!(checksum(&world).await, before);
    assert_eq!(events(&world).await, 0);
}

async fn what_may_not_be_opened_is_as_what_is_not_there(backend: Backend) {
    let world = World::make(backend).await;
    let before = checksum(&world).await;
    let mut messages = Vec::new();
    for key in [WEST_CENTER, 99] {
        let name = of_facility(key, json!({ "name": "X" }));
        let under = of_facility(
            EAST_CLINIC,
            json!({ "integratedUnder": global_id("Facility", key) }),
        );
        for input in [name, under] {
            let answer = change(&world, "steward", "updateFacility", input).await;
            assert_eq!(answer.codes, ["NOT_FOUND"]);
            messages.push(answer.messages);
        }
    }
    assert_eq!(messages[..2], messages[2..]);
    assert_eq!(checksum(&world).await, before);
}

async fn a_record_goes_where_its_giver_has_rights_too(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let to = |code| of_facility(EAST_CENTER, json!({ "administeredBy": division(code) }));
    let answer = change(&world, "newcomer", "updateFacility", to(WEST)).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    assert!(
        answer.messages[0].contains("both sides"),
        "{:?}",
        answer.messages
    );
    assert_eq!(events(&world).await, 0);
    give(&world, "newcomer", "administrator", WEST).await;
    let moved = change(&world, "newcomer", "updateFacility", to(WEST)).await;
    assert_eq!(moved.good()["updateFacility"]["facility"]["version"], 2);
    // Both sides' auditors are told.
    assert_eq!(events(&world).await, 2);
    let staff = "select count(*) from staff_member s join division d on d.id = s.administered_by
        where s.facility_id = 1 and d.code = '310102'";
    assert_eq!(world.sql.number(staff).await, 2);
}

async fn what_is_out_of_use_stays_as_it_is(backend: Backend) {
    let world = World::make(backend).await;
    let clinic = |version, more| based_on(global_id("Facility", EAST_CLINIC), version, more);
    let end = clinic(1, json!({ "reason": "it was entered twice" }));
    let ended = change(&world, "administrator", "deactivateFacility", end).await;
    let ended = &ended.good()["deactivateFacility"]["facility"];
    assert_eq!(
        (&ended["version"], &ended["active"]),
        (&json!(2), &json!(false))
    );
    let again = clinic(2, json!({ "reason": "it was entered twice" }));
    let name = clinic(2, json!({ "name": "X" }));
    for (mutation, input) in [("deactivateFacility", again), ("updateFacility", name)] {
        let answer = change(&world, "administrator", mutation, input).await;
        assert_eq!(answer.codes, ["CONFLICT"]);
    }
    // Nothing new refers to it.
    let under = json!({ "branchOf": global_id("Facility", EAST_CLINIC) });
    let answer = change(
        &world,
        "administrator",
        "updateFacility",
        of_facility(1, under),
    )
    .await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
}

async fn a_record_is_made_where_its_maker_has_rights(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let facility = |code| {
        json!({
            "name": "East Post", "facilityType": "VILLAGE_CLINIC", "level": "UNGRADED",
            "class": "UNGRADED", "sponsorBody": "GOVERNMENT",
            "locatedIn": division(EAST), "administeredBy": division(code),
        })
    };
    let made = change(&world, "newcomer", "createFacility", facility(EAST)).await;
    let made = &made.good()["createFacility"]["facility"];
    assert_eq!(
        (&made["version"], &made["active"]),
        (&json!(1), &json!(true))
    );
    let before = checksum(&world).await;
    for (subject, code) in [("newcomer", WEST), ("newcomer", FAR), ("steward", EAST)] {
        let answer = change(&world, subject, "createFacility", facility(code)).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject} {code}");
    }
    assert_eq!(checksum(&world).await, before);
    let counted = "{ facilities { totalCount } }";
    let counted = world.instance.ask("newcomer", counted).await;
    assert_eq!(counted.total("facilities"), 3);
}

async fn an_enrollment_belongs_where_it_began(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", WEST).await;
    let enroll = |person, facility: Option<i64>, division: Option<String>| {
        json!({
            "program": global_id("Program", PROGRAM_ROOT), "person": global_id("Person", person),
            "facility": facility.map(|key| global_id("Facility", key)), "division": division,
            "enteredOn": "2025-09-01", "status": "ENTERED",
        })
    };
    let at = |code: &str| {
        format!(
            "select count(*) from enrollment e join division d on d.id = e.division_id where d.code = '{code}'"
        )
    };
    let made = change(
        &world,
        "newcomer",
        "createEnrollment",
        enroll(4, Some(WEST_CENTER), None),
    )
    .await;
    made.good();
    assert_eq!(world.sql.number(&at(WEST)).await, 2);
    let named = "select count(*) from enrollment where participant_name = 'Dan'";
    assert_eq!(world.sql.number(named).await, 2);
    // At the program's division it would not be theirs.
    let answer = change(
        &world,
        "newcomer",
        "createEnrollment",
        enroll(4, None, None),
    )
    .await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    let both = enroll(4, Some(WEST_CENTER), Some(division(WEST)));
    let answer = change(&world, "newcomer", "createEnrollment", both).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    let answer = change(
        &world,
        "newcomer",
        "createEnrollment",
        enroll(1, None, Some(division(WEST))),
    )
    .await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    let made = change(
        &world,
        "newcomer",
        "createEnrollment",
        enroll(4, None, Some(division(WEST))),
    )
    .await;
    made.good();
    assert_eq!(world.sql.number(&at(WEST)).await, 3);
    change(
        &world,
        "administrator",
        "createEnrollment",
        enroll(4, None, None),
    )
    .await
    .good();
    assert_eq!(world.sql.number(&at("0")).await, 1);
}
