//! The data in parts.

use crate::seed::{Dataset, Parts, Scale};

fn parts(scale: Scale) -> Vec<Dataset> {
    Parts::of(scale).expect("the data can be made").collect()
}

#[test]
fn the_parts_are_the_same_on_every_call() {
    assert!(parts(Scale::Hundredth) == parts(Scale::Hundredth));
}

#[test]
fn a_hundredth_of_the_country_has_a_hundredth_of_its_people() {
    let parts = parts(Scale::Hundredth);
    assert_eq!(parts.len(), 30);
    let (first, counties) = parts.split_first().expect("a part");
    assert_eq!(first.divisions.len(), 44_707);
    let staff: usize = counties.iter().map(|part| part.staff.len()).sum();
    assert!((38_000..46_000).contains(&staff), "{staff}");
}

#[test]
fn keys_go_on_from_part_to_part() {
    let parts = parts(Scale::Hundredth);
    macro_rules! assert_sequential {
        ($($table:ident),+ $(,)?) => {$(
            let keys = parts.iter().flat_map(|part| &part.$table).map(|row| row.id);
            let keys: Vec<i64> = keys.collect();
            assert!(keys.iter().copied().eq(1..=keys.len() as i64), stringify!($table));
            let first = parts.first().map_or(0, |part| part.$table.len());
            assert!(keys.len() > first, stringify!($table));
        )+};
    }
    assert_sequential!(
        facilities,
        people,
        employments,
        staff,
        enrollments,
        projects,
        parties,
        modules,
        sites,
        activities,
        users,
        bindings,
    );
}
