//! A policy that was spoilt in the database, past all checks: nobody sees
//! anything, until it is repaired.

use support::Backend;

use super::BAD;
use crate::{
    instance::{Answer, Instance},
    world::World,
};

on_both_databases!(
    a_bad_line_in_the_table_hides_everything_from_everyone,
    every_kind_of_bad_line_in_the_table_hides_everything,
    a_table_that_could_not_be_read_for_a_while_is_read_again,
);

const EVERYTHING: &str = "{ divisions { totalCount } organizations { totalCount }
    facilities { totalCount } staff { totalCount } programs { totalCount }
    enrollments { totalCount } partnershipProjects { totalCount } users { totalCount }
    policyRules { totalCount } division(code: \"0\") { name }
    viewer { subject bindings { totalCount } } }";

const SUBJECTS: [&str; 7] = [
    "administrator",
    "analyst",
    "steward",
    "manager",
    "host",
    "sponsor",
    "newcomer",
];

/// A line as a statement writes it.
fn insertion(line: &str) -> String {
    let mut values = line.split(", ").map(|value| format!("'{value}'"));
    let section = values.next().unwrap_or_default();
    let mut values: Vec<String> = values.collect();
    values.resize(6, "null".to_owned());
    // A table without NULL in these two can't hold a shorter line.
    for value in &mut values[..2] {
        if value == "null" {
            *value = "''".to_owned();
        }
    }
    format!(
        "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values ({section}, {})",
        values.join(", ")
    )
}

const REPAIR: &str = "delete from policy_rule
    where id > (select max(id) - 1 from policy_rule)";

fn shows_nothing(answer: &Answer, subject: &str) {
    let mut data = answer.good().as_object().unwrap().clone();
    let viewer = data.remove("viewer").unwrap();
    assert_eq!(viewer["subject"], subject);
    assert_eq!(viewer["bindings"]["totalCount"], 0);
    assert!(data.remove("division").unwrap().is_null());
    assert!(
        data.values().all(|list| list["totalCount"] == 0),
        "{subject}: {data:?}"
    );
}

async fn a_bad_line_in_the_table_hides_everything_from_everyone(backend: Backend) {
    let world = World::make(backend).await;
    let mut before = Vec::new();
    for subject in SUBJECTS {
        before.push(world.instance.ask(subject, EVERYTHING).await.data);
    }
    world.sql.run(&insertion(BAD[0].1)).await;

    let new = Instance::start(&world.url).await;
    for instance in [&world.instance, &new] {
        for subject in SUBJECTS {
            shows_nothing(&instance.ask(subject, EVERYTHING).await, subject);
        }
    }

    world.sql.run(REPAIR).await;
    for instance in [&world.instance, &new] {
        for (subject, before) in SUBJECTS.iter().zip(&before) {
            assert_eq!(instance.ask(subject, EVERYTHING).await.data, *before);
        }
    }
}

async fn every_kind_of_bad_line_in_the_table_hides_everything(backend: Backend) {
    let world = World::make(backend).await;
    let unknown = (
        "section",
        "q, role:steward, res:facility, list, subtree, cols:all, deny",
    );
    for (what, line) in BAD.into_iter().chain([unknown]) {
        // There is no column for a seventh value.
        if what == "too long" {
            continue;
        }
        world.sql.run(&insertion(line)).await;
        let answer = world.instance.ask("administrator", EVERYTHING).await;
        shows_nothing(&answer, "administrator");
        world.sql.run(REPAIR).await;
    }
    let answer = world.instance.ask("administrator", EVERYTHING).await;
    assert_eq!(answer.total("staff"), 5);
}

/// Whatever is decided while the policy can't be read must not outlast that.
async fn a_table_that_could_not_be_read_for_a_while_is_read_again(backend: Backend) {
    let world = World::make(backend).await;
    world
        .sql
        .run("alter table policy_rule rename to elsewhere")
        .await;
    let answer = world
        .instance
        .ask("steward", "{ staff { totalCount } }")
        .await;
    assert_ne!(answer.data["staff"]["totalCount"], 3);

    world
        .sql
        .run("alter table elsewhere rename to policy_rule")
        .await;
    let answer = world
        .instance
        .ask("steward", "{ staff { totalCount } }")
        .await;
    assert_eq!(answer.total("staff"), 3);
}
