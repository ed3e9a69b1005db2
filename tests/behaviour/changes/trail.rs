//! What the audit trail holds of changes.

use serde_json::json;
use support::Backend;

use super::{based_on, change, events, of_facility};
use crate::world::{EAST_CENTER, EAST_CLINIC, FAR, World, give, global_id};

on_both_databases!(
    a_change_is_written_down,
    a_change_that_can_not_be_written_down_is_not_made,
    what_a_client_sends_again_is_done_once,
);

async fn a_change_is_written_down(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "steward", "steward", FAR).await;
    let input = of_facility(
        EAST_CENTER,
        json!({ "name": "East Hospital", "bedsActual": 7 }),
    );
    change(&world, "steward", "updateFacility", input)
        .await
        .good();
    // The one of the steward's bindings that says so.
    let noted = "select count(*) from audit_event e
        join app_user u on u.id = e.user_id join role_binding b on b.user_id = u.id
        join division d on d.id = e.division_id
        where u.subject = 'steward' and action = 'update' and e.kind = 'facility' and record_id = 1
            and columns = 'name beds_actual' and d.code = '310101'
            and e.bindings = cast(b.id as text) and b.division_id = d.id";
    assert_eq!(world.sql.number(noted).await, 1);
    let id = global_id("Facility", EAST_CLINIC);
    let input = based_on(id, 1, json!({ "reason": " it is closed " }));
    change(&world, "administrator", "deactivateFacility", input)
        .await
        .good();
    let noted = "select count(*) from audit_event
        where action = 'deactivate' and record_id = 2 and purpose = 'it is closed'";
    assert_eq!(world.sql.number(noted).await, 1);
    assert_eq!(events(&world).await, 2);
}

async fn a_change_that_can_not_be_written_down_is_not_made(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run("alter table audit_event rename to lost")
        .await;
    let input = of_facility(EAST_CENTER, json!({ "name": "X" }));
    let answer = change(&world, "steward", "updateFacility", input).await;
    assert_eq!(answer.codes, ["INTERNAL"]);
    let kept = "select count(*) from facility where name = 'X' or version > 1";
    assert_eq!(world.sql.number(kept).await, 0);
}

async fn what_a_client_sends_again_is_done_once(backend: Backend) {
    let world = World::make(backend).await;
    let input = of_facility(EAST_CENTER, json!({ "bedsActual": 7 }));
    change(&world, "steward", "updateFacility", input.clone())
        .await
        .good();
    let again = change(&world, "steward", "updateFacility", input).await;
    assert_eq!(again.codes, ["CONFLICT"]);
    assert!(
        again.messages[0].contains("version 2"),
        "{:?}",
        again.messages
    );
    assert_eq!(events(&world).await, 1);
}
