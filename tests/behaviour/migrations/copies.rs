//! Columns that repeat another row's, for the sake of one range of an index:
//! foreign keys keep them equal to it.

use access::Interval;
use support::Backend;

use crate::world::{EAST_CENTER, FAR, WEST_CENTER, World};

on_both_databases!(
    a_facility_that_moves_takes_every_copy_of_its_divisions_along,
    a_division_that_gets_another_key_takes_every_copy_along,
    a_person_who_is_renamed_is_renamed_everywhere,
    a_copy_can_not_be_changed_by_itself,
    nobody_has_two_current_main_employments,
    a_member_of_staff_belongs_to_the_facility_of_the_main_employment,
    a_binding_has_exactly_one_target,
);

/// How many rows the condition holds for.
async fn count(world: &World, table: &str, condition: &str) -> i64 {
    let sql = format!("select count(*) from {table} where {condition}");
    world.sql.number(&sql).await
}

async fn refuses(world: &World, sql: &str) {
    let refused = world.sql.try_run(sql).await;
    assert!(refused.is_err(), "the database took: {sql}");
}

async fn a_facility_that_moves_takes_every_copy_of_its_divisions_along(backend: Backend) {
    let world = World::make(backend).await;
    let far = Interval::of_code(FAR).unwrap().first;
    for column in ["administered_by", "located_in"] {
        let sql = format!("update facility set {column} = {far} where id = {EAST_CENTER}");
        world.sql.run(&sql).await;
        let moved = format!("facility_id = {EAST_CENTER} and {column} = {far}");
        assert_eq!(count(&world, "staff_member", &moved).await, 2);
        assert_eq!(count(&world, "employment", &moved).await, 2);
        assert_eq!(count(&world, "partnership_site", &moved).await, 1);
        // An enrollment's division was fixed when it began.
        let fixed = format!("division_id = {far}");
        assert_eq!(count(&world, "enrollment", &fixed).await, 0);
    }
}

async fn a_division_that_gets_another_key_takes_every_copy_along(backend: Backend) {
    let world = World::make(backend).await;
    let from = Interval::of_code(FAR).unwrap().first;
    let to = Interval::of_code("320109").unwrap();
    let sql = format!(
        "update division set id = {}, last = {}, code = '320109' where id = {from}",
        to.first, to.last
    );
    world.sql.run(&sql).await;
    for table in ["facility", "staff_member", "employment"] {
        let at = |key: i64| format!("administered_by = {key} and located_in = {key}");
        assert_eq!(count(&world, table, &at(from)).await, 0, "{table}");
        assert_eq!(count(&world, table, &at(to.first)).await, 1, "{table}");
    }
}

async fn a_person_who_is_renamed_is_renamed_everywhere(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run("update person set name = 'Anna' where name = 'Ann'")
        .await;
    for (table, column) in [
        ("staff_member", "name"),
        ("employment", "person_name"),
        ("enrollment", "participant_name"),
    ] {
        let named = |name: &str| format!("{column} = '{name}'");
        assert_eq!(count(&world, table, &named("Ann")).await, 0, "{table}");
        assert_eq!(count(&world, table, &named("Anna")).await, 1, "{table}");
    }
}

async fn a_copy_can_not_be_changed_by_itself(backend: Backend) {
    let world = World::make(backend).await;
    for (table, change) in [
        ("staff_member", "name = 'Other'"),
        ("employment", "person_name = 'Other'"),
        ("enrollment", "participant_name = 'Other'"),
        ("staff_member", "administered_by = 0"),
        ("staff_member", "located_in = 0"),
        ("employment", "administered_by = 0"),
        ("partnership_site", "located_in = 0"),
        ("stage", "division_id = 3100000000001"),
        ("staff_member", "key_post = 'TCM'"),
        ("enrollment", "stage_id = 3"),
    ] {
        refuses(&world, &format!("update {table} set {change} where id = 1")).await;
    }
}

async fn nobody_has_two_current_main_employments(backend: Backend) {
    let world = World::make(backend).await;
    let employ = |main: bool, ended: &str| {
        format!(
            "insert into employment (person_id, person_name, facility_id, employer_id,
                 administered_by, located_in, main, tenure, key_post, title_engaged, started_on,
                 ended_on)
             select person_id, person_name, facility_id, employer_id, administered_by, located_in,
                 {main}, tenure, key_post, title_engaged, started_on, {ended}
             from employment where id = 1"
        )
    };
    refuses(&world, &employ(true, "null")).await;
    world.sql.run(&employ(false, "null")).await;
    world.sql.run(&employ(true, "'2022-01-01'")).await;
    refuses(
        &world,
        "update employment set main = true where person_id = 1",
    )
    .await;
    refuses(
        &world,
        "update employment set ended_on = '2019-01-01' where id = 1",
    )
    .await;
}

async fn a_member_of_staff_belongs_to_the_facility_of_the_main_employment(backend: Backend) {
    let world = World::make(backend).await;
    let move_record = format!(
        "update staff_member set facility_id = {WEST_CENTER},
             administered_by = (select administered_by from facility where id = {WEST_CENTER}),
             located_in = (select located_in from facility where id = {WEST_CENTER})
         where id = 1"
    );
    refuses(&world, &move_record).await;
    // Nor may it name the employment of somebody else.
    refuses(
        &world,
        "update staff_member set main_employment_id = 4 where id = 1",
    )
    .await;
}

async fn a_binding_has_exactly_one_target(backend: Backend) {
    let world = World::make(backend).await;
    for (columns, values) in [
        ("user_id, role", "1, 'steward'"),
        (
            "user_id, role, division_id, facility_id",
            "1, 'steward', 0, 1",
        ),
        ("user_id, role, facility_id", "1, 'steward', 999"),
        ("user_id, role, facility_id", "999, 'steward', 1"),
    ] {
        let sql = format!("insert into role_binding ({columns}) values ({values})");
        refuses(&world, &sql).await;
    }
}
