//! The ends of lists, and pages between two cursors.

use support::Backend;

use super::list::{LENGTH, Page, fill, names_in, page};
use crate::world::World;

on_both_databases!(
    each_page_says_whether_rows_lie_on_either_side,
    a_page_between_two_cursors_says_what_lies_beyond_each,
    an_empty_page_has_no_cursors,
    a_page_of_no_rows_still_says_whether_there_are_any,
    a_cursor_is_good_when_its_row_is_gone,
);

/// The facilities of this list alone.
const STAYS: &str = "filter: { name: { startsWith: \"Stay\" } }, orderBy: NAME_ASC";

fn sides(page: &Page) -> (bool, bool) {
    (page.has_previous, page.has_next)
}

async fn each_page_says_whether_rows_lie_on_either_side(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    let names = names_in("NAME_ASC");
    let stays =
        async |arguments: &str| page(&world, "facilities", &format!("{STAYS}, {arguments}")).await;

    let whole = stays("first: 200").await;
    assert_eq!((sides(&whole), &whole.names), ((false, false), &names));
    let exact = stays(&format!("first: {LENGTH}")).await;
    assert_eq!(sides(&exact), (false, false));
    let head = stays("first: 7").await;
    assert_eq!(
        (sides(&head), &head.names[..]),
        ((false, true), &names[..7])
    );
    let tail = stays("last: 7").await;
    assert_eq!(sides(&tail), (true, false));
    assert_eq!(tail.names[..], names[LENGTH - 7..]);

    let cursor = |place: usize| &whole.cursors[place];
    let middle = stays(&format!("first: 7, after: \"{}\"", cursor(9))).await;
    assert_eq!(
        (sides(&middle), &middle.names[..]),
        ((true, true), &names[10..17])
    );
    let middle = stays(&format!("last: 7, before: \"{}\"", cursor(17))).await;
    assert_eq!(
        (sides(&middle), &middle.names[..]),
        ((true, true), &names[10..17])
    );
    let end = stays(&format!("first: 7, after: \"{}\"", cursor(LENGTH - 3))).await;
    assert_eq!((sides(&end), end.names.len()), ((true, false), 2));
    let start = stays(&format!("last: 7, before: \"{}\"", cursor(2))).await;
    assert_eq!((sides(&start), start.names.len()), ((false, true), 2));
}

async fn a_page_between_two_cursors_says_what_lies_beyond_each(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    let whole = page(&world, "facilities", &format!("{STAYS}, first: 200")).await;
    let between = format!(
        "after: \"{}\", before: \"{}\"",
        whole.cursors[4], whole.cursors[9]
    );
    for size in ["first: 20", "last: 20"] {
        let arguments = format!("{STAYS}, {size}, {between}");
        let page = page(&world, "facilities", &arguments).await;
        assert_eq!(page.names[..], whole.names[5..9], "{size}");
        assert_eq!(sides(&page), (true, true), "{size}");
    }
}

async fn an_empty_page_has_no_cursors(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    let nothing = "filter: { name: { eq: \"nowhere\" } }";
    let whole = page(&world, "facilities", &format!("{STAYS}, first: 200")).await;
    let behind = format!(
        "{STAYS}, first: 5, after: \"{}\"",
        whole.cursors[LENGTH - 1]
    );
    for arguments in [nothing, &behind] {
        let page = page(&world, "facilities", arguments).await;
        assert!(page.names.is_empty() && !page.has_next);
        assert_eq!((page.start, page.end), (None, None));
    }
}

async fn a_page_of_no_rows_still_says_whether_there_are_any(backend: Backend) {
    let world = World::make(backend).await;
    let none = page(&world, "facilities", "first: 0").await;
    assert!(none.names.is_empty() && none.has_next);
    let none = page(&world, "facilities", "last: 0").await;
    assert!(none.names.is_empty() && none.has_previous);
}

async fn a_cursor_is_good_when_its_row_is_gone(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    let head = page(&world, "facilities", &format!("{STAYS}, first: 5")).await;
    let last = head.names.last().unwrap();
    let remove = format!(
        "delete from staff_member where name = '{last}';
         delete from employment where person_name = '{last}';
         delete from facility where name = '{last}'"
    );
    world.sql.run(&remove).await;

    let cursor = head.end.unwrap();
    let next = page(
        &world,
        "facilities",
        &format!("{STAYS}, first: 5, after: \"{cursor}\""),
    )
    .await;
    assert_eq!(next.names[..], names_in("NAME_ASC")[5..10]);
}
