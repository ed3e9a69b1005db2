//! Transfers that are decided by several at the same time.

use std::sync::Arc;

use serde_json::json;
use support::Backend;
use tokio::task::JoinSet;

use super::{
    EASTERN, NATIONAL, OF_OTHER_PROVINCE, WESTERN, hired, hiring::renumber, let_go, of_candidate,
    shown, stewards, taken_in, transfer,
};
use crate::{
    database::Sql,
    world::{EAST_CENTER, FAR, FAR_CENTER, WEST, WEST_CENTER, global_id, identity_number},
};

on_both_databases!(
    a_transfer_is_decided_once,
    a_person_is_taken_in_once,
    a_number_becomes_one_person,
    a_clash_is_found_by_who_writes_last,
    names_and_worksites_change_at_a_time,
);

const ROUNDS: usize = 10;

async fn a_transfer_is_decided_once(backend: Backend) {
    let world = Arc::new(stewards(backend).await);
    for round in 0..ROUNDS {
        let back = "update staff_member set main_employment_id = 2, facility_id = 1, key_post =
            'GENERAL_PRACTICE', administered_by = (select administered_by from facility where id = 1),
            located_in = (select located_in from facility where id = 1) where id = 2";
        world.sql.run(back).await;
        world
            .sql
            .run("delete from employment where person_id = 2 and id > 2")
            .await;
        let open = "update employment set ended_on = null where id = 2";
        world.sql.run(open).await;
        let id = let_go(&world, 2, WEST).await;
        let mut deciders = JoinSet::new();
        for decider in 0..6 {
            let (world, id) = (world.clone(), id.clone());
            deciders.spawn(async move {
                let declined = json!({ "id": id, "version": 1, "reason": "not needed" });
                let (subject, mutation, input) = match decider {
                    0 => (EASTERN, "declineTransfer", declined),
                    1 => (NATIONAL, "acceptTransfer", taken_in(&id, WEST_CENTER)),
                    _ => (WESTERN, "acceptTransfer", taken_in(&id, WEST_CENTER)),
                };
                transfer(&world, subject, mutation, input).await.codes
            });
        }
        let mut codes = deciders.join_all().await.concat();
        codes.sort();
        assert_eq!(codes, ["CONFLICT"; 5], "round {round}");
        let current = "select count(*) from employment
            where person_id = 2 and main and ended_on is null";
        assert_eq!(world.sql.number(current).await, 1, "round {round}");
    }
}

async fn a_person_is_taken_in_once(backend: Backend) {
    let world = Arc::new(stewards(backend).await);
    let to_west = let_go(&world, 2, WEST).await;
    let to_far = let_go(&world, 2, FAR).await;
    let mut takers = JoinSet::new();
    for (id, facility) in [(to_west, WEST_CENTER), (to_far, FAR_CENTER)] {
        let world = world.clone();
        takers.spawn(async move {
            let input = taken_in(&id, facility);
            transfer(&world, NATIONAL, "acceptTransfer", input)
                .await
                .codes
        });
    }
    assert_eq!(takers.join_all().await.concat(), ["CONFLICT"]);
    let employments = "select count(*) from employment where person_id = 2";
    assert_eq!(world.sql.number(employments).await, 2);
}

async fn a_number_becomes_one_person(backend: Backend) {
    let world = Arc::new(stewards(backend).await);
    let number = "99000019900101001X";
    let mut takers = JoinSet::new();
    for worksite in [EAST_CENTER, WEST_CENTER, FAR_CENTER] {
        let mut input = of_candidate(number);
        input["facility"] = json!(global_id("Facility", worksite));
        let asked = transfer(&world, NATIONAL, "requestHire", input).await;
        let (world, id) = (world.clone(), shown(&asked, "requestHire")["id"].clone());
        takers.spawn(async move {
            let input = json!({ "id": id, "version": 1 });
            transfer(&world, NATIONAL, "acceptTransfer", input)
                .await
                .codes
        });
    }
    // The others find somebody who begins elsewhere that very day.
    assert_eq!(takers.join_all().await.concat(), ["CONFLICT"; 2]);
    let people = "select count(*) from person";
    assert_eq!(world.sql.number(people).await, 6);
}

/// A request and a person who comes to be known under its number at the same time.
async fn a_clash_is_found_by_who_writes_last(backend: Backend) {
    let world = Arc::new(stewards(backend).await);
    for round in 0..3 * ROUNDS {
        let number = format!("9900001990010{round:04}X");
        let mut writers = JoinSet::new();
        for asks in [true, false] {
            let (world, number) = (world.clone(), number.clone());
            writers.spawn(async move {
                if asks {
                    hired(&world, &number).await;
                } else {
                    renumber(&world, WESTERN, (4, round as i32 + 1), Some(&number)).await;
                }
            });
        }
        writers.join_all().await;
        let clashes = "select count(*) from clash c join transfer t on t.id = c.transfer_id
            where c.person_id = 4 and t.id = (select max(id) from transfer)";
        assert_eq!(world.sql.number(clashes).await, 1, "round {round}");
    }
}

/// A person's name follows into the request and the employments that the acceptance writes:
/// neither of the two waits for what the other holds.
async fn names_and_worksites_change_at_a_time(backend: Backend) {
    for round in 0..ROUNDS {
        let world = Arc::new(stewards(backend).await);
        let id = let_go(&world, 2, WEST).await;
        let renaming = {
            let world = world.clone();
            let input = json!({
                "id": global_id("Person", 2), "version": 1, "name": "Bert",
            });
            let query = "mutation($input: UpdatePersonInput!) {
                updatePerson(input: $input) { person { name } } }";
            let variables = json!({ "input": input });
            async move { world.instance.ask_with(NATIONAL, query, variables).await }
        };
        let input = taken_in(&id, WEST_CENTER);
        let taking_in = transfer(&world, WESTERN, "acceptTransfer", input);
        let (renamed, taken_in) = tokio::join!(renaming, taking_in);
        for answer in [renamed, taken_in] {
            assert_eq!(answer.codes, [""; 0], "round {round} {:?}", answer.messages);
        }
        let followed = "select count(*) from transfer where name = 'Bert'
            and status = 'ACCEPTED'";
        assert_eq!(world.sql.number(followed).await, 1, "round {round}");
    }
}

/// Who asks for somebody waits for nobody who holds the person, of whom they may not know.
#[tokio::test]
async fn who_asks_waits_for_no_hidden_person() {
    let world = stewards(Backend::Postgres).await;
    let id = let_go(&world, 2, WEST).await;
    let holder = Sql::single(&world.url).await;
    let held = "begin; select id from person for update";
    holder.run(held).await;
    // Else it ends as a conflict, after the patience for locks.
    hired(&world, &identity_number(4)).await;
    // Nor does who decides on a request that they may not open.
    let unseen = taken_in(&id, FAR_CENTER);
    let refused = transfer(&world, OF_OTHER_PROVINCE, "acceptTransfer", unseen).await;
    assert_eq!(refused.codes, ["NOT_FOUND"], "{:?}", refused.messages);
    holder.run("commit").await;
}
