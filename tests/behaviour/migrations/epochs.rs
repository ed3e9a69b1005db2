//! Epochs, by which readers notice that a decision is no longer in force:
//! triggers raise them, whoever writes.

use support::Backend;

use crate::world::World;

on_both_databases!(
    every_write_to_the_policy_raises_the_policys_epoch,
    every_write_to_the_divisions_raises_the_policys_epoch,
    every_write_to_a_binding_raises_its_users_epoch_and_no_others,
    an_account_that_changes_raises_its_own_epoch,
    a_transaction_that_is_taken_back_raises_nothing,
);

async fn policy_epoch(world: &World) -> i64 {
    world.sql.number("select value from policy_epoch").await
}

async fn binding_epoch(world: &World, subject: &str) -> i64 {
    let sql = format!("select binding_epoch from app_user where subject = '{subject}'");
    world.sql.number(&sql).await
}

async fn each_raises_the_policys_epoch(world: &World, writes: &[&str]) {
    for sql in writes {
        let before = policy_epoch(world).await;
        world.sql.run(sql).await;
        assert!(policy_epoch(world).await > before, "{sql}");
    }
}

async fn every_write_to_the_policy_raises_the_policys_epoch(backend: Backend) {
    let world = World::make(backend).await;
    let mut writes = vec![
        "insert into policy_rule (ptype, v0, v1) values ('g', 'role:a', 'role:member')",
        "update policy_rule set v0 = 'role:b' where v0 = 'role:a'",
        "delete from policy_rule where v0 = 'role:b'",
    ];
    if backend == Backend::Postgres {
        writes.push("truncate policy_rule");
    }
    each_raises_the_policys_epoch(&world, &writes).await;
}

async fn every_write_to_the_divisions_raises_the_policys_epoch(backend: Backend) {
    let world = World::make(backend).await;
    let writes = [
        "insert into division (id, last, code, name, level, kind)
         values (3301010000003, 3301019999999, '330101', 'New', 'COUNTY', 'ORDINARY')",
        "update division set name = 'Newer' where code = '330101'",
        "delete from division where code = '330101'",
    ];
    each_raises_the_policys_epoch(&world, &writes).await;
}

async fn every_write_to_a_binding_raises_its_users_epoch_and_no_others(backend: Backend) {
    let world = World::make(backend).await;
    let newcomer = "(select id from app_user where subject = 'newcomer')";
    for sql in [
        format!(
            "insert into role_binding (user_id, role, division_id) values ({newcomer}, 'a', 0)"
        ),
        format!("update role_binding set role = 'b' where user_id = {newcomer}"),
        format!("update role_binding set valid_until = null where user_id = {newcomer}"),
        format!("delete from role_binding where user_id = {newcomer}"),
    ] {
        let before = binding_epoch(&world, "newcomer").await;
        let others = binding_epoch(&world, "steward").await;
        world.sql.run(&sql).await;
        assert!(binding_epoch(&world, "newcomer").await > before, "{sql}");
        assert_eq!(binding_epoch(&world, "steward").await, others, "{sql}");
    }
    let both = ["newcomer", "steward"];
    let mut before = Vec::new();
    for subject in both {
        before.push(binding_epoch(&world, subject).await);
    }
    let hand_over = format!("update role_binding set user_id = {newcomer} where role = 'steward'");
    world.sql.run(&hand_over).await;
    for (subject, before) in both.iter().zip(before) {
        assert!(binding_epoch(&world, subject).await > before, "{subject}");
    }
}

async fn an_account_that_changes_raises_its_own_epoch(backend: Backend) {
    let world = World::make(backend).await;
    for change in ["active = false", "active = true", "issuer = 'other'"] {
        let before = binding_epoch(&world, "steward").await;
        let others = binding_epoch(&world, "analyst").await;
        let sql = format!("update app_user set {change} where subject = 'steward'");
        world.sql.run(&sql).await;
        assert!(binding_epoch(&world, "steward").await > before, "{change}");
        assert_eq!(binding_epoch(&world, "analyst").await, others, "{change}");
    }
    let before = binding_epoch(&world, "steward").await;
    world
        .sql
        .run("update app_user set subject = 'keeper' where subject = 'steward'")
        .await;
    assert!(binding_epoch(&world, "keeper").await > before);
}

async fn a_transaction_that_is_taken_back_raises_nothing(backend: Backend) {
    let world = World::make(backend).await;
    let before = policy_epoch(&world).await;
    world
        .sql
        .run("begin; delete from policy_rule; rollback")
        .await;
    assert_eq!(policy_epoch(&world).await, before);
}
