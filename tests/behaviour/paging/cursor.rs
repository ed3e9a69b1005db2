//! Cursors that are not of the list that they are used in.

use support::Backend;

use super::list::{ask, fill, page};
use crate::world::World;

on_both_databases!(
    a_cursor_of_another_list_is_refused,
    a_cursor_of_another_user_is_refused,
    a_cursor_of_a_nested_list_is_refused_elsewhere,
    a_cursor_that_was_tampered_with_is_refused,
    a_cursor_reveals_nothing,
);

async fn a_cursor_of_another_list_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    fill(&world).await;
    let of = "orderBy: NAME_ASC, filter: { name: { startsWith: \"Stay\" } }";
    let cursor = page(&world, "facilities", of).await.cursors[3].clone();
    for (list, arguments) in [
        ("facilities", ""),
        ("facilities", "orderBy: NAME_ASC"),
        ("facilities", "filter: { name: { startsWith: \"Stay\" } }"),
        (
            "facilities",
            "orderBy: NAME_DESC, filter: { name: { startsWith: \"Stay\" } }",
        ),
        (
            "facilities",
            "orderBy: NAME_ASC, filter: { name: { startsWith: \"Sta\" } }",
        ),
        (
            "facilities",
            "orderBy: NAME_ASC, filter: { name: { contains: \"Stay\" } }",
        ),
        (
            "staff",
            "orderBy: NAME_ASC, filter: { name: { startsWith: \"Stay\" } }",
        ),
    ] {
        for place in ["after", "before"] {
            let arguments = format!("{arguments} {place}: \"{cursor}\"");
            let answer = ask(&world, "administrator", list, &arguments).await;
            assert_eq!(answer.codes, ["INVALID_INPUT"], "{list}({arguments})");
        }
    }
    let arguments = format!("{of}, after: \"{cursor}\"");
    ask(&world, "administrator", "facilities", &arguments)
        .await
        .good();
}

async fn a_cursor_of_another_user_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    let cursor = page(&world, "facilities", "first: 1").await.end.unwrap();
    let arguments = format!("first: 1, after: \"{cursor}\"");
    let answer = ask(&world, "steward", "facilities", &arguments).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

async fn a_cursor_of_a_nested_list_is_refused_elsewhere(backend: Backend) {
    let world = World::make(backend).await;
    let query = "{ facilities(first: 1) { nodes { staff(first: 1) { pageInfo { endCursor } } } } }";
    let answer = world.instance.ask("administrator", query).await;
    let staff = &answer.good()["facilities"]["nodes"][0]["staff"];
    let cursor = staff["pageInfo"]["endCursor"].as_str().unwrap();

    let arguments = format!("after: \"{cursor}\"");
    let answer = ask(&world, "administrator", "staff", &arguments).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
    let nested = format!(
        "{{ facilities(first: 1) {{ nodes {{ staff(after: \"{cursor}\") {{ nodes {{ name }} }} }} }} }}"
    );
    let answer = world.instance.ask("administrator", &nested).await;
    let staff = &answer.good()["facilities"]["nodes"][0]["staff"];
    assert_eq!(staff["nodes"][0]["name"], "Bob");
}

async fn a_cursor_that_was_tampered_with_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    let cursor = page(&world, "facilities", "first: 1").await.end.unwrap();
    let changed = |place: usize| {
        let mut letters: Vec<char> = cursor.chars().collect();
        letters[place] = if letters[place] == 'A' { 'B' } else { 'A' };
        letters.into_iter().collect::<String>()
    };
    let forged = [
        String::new(),
        "!".to_owned(),
        "YQ".to_owned(),
        "A".repeat(10_000),
        cursor[1..].to_owned(),
        cursor[..cursor.len() - 1].to_owned(),
        format!("{cursor}AAAA"),
        format!("{cursor}="),
        changed(0),
        changed(cursor.len() / 2),
        changed(cursor.len() - 2),
    ];
    for cursor in forged {
        let arguments = format!("after: \"{cursor}\"");
        let answer = ask(&world, "administrator", "facilities", &arguments).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{cursor}");
    }
}

/// It holds the value that its list is ordered by.
async fn a_cursor_reveals_nothing(backend: Backend) {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    let world = World::make(backend).await;
    let page = page(&world, "staff", "orderBy: NAME_ASC").await;
    for (name, cursor) in page.names.iter().zip(&page.cursors) {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).unwrap();
        assert!(
            !bytes
                .windows(name.len())
                .any(|part| part == name.as_bytes())
        );
    }
}
