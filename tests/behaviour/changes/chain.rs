//! The chain of the audit trail: whoever changes, takes away or moves an event is found out.

use access::{Fault, PersonalKeys, Verdict};
use chrono::{TimeDelta, Utc};
use serde_json::json;
use support::Backend;

use super::{change, of_facility};
use crate::world::{EAST_CENTER, World};

on_both_databases!(
    what_is_written_is_sealed_and_found_to_be_so,
    the_trail_stays_as_it_is,
    what_is_done_to_the_trail_is_found,
    a_trail_that_was_cut_short_is_found,
    only_the_oldest_that_are_sealed_are_deleted,
    nothing_keeps_events_from_being_sealed,
    events_are_sealed_once_by_several,
);

/// Has so many events written, and sealed.
async fn written(backend: Backend, count: i32) -> World {
    let world = World::make(backend).await;
    for version in 1..=count {
        write(&world, version).await;
        // Some in one go, some by themselves.
        if version % 3 != 0 {
            seal(&world).await;
        }
    }
    seal(&world).await;
    world
}

async fn write(world: &World, version: i32) {
    let mut input = of_facility(EAST_CENTER, json!({ "bedsActual": version }));
    input["version"] = json!(version);
    change(world, "steward", "updateFacility", input)
        .await
        .good();
}

async fn seal(world: &World) {
    world
        .instance
        .system
        .sealer()
        .unwrap()
        .seal()
        .await
        .unwrap();
}

async fn verify(world: &World) -> Verdict {
    let verdict = world.instance.system.verify_audit(None, &|_, _| {}).await;
    verdict.unwrap()
}

/// What somebody does who has the database to themselves.
pub(crate) async fn tamper(world: &World, backend: Backend, sql: &str) {
    match backend {
        Backend::Postgres => {
            let sql = format!("begin; set local session_replication_role = replica; {sql}; commit");
            world.sql.run(&sql).await;
        }
        Backend::Sqlite => {
            for trigger in [
                "audit_event_waits",
                "audit_event_stays",
                "audit_event_goes",
                "audit_seal_stays",
                "audit_seal_goes",
            ] {
                world
                    .sql
                    .run(&format!("drop trigger if exists {trigger}"))
                    .await;
            }
            world.sql.run(sql).await;
        }
    }
}

async fn what_is_written_is_sealed_and_found_to_be_so(backend: Backend) {
    let world = written(backend, 7).await;
    write(&world, 8).await;
    let verdict = verify(&world).await;
    assert_eq!((verdict.sealed, verdict.waiting), (7, 1));
    assert_eq!(verdict.faults, []);
    let (number, head) = verdict.head.unwrap();
    assert_eq!(number, 7);
    seal(&world).await;
    let known = Some((number, head.as_str()));
    let system = &world.instance.system;
    let later = system.verify_audit(known, &|_, _| {}).await.unwrap();
    assert_eq!((later.sealed, later.faults.len()), (8, 0));
    // Whoever has another key can't have written this.
    let other = access::boot(&grassroots_tests::settings(&world.url))
        .await
        .unwrap();
    world
        .sql
        .run("delete from secret where name like 'personal data %'")
        .await;
    let key: PersonalKeys = PersonalKeys::generate().parse().unwrap();
    other.unlock(key).await.unwrap();
    let unknown = other.verify_audit(None, &|_, _| {}).await.unwrap();
    assert_eq!(unknown.sealed, 0);
    assert!(matches!(
        unknown.faults[0],
        Fault::UnknownKey { event: 1, seal: 1 }
    ));
}

async fn the_trail_stays_as_it_is(backend: Backend) {
    let world = written(backend, 3).await;
    for sql in [
        "update audit_event set user_id = 1 where id = 1",
        "update audit_event set columns = ''",
        "delete from audit_event where id = 2",
        "delete from audit_event",
        "update audit_seal set event_id = 99 where number = 1",
        "delete from audit_seal where number = 3",
    ] {
        assert!(world.sql.try_run(sql).await.is_err(), "{sql}");
    }
    if backend == Backend::Postgres {
        for table in ["audit_event", "audit_seal", "audit_anchor"] {
            let truncate = format!("truncate {table}");
            assert!(world.sql.try_run(&truncate).await.is_err(), "{table}");
        }
    }
    assert_eq!(verify(&world).await.sealed, 3);
}

async fn what_is_done_to_the_trail_is_found(backend: Backend) {
    let changed = |event| Fault::Changed { event, seal: event };
    let missing = |event| Fault::Missing {
        event,
        seal: Some(event),
    };
    let swap = "update audit_event set id = -3 where id = 3;
        update audit_event set id = 3 where id = 4;
        update audit_event set id = 4 where id = -3";
    let whole = "delete from audit_event where id = 3; delete from audit_seal where number = 3";
    let renumbered =
        "delete from audit_event where id = 3; delete from audit_seal where number = 3;
        update audit_seal set number = 3 where number = 4;
        update audit_seal set number = 4 where number = 5;
        update audit_seal set number = 5 where number = 6";
    let past = "insert into audit_event
        (id, at, user_id, action, kind, record_id, columns, division_id, bindings)
        values (50, '2024-01-01', 1, 'update', 'facility', 1, 'name', 0, '')";
    for (sql, expected) in [
        (
            "update audit_event set user_id = 1 where id = 3",
            vec![changed(3)],
        ),
        (
            "update audit_event set columns = 'name' where id = 1",
            vec![changed(1)],
        ),
        (
            "update audit_event set address = '10.0.0.1' where id = 6",
            vec![changed(6)],
        ),
        (
            "update audit_event set bindings = '' where id = 2",
            vec![changed(2)],
        ),
        ("delete from audit_event where id = 3", vec![missing(3)]),
        (swap, vec![changed(3), changed(4)]),
        (whole, vec![Fault::Gap { first: 3, last: 3 }]),
        (
            renumbered,
            vec![
                Fault::Changed { event: 4, seal: 3 },
                Fault::Changed { event: 5, seal: 4 },
                Fault::Changed { event: 6, seal: 5 },
                Fault::End { seal: 5 },
            ],
        ),
        (past, vec![Fault::Unsealed { event: 50 }]),
    ] {
        let world = written(backend, 6).await;
        tamper(&world, backend, sql).await;
        let found = verify(&world).await.faults;
        let told: Vec<String> = found.iter().map(Fault::to_string).collect();
        assert_eq!(found, expected, "{sql} {told:?}");
        // Nothing hides it, and nothing is deleted on top of it.
        write(&world, 7).await;
        seal(&world).await;
        let system = &world.instance.system;
        assert!(!verify(&world).await.faults.is_empty(), "{sql}");
        assert!(system.prune_audit(Utc::now(), &|_, _| {}).await.is_err());
    }
}

async fn a_trail_that_was_cut_short_is_found(backend: Backend) {
    let world = written(backend, 6).await;
    let (number, head) = verify(&world).await.head.unwrap();
    let copy = world.sql.bytes("select proof from audit_head").await;
    assert!(!copy.is_empty());
    let cut = "delete from audit_event where id > 4; delete from audit_seal where number > 4";
    tamper(&world, backend, cut).await;
    assert_eq!(verify(&world).await.faults, [Fault::End { seal: 4 }]);
    // A proof of a key that nobody has proves nothing.
    let made_up = match backend {
        Backend::Postgres => "update audit_head set number = 4, proof = '\\x00000000ff'",
        Backend::Sqlite => "update audit_head set number = 4, proof = x'00000000ff'",
    };
    world.sql.run(made_up).await;
    assert_eq!(verify(&world).await.faults, [Fault::End { seal: 4 }]);
    // Written down elsewhere, the head tells it even where the proof was put back, too.
    let known = Some((number, head.as_str()));
    let system = &world.instance.system;
    let found = system.verify_audit(known, &|_, _| {}).await.unwrap();
    assert_eq!(found.faults.len(), 2);
    // An event that was taken away before it was sealed is missed.
    let world = written(backend, 1).await;
    write(&world, 2).await;
    tamper(&world, backend, "delete from audit_event where id = 2").await;
    let missing = Fault::Missing {
        event: 2,
        seal: None,
    };
    assert_eq!(verify(&world).await.faults, std::slice::from_ref(&missing));
    seal(&world).await;
    assert_eq!(verify(&world).await.faults, [missing]);
}

async fn only_the_oldest_that_are_sealed_are_deleted(backend: Backend) {
    let world = World::make(backend).await;
    for (id, day) in [
        (1, "2020-01-01"),
        (2, "2020-01-02"),
        (3, "2030-01-01"),
        (4, "2020-01-03"),
    ] {
        let sql = format!(
            "insert into audit_event
            (id, at, user_id, action, kind, record_id, columns, division_id, bindings)
            values ({id}, '{day} 00:00:00+00:00', 1, 'update', 'facility', 1, 'name', 0, '')"
        );
        world.sql.run(&sql).await;
        if id < 4 {
            seal(&world).await;
        }
    }
    let system = &world.instance.system;
    let before = Utc::now() - TimeDelta::days(200);
    let prune = async || system.prune_audit(before, &|_, _| {}).await.unwrap();
    assert_eq!(prune().await, 2);
    assert_eq!(prune().await, 0);
    let kept = "select min(id) * 10 + count(*) from audit_event";
    assert_eq!(world.sql.number(kept).await, 32);
    seal(&world).await;
    // Behind a younger one: the chain begins with that.
    assert_eq!(prune().await, 0);
    let verdict = verify(&world).await;
    assert_eq!((verdict.sealed, verdict.faults.len()), (2, 0));
    // Who prunes without the key is found out.
    let prune = "insert into audit_anchor (number, hash, proof)
        select number, hash, hash from audit_seal where number = 4;
        delete from audit_event where id = 3; delete from audit_seal where number = 3";
    world.sql.run(prune).await;
    let found = verify(&world).await.faults;
    assert!(found.contains(&Fault::Anchor { seal: 4 }), "{found:?}");
}

async fn nothing_keeps_events_from_being_sealed(backend: Backend) {
    let world = written(backend, 2).await;
    let stray = "insert into audit_pending (event_id) values (-5), (1), (77)";
    world.sql.run(stray).await;
    write(&world, 3).await;
    seal(&world).await;
    let verdict = verify(&world).await;
    assert_eq!((verdict.sealed, verdict.waiting), (3, 0));
    let missing = |event| Fault::Missing { event, seal: None };
    assert_eq!(verdict.faults, [missing(-5), missing(77)]);
}

async fn events_are_sealed_once_by_several(backend: Backend) {
    let world = World::make(backend).await;
    for version in 1..=20 {
        write(&world, version).await;
        let sealers = [(); 3].map(|()| world.instance.system.sealer().unwrap());
        let [one, two, three] = &sealers;
        let (one, two, three) = tokio::join!(one.seal(), two.seal(), three.seal());
        assert!(one.is_ok() && two.is_ok() && three.is_ok());
    }
    let verdict = verify(&world).await;
    assert_eq!((verdict.sealed, verdict.waiting), (20, 0));
    assert_eq!(verdict.faults, []);
}
