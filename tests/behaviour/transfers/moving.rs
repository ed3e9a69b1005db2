//! Staff whom one division lets go, and another takes in.

use serde_json::{Value, json};
use support::Backend;

use super::{
    EASTERN, NATIONAL, WESTERN, checksum, keep_employments, let_go, shown, staff, stewards,
    taken_in, transfer,
};
use crate::world::{
    EAST, EAST_CENTER, FAR, FAR_CENTER, WEST, WEST_CENTER, division, give, global_id,
};

on_both_databases!(
    both_sides_agree,
    nobody_lets_go_whom_others_keep,
    nobody_takes_in_beyond_what_was_agreed,
    either_side_declines,
    a_request_holds_as_long_as_what_it_rests_on,
    what_one_division_agreed_to_binds_no_other,
    who_is_out_of_use_goes_nowhere,
);

const BOB: i64 = 2;

async fn both_sides_agree(backend: Backend) {
    let world = stewards(backend).await;
    let id = let_go(&world, BOB, WEST).await;
    assert_eq!(staff(&world, EASTERN).await, ["Ann", "Bob", "Cai"]);
    assert_eq!(staff(&world, WESTERN).await, ["Dan"]);
    // The other side is told the name, and opens nobody yet.
    let query = "{ transfers { nodes {
        name person { name } from { name } division { code } startsOn status } } }";
    let offered = world.instance.ask(WESTERN, query).await;
    let expected = json!([{
        "name": "Bob", "person": null, "from": null, "division": { "code": WEST },
        "startsOn": "2026-01-01", "status": "PENDING",
    }]);
    assert_eq!(offered.good()["transfers"]["nodes"], expected);
    let answer = transfer(
        &world,
        WESTERN,
        "acceptTransfer",
        taken_in(&id, WEST_CENTER),
    )
    .await;
    let told = shown(&answer, "acceptTransfer");
    assert_eq!(told["person"], json!({ "name": "Bob" }));
    assert_eq!(told["facility"], json!({ "name": "West Center" }));
    assert_eq!(staff(&world, EASTERN).await, ["Ann", "Cai"]);
    assert_eq!(staff(&world, WESTERN).await, ["Bob", "Dan"]);
    let query = "{ staff(filter: { name: { eq: \"Bob\" } }) { nodes {
        keyPost mainEmployment { tenure titleEngaged startedOn } person { employments(orderBy: STARTED_ON_ASC) {
            nodes { startedOn endedOn facility { name } } } } } } }";
    let answer = world.instance.ask(WESTERN, query).await;
    let bob = &answer.good()["staff"]["nodes"][0];
    let of_post = json!({
        "tenure": "ESTABLISHED", "titleEngaged": "INTERMEDIATE", "startedOn": "2026-01-01",
    });
    assert_eq!(bob["mainEmployment"], of_post);
    // The former employment stays with who keeps it.
    let own = json!([{
        "startedOn": "2026-01-01", "endedOn": null, "facility": { "name": "West Center" },
    }]);
    assert_eq!(bob["person"]["employments"]["nodes"], own);
    let left = "select count(*) from employment where id = 2 and ended_on = '2025-12-31'";
    assert_eq!(world.sql.number(left).await, 1);
}

async fn nobody_lets_go_whom_others_keep(backend: Backend) {
    let world = stewards(backend).await;
    // Reading is not keeping.
    give(&world, WESTERN, "analyst", EAST).await;
    let before = checksum(&world).await;
    let input = |staff: i64, code: &str| {
        json!({
            "staffMember": global_id("StaffMember", staff), "division": division(code),
            "startsOn": "2026-01-01",
        })
    };
    for (subject, staff, code, expected) in [
        (EASTERN, 4, EAST, "NOT_FOUND"),
        (EASTERN, 99, EAST, "NOT_FOUND"),
        (WESTERN, BOB, WEST, "FORBIDDEN"),
        (WESTERN, BOB, EAST, "FORBIDDEN"),
        ("manager", BOB, WEST, "FORBIDDEN"),
        ("analyst", BOB, WEST, "FORBIDDEN"),
    ] {
        let answer = transfer(&world, subject, "requestTransfer", input(staff, code)).await;
        assert_eq!(
            answer.codes,
            [expected],
            "{subject} {staff} {:?}",
            answer.messages
        );
    }
    let [hidden, absent] = [4, 99].map(|staff| input(staff, EAST));
    let hidden = transfer(&world, EASTERN, "requestTransfer", hidden).await;
    let absent = transfer(&world, EASTERN, "requestTransfer", absent).await;
    assert_eq!(hidden.messages, absent.messages);
    assert_eq!(checksum(&world).await, before);
    // Nor whom one may change, where the employment is not one's own to end.
    keep_employments(&world).await;
    let answer = transfer(&world, EASTERN, "requestTransfer", input(BOB, WEST)).await;
    assert_eq!(answer.codes, ["FORBIDDEN"], "{:?}", answer.messages);
}

async fn nobody_takes_in_beyond_what_was_agreed(backend: Backend) {
    let world = stewards(backend).await;
    let id = let_go(&world, BOB, WEST).await;
    let before = checksum(&world).await;
    let accept = async |subject: &str, facility: i64| {
        let answer = transfer(&world, subject, "acceptTransfer", taken_in(&id, facility)).await;
        assert_eq!(answer.data["acceptTransfer"], Value::Null);
        answer.codes
    };
    // Who lets go does not employ there, and what one may not open is not there.
    assert_eq!(accept(EASTERN, WEST_CENTER).await, ["NOT_FOUND"]);
    assert_eq!(accept(EASTERN, EAST_CENTER).await, ["INVALID_INPUT"]);
    assert_eq!(accept(WESTERN, EAST_CENTER).await, ["NOT_FOUND"]);
    assert_eq!(accept(WESTERN, 99).await, ["NOT_FOUND"]);
    assert_eq!(accept(NATIONAL, FAR_CENTER).await, ["INVALID_INPUT"]);
    assert_eq!(accept("manager", EAST_CENTER).await, ["FORBIDDEN"]);
    assert_eq!(accept("host", FAR_CENTER).await, ["NOT_FOUND"]);
    // Nor by another employer than one may open.
    let mut input = taken_in(&id, WEST_CENTER);
    input["post"]["employer"] = json!(global_id("Facility", FAR_CENTER));
    let answer = transfer(&world, WESTERN, "acceptTransfer", input).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    assert_eq!(checksum(&world).await, before);
}

async fn either_side_declines(backend: Backend) {
    let world = stewards(backend).await;
    for subject in [EASTERN, WESTERN, "manager"] {
        let id = let_go(&world, BOB, WEST).await;
        let declined = |version| json!({ "id": id, "version": version, "reason": "not needed" });
        let others = transfer(&world, "host", "declineTransfer", declined(1)).await;
        assert_eq!(others.codes, ["NOT_FOUND"]);
        let analyst = transfer(&world, "analyst", "declineTransfer", declined(1)).await;
        assert_eq!(analyst.codes, ["FORBIDDEN"]);
        let stale = transfer(&world, subject, "declineTransfer", declined(2)).await;
        assert_eq!(stale.codes, ["CONFLICT"]);
        let answer = transfer(&world, subject, "declineTransfer", declined(1)).await;
        let told = shown(&answer, "declineTransfer");
        assert_eq!(told["status"], "DECLINED", "{subject}");
        for version in [1, 2] {
            let mut input = taken_in(&id, WEST_CENTER);
            input["version"] = json!(version);
            let late = transfer(&world, WESTERN, "acceptTransfer", input).await;
            assert_eq!(late.codes, ["CONFLICT"]);
            let again = transfer(&world, EASTERN, "declineTransfer", declined(version)).await;
            assert_eq!(again.codes, ["CONFLICT"]);
        }
    }
    assert_eq!(staff(&world, EASTERN).await, ["Ann", "Bob", "Cai"]);
    let untouched = "select count(*) from staff_member where version = 1";
    assert_eq!(world.sql.number(untouched).await, 5);
}

async fn a_request_holds_as_long_as_what_it_rests_on(backend: Backend) {
    let world = stewards(backend).await;
    let to_west = let_go(&world, BOB, WEST).await;
    let to_far = let_go(&world, BOB, FAR).await;
    let answer = transfer(
        &world,
        NATIONAL,
        "acceptTransfer",
        taken_in(&to_far, FAR_CENTER),
    )
    .await;
    answer.good();
    let late = transfer(
        &world,
        WESTERN,
        "acceptTransfer",
        taken_in(&to_west, WEST_CENTER),
    )
    .await;
    assert_eq!(late.codes, ["CONFLICT"], "{:?}", late.messages);
    // Nor does who left begin before that.
    let id = let_go(&world, 1, WEST).await;
    world
        .sql
        .run("update employment set ended_on = '2026-03-01' where id = 1")
        .await;
    let late = transfer(
        &world,
        WESTERN,
        "acceptTransfer",
        taken_in(&id, WEST_CENTER),
    )
    .await;
    assert_eq!(late.codes, ["CONFLICT"], "{:?}", late.messages);
    assert_eq!(staff(&world, WESTERN).await, ["Dan"]);
}

/// The worksite is handed over to another division, which has let nobody go.
async fn what_one_division_agreed_to_binds_no_other(backend: Backend) {
    let world = stewards(backend).await;
    let id = let_go(&world, BOB, WEST).await;
    let handed_over = format!(
        "update facility set administered_by = (select id from division where code = '{FAR}')
            where id = {EAST_CENTER}"
    );
    world.sql.run(&handed_over).await;
    let before = checksum(&world).await;
    for subject in [WESTERN, NATIONAL] {
        let input = taken_in(&id, WEST_CENTER);
        let answer = transfer(&world, subject, "acceptTransfer", input).await;
        assert_eq!(
            answer.codes,
            ["CONFLICT"],
            "{subject} {:?}",
            answer.messages
        );
    }
    assert_eq!(checksum(&world).await, before);
    let query = "{ transfers { nodes { releasedBy { code } from { administeredBy { code } } } } }";
    let answer = world.instance.ask(NATIONAL, query).await;
    let told = json!([{
        "releasedBy": { "code": EAST }, "from": { "administeredBy": { "code": FAR } },
    }]);
    assert_eq!(answer.good()["transfers"]["nodes"], told);
}

async fn who_is_out_of_use_goes_nowhere(backend: Backend) {
    for table in ["person", "employment", "staff_member"] {
        let world = stewards(backend).await;
        let id = let_go(&world, BOB, WEST).await;
        let out_of_use = format!("update {table} set active = false where id = {BOB}");
        world.sql.run(&out_of_use).await;
        let before = checksum(&world).await;
        let input = taken_in(&id, WEST_CENTER);
        let taken_in = transfer(&world, NATIONAL, "acceptTransfer", input).await;
        assert_eq!(
            taken_in.codes,
            ["CONFLICT"],
            "{table} {:?}",
            taken_in.messages
        );
        let input = json!({
            "staffMember": global_id("StaffMember", BOB), "division": division(FAR),
            "startsOn": "2026-01-01",
        });
        let let_go = transfer(&world, NATIONAL, "requestTransfer", input).await;
        assert_eq!(let_go.codes, ["CONFLICT"], "{table} {:?}", let_go.messages);
        assert_eq!(checksum(&world).await, before, "{table}");
    }
}
