//! Arguments that make no page.

use support::Backend;

use super::list::ask;
use crate::world::World;

on_both_databases!(
    a_size_out_of_range_is_refused,
    two_sizes_are_refused,
    a_nested_list_refuses_the_same,
    the_largest_size_is_taken,
);

async fn a_size_out_of_range_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    for name in ["first", "last"] {
        for size in [
            "-1",
            "201",
            "2147483647",
            "-2147483648",
            "2147483648",
            "1.5",
            "\"5\"",
        ] {
            let answer = ask(
                &world,
                "administrator",
                "facilities",
                &format!("{name}: {size}"),
            )
            .await;
            assert!(!answer.codes.is_empty(), "{name}: {size}");
            let invalid = |code: &String| code == "INVALID_INPUT";
            assert!(
                answer.codes.iter().all(invalid),
                "{name}: {size}: {:?}",
                answer.codes
            );
        }
    }
}

async fn two_sizes_are_refused(backend: Backend) {
    let world = World::make(backend).await;
    let answer = ask(&world, "administrator", "facilities", "first: 1, last: 1").await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

async fn a_nested_list_refuses_the_same(backend: Backend) {
    let world = World::make(backend).await;
    for arguments in ["first: -1", "last: 201", "first: 1, last: 1"] {
        let query = format!(
            "{{ facilities(first: 1) {{ nodes {{ staff({arguments}) {{ totalCount }} }} }} }}"
        );
        let answer = world.instance.ask("administrator", &query).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{arguments}");
    }
}

async fn the_largest_size_is_taken(backend: Backend) {
    let world = World::make(backend).await;
    for arguments in ["first: 200", "last: 200"] {
        let answer = ask(&world, "administrator", "facilities", arguments).await;
        assert_eq!(
            answer.good()["facilities"]["edges"]
                .as_array()
                .unwrap()
                .len(),
            4
        );
    }
}
