//! Facilities and divisions that change their place in the country.

use access::Interval;
use support::Backend;

use super::watch::Watch;
use crate::world::{EAST, EAST_CENTER, EAST_CLINIC, FAR, WEST, WEST_CENTER, World};

on_both_databases!(
    a_facility_that_another_county_takes_over_takes_its_staff_along,
    a_division_that_gets_another_key_keeps_its_own_rows_and_no_others,
    a_clinic_that_is_no_longer_managed_is_out_of_sight,
    a_center_that_comes_under_management_is_in_sight,
);

async fn a_facility_that_another_county_takes_over_takes_its_staff_along(backend: Backend) {
    let world = World::make(backend).await;
    let far = Interval::of_code(FAR).unwrap().first;
    let bind = format!(
        "insert into role_binding (user_id, role, division_id)
         select id, 'steward', {far} from app_user where subject = 'newcomer'"
    );
    world.sql.run(&bind).await;
    let east = Watch::begin(&world, "steward").await;
    let far_steward = Watch::begin(&world, "newcomer").await;

    let sql = format!("update facility set administered_by = {far} where id = {EAST_CENTER}");
    world.sql.run(&sql).await;

    // It still stands in the east, whose steward sees its public columns.
    let sight = east.look().await;
    assert_eq!(sight.facilities(), ["East Clinic", "East Center"]);
    assert_eq!(sight.staff(), ["Cai"]);
    let sight = far_steward.look().await;
    assert_eq!(sight.facilities(), ["East Center", "Far Center"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Eve"]);
}

/// The steward's county gets a free key and the neighbour the one that it had:
/// what was remembered of the steward is the neighbour's interval now.
async fn a_division_that_gets_another_key_keeps_its_own_rows_and_no_others(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "steward").await;

    for (from, to) in [(EAST, "310109"), (WEST, EAST)] {
        let Interval { first, last } = Interval::of_code(to).unwrap();
        let sql = format!(
            "update division set id = {first}, last = {last}, code = '{to}' where code = '{from}'"
        );
        world.sql.run(&sql).await;
    }

    let sight = watch.look().await;
    assert!(sight.was_run_again());
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);
}

async fn a_clinic_that_is_no_longer_managed_is_out_of_sight(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "manager").await;
    let sight = watch.look().await;
    assert_eq!(sight.facilities(), ["East Center", "East Clinic"]);
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai"]);

    let sql = format!("update facility set integrated_under = null where id = {EAST_CLINIC}");
    world.sql.run(&sql).await;

    let sight = watch.look().await;
    assert_eq!(sight.facilities(), ["East Center"]);
    assert_eq!(sight.staff(), ["Ann", "Bob"]);
}

async fn a_center_that_comes_under_management_is_in_sight(backend: Backend) {
    let world = World::make(backend).await;
    let watch = Watch::begin(&world, "manager").await;

    let sql = format!("update facility set branch_of = {EAST_CENTER} where id = {WEST_CENTER}");
    world.sql.run(&sql).await;

    let sight = watch.look().await;
    assert_eq!(
        sight.facilities(),
        ["East Center", "East Clinic", "West Center"]
    );
    assert_eq!(sight.staff(), ["Ann", "Bob", "Cai", "Dan"]);
}
