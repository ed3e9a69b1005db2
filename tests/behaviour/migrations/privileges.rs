//! A role that serves and does not own: it can do all that a server does, and cannot
//! change what is written in the audit trail.

use serde_json::json;
use support::Backend;

use crate::{
    database::Sql,
    instance::Instance,
    world::{EAST_CENTER, World, global_id},
};

on_both_databases!(who_serves_can_not_change_the_trail);

const UPDATE: &str = "mutation($input: UpdateFacilityInput!) {
    updateFacility(input: $input) { facility { version } }
}";

async fn who_serves_can_not_change_the_trail(backend: Backend) {
    let world = World::make(backend).await;
    let system = &world.instance.system;
    if backend == Backend::Sqlite {
        let refused = system.grant_to("server").await.unwrap_err();
        assert!(refused.to_string().contains("no roles"), "{refused}");
        return;
    }
    let role = "It serves; \"x";
    world
        .sql
        .run("drop role if exists \"It serves; \"\"x\"")
        .await;
    assert!(system.grant_to(role).await.is_err());
    world
        .sql
        .run("create role \"It serves; \"\"x\" login")
        .await;
    system.grant_to(role).await.unwrap();
    let url = world.url.replace("//grassroots@", "//It%20serves;%20%22x@");
    assert_ne!(url, world.url);
    let server = Instance::start(&url).await;
    let input = json!({ "id": global_id("Facility", EAST_CENTER), "version": 1, "bedsActual": 5 });
    let answer = server
        .ask_with("steward", UPDATE, json!({ "input": input }))
        .await;
    answer.good();
    server.system.folder().fold().await.unwrap();
    server.system.sealer().unwrap().seal().await.unwrap();
    let verdict = server.system.verify_audit(None, &|_, _| {}).await.unwrap();
    assert_eq!((verdict.sealed, verdict.faults.len()), (1, 0));
    let sql = Sql::connect(&url).await;
    for refused in [
        "update audit_event set columns = ''",
        "delete from audit_event",
        "truncate audit_event",
        "update audit_seal set number = 7",
        "delete from audit_seal",
        "insert into audit_anchor (number, hash, proof) values (1, '', '')",
        "alter table audit_event disable trigger all",
        "set session_replication_role = replica",
        "drop table audit_event",
        "update seaql_migrations set version = ''",
    ] {
        let error = sql.try_run(refused).await.unwrap_err().to_string();
        let is_refused = error.contains("permission denied") || error.contains("must be owner");
        assert!(is_refused, "{refused}: {error}");
    }
    // Who owns the tables is bound by no grant.
    let owner = system.grant_to("grassroots").await.unwrap_err();
    assert!(owner.to_string().contains("owns"), "{owner}");
}
