//! What records are tied to, and what stands in the way of others.

use serde_json::json;
use support::Backend;

use super::{based_on, change, checksum, of_facility};
use crate::world::{
    EAST, EAST_CENTER, PROGRAM_CHILD, PROGRAM_OTHER, PROGRAM_ROOT, WEST, WEST_CENTER, World,
    division, give, global_id,
};

on_both_databases!(
    nothing_becomes_part_of_itself,
    nobody_is_told_what_stands_where_nothing_is_theirs,
    a_record_is_tied_to_what_its_giver_may_change,
    nobody_enrolls_whom_they_only_read,
);

async fn nothing_becomes_part_of_itself(backend: Backend) {
    let world = World::make(backend).await;
    let part_of = |key, parent| {
        let id = global_id("Program", key);
        based_on(id, 1, json!({ "parent": global_id("Program", parent) }))
    };
    for (key, parent) in [(PROGRAM_ROOT, PROGRAM_ROOT), (PROGRAM_ROOT, PROGRAM_CHILD)] {
        let answer = change(
            &world,
            "administrator",
            "updateProgram",
            part_of(key, parent),
        )
        .await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{:?}", answer.messages);
    }
    let branch = json!({ "branchOf": global_id("Facility", EAST_CENTER) });
    let branch = of_facility(EAST_CENTER, branch);
    let answer = change(&world, "administrator", "updateFacility", branch).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    // Each alone would do.
    let [one, other] =
        [(PROGRAM_ROOT, PROGRAM_OTHER), (PROGRAM_OTHER, PROGRAM_ROOT)].map(|(key, parent)| {
            change(
                &world,
                "administrator",
                "updateProgram",
                part_of(key, parent),
            )
        });
    let (one, other) = tokio::join!(one, other);
    let mut codes = [one.codes, other.codes].concat();
    codes.sort();
    assert_eq!(codes, ["INVALID_INPUT"]);
}

async fn nobody_is_told_what_stands_where_nothing_is_theirs(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let program = |code: &str, at: &str| {
        json!({
            "division": division(at), "code": code, "name": "X", "kind": "POST_SKILLS",
            "tier": "PLAN", "host": global_id("Organization", 1),
        })
    };
    let made = change(
        &world,
        "administrator",
        "createProgram",
        program("TAKEN", WEST),
    )
    .await;
    made.good();
    let [taken, free] = ["TAKEN", "FREE"].map(|code| program(code, WEST));
    let taken = change(&world, "newcomer", "createProgram", taken).await;
    let free = change(&world, "newcomer", "createProgram", free).await;
    assert_eq!(taken.codes, ["FORBIDDEN"]);
    assert_eq!(taken.messages, free.messages);
    let own = program("OWN", EAST);
    change(&world, "newcomer", "createProgram", own.clone())
        .await
        .good();
    let again = change(&world, "newcomer", "createProgram", own).await;
    assert_eq!(again.codes, ["CONFLICT"]);
    // Somebody who left and works elsewhere, maybe: that is not to be found out.
    let reopened = based_on(global_id("Employment", 1), 1, json!({ "endedOn": null }));
    let answer = change(&world, "steward", "updateEmployment", reopened).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

async fn a_record_is_tied_to_what_its_giver_may_change(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    // A host would have rights on it.
    let program = json!({
        "division": division(EAST), "code": "X", "name": "X", "kind": "POST_SKILLS",
        "tier": "TRACK", "host": global_id("Organization", 1),
        "parent": global_id("Program", PROGRAM_ROOT),
    });
    let answer = change(&world, "newcomer", "createProgram", program).await;
    assert_eq!(answer.codes, ["FORBIDDEN"], "{:?}", answer.messages);
    // The manager of a center that stands in the county and belongs to another.
    let west = "update facility set located_in = (select id from division where code = '310101')
        where id = 3";
    world.sql.run(west).await;
    for field in ["branchOf", "integratedUnder"] {
        let tied = json!({ field: global_id("Facility", WEST_CENTER) });
        let answer = change(&world, "steward", "updateFacility", of_facility(1, tied)).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{field}");
    }
    let back = "update facility set located_in = administered_by where id = 3";
    world.sql.run(back).await;
    // Where it stands, others count it.
    for (subject, code) in [("newcomer", WEST), ("newcomer", "31")] {
        let moved = of_facility(1, json!({ "locatedIn": division(code) }));
        let answer = change(&world, subject, "updateFacility", moved).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{code}");
    }
    let written = "select (select count(*) from facility where version > 1)
        + (select count(*) from program where code = 'X')";
    assert_eq!(world.sql.number(written).await, 0);
}

/// The name that they see masked would stand on the enrollment in clear.
async fn nobody_enrolls_whom_they_only_read(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "analyst", WEST).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let before = checksum(&world).await;
    let dan = json!({
        "program": global_id("Program", PROGRAM_ROOT), "person": global_id("Person", 4),
        "division": division(EAST), "enteredOn": "2025-09-01", "status": "ENTERED",
    });
    let answer = change(&world, "newcomer", "createEnrollment", dan.clone()).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    assert_eq!(checksum(&world).await, before);
    give(&world, "newcomer", "steward", WEST).await;
    change(&world, "newcomer", "createEnrollment", dan)
        .await
        .good();
}
