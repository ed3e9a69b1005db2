//! Changes of what is personal: sealed as it is written, and found again.

use serde_json::json;
use support::Backend;

use super::{based_on, change, checksum};
use crate::world::{EAST, World, give, global_id};

on_both_databases!(
    what_is_personal_is_sealed_as_it_is_written,
    who_is_renamed_is_renamed_everywhere,
    what_is_masked_is_changed_by_whoever_may,
);

fn person(key: i64, more: serde_json::Value) -> serde_json::Value {
    based_on(global_id("Person", key), 1, more)
}

async fn what_is_personal_is_sealed_as_it_is_written(backend: Backend) {
    let world = World::make(backend).await;
    let input = person(
        1,
        json!({ "phone": "+86 139-0000 1111", "identityNumber": null }),
    );
    change(&world, "steward", "updatePerson", input)
        .await
        .good();
    for row in checksum(&world).await {
        assert!(!row.contains("139") || !row.contains("1111"), "{row}");
    }
    // Blanks play no part.
    let query = "{ staff(filter: { person: { phone: { eq: \"+86139-00001111\" } } }) {
        nodes { name person { phone identityNumber } } } }";
    let found = world.instance.ask("steward", query).await;
    let person = &found.good()["staff"]["nodes"][0]["person"];
    assert_eq!(person["phone"], "+86139-00001111");
    assert!(person["identityNumber"].is_null());
    let emptied = "select count(*) from person where id = 1
        and identity_number is null and identity_number_digest is null";
    assert_eq!(world.sql.number(emptied).await, 1);
}

async fn who_is_renamed_is_renamed_everywhere(backend: Backend) {
    let world = World::make(backend).await;
    let input = person(1, json!({ "name": "Anna" }));
    change(&world, "steward", "updatePerson", input)
        .await
        .good();
    for (table, column) in [
        ("person", "name"),
        ("staff_member", "name"),
        ("employment", "person_name"),
        ("enrollment", "participant_name"),
    ] {
        let named = format!("select count(*) from {table} where {column} = 'Anna'");
        assert_eq!(world.sql.number(&named).await, 1, "{table}");
    }
}

async fn what_is_masked_is_changed_by_whoever_may(backend: Backend) {
    let world = World::make(backend).await;
    give(&world, "newcomer", "administrator", EAST).await;
    let input = person(1, json!({ "phone": "139 0000 1111" }));
    change(&world, "newcomer", "updatePerson", input)
        .await
        .good();
    let query = "{ staff(filter: { name: { eq: \"Ann\" } }) { nodes { person { phone } } } }";
    let shown = world.instance.ask("newcomer", query).await;
    let phone = &shown.good()["staff"]["nodes"][0]["person"]["phone"];
    assert_eq!(phone, "139****1111");
    // What looks masked is not taken.
    let input = based_on(global_id("Person", 1), 2, json!({ "name": "A**" }));
    let answer = change(&world, "newcomer", "updatePerson", input).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    // Of another county.
    let input = person(4, json!({ "phone": "139 0000 1111" }));
    let answer = change(&world, "newcomer", "updatePerson", input).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
}
