//! Neither the database nor a copy of it tells what identifies people.

use std::fs;

use support::Backend;

use crate::{
    database::Sql,
    world::{World, birth_date, identity_number, phone},
};

on_both_databases!(
    no_table_holds_it_in_clear,
    what_is_moved_to_another_person_does_not_open,
);

async fn no_table_holds_it_in_clear(backend: Backend) {
    let world = World::make(backend).await;
    let contents = match backend {
        Backend::Sqlite => {
            let file = world.url.strip_prefix("sqlite://").unwrap();
            let parts = ["", "-wal"].map(|suffix| fs::read(format!("{file}{suffix}")));
            parts.into_iter().flatten().flatten().collect()
        }
        Backend::Postgres => dump(&world.sql).await,
    };
    let holds = |text: &str| {
        let bytes = text.as_bytes();
        contents.windows(bytes.len()).any(|some| some == bytes)
    };
    assert!(holds("East Center"), "what is not personal is found");
    for person in 1..=5 {
        for secret in [identity_number(person), phone(person), birth_date(person)] {
            let hexadecimal: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            assert!(!holds(&secret) && !holds(&hexadecimal), "{secret}");
        }
    }
}

/// Who writes past the program gives nobody's number to a person that they may see.
async fn what_is_moved_to_another_person_does_not_open(backend: Backend) {
    let world = World::make(backend).await;
    let query = "{ staff { nodes { name person { phone } } } }";
    let before = world.instance.ask("steward", query).await;
    assert!(before.good()["staff"]["nodes"].as_array().is_some());
    world
        .sql
        .run(
            "update person set phone = (select phone from person where id = 5)
             where id = 1",
        )
        .await;
    let after = world.instance.ask("steward", query).await;
    assert_eq!(after.codes, ["INTERNAL"]);
}

/// Every row of every table, as text.
async fn dump(sql: &Sql) -> Vec<u8> {
    sql.bytes(
        "select convert_to(string_agg(query_to_xml(
                format('select * from %I', tablename), true, false, '')::text, ''), 'utf8')
         from pg_tables where schemaname = 'public' and tablename <> 'division'",
    )
    .await
}
