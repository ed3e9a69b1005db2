//! Who may give which role to whom, and take it back.

use access::LOCAL_ISSUER;
use chrono::{TimeDelta, Utc};
use serde_json::json;
use support::Backend;

use super::{administer, appoint, binding, checksum, user, world_with_administrators};
use crate::world::{
    EAST, EAST_CENTER, FAR, PROGRAM_CHILD, PROGRAM_OTHER, WEST, WEST_CENTER, division, give,
    global_id,
};

on_both_databases!(
    a_county_steward_is_appointed_and_removed,
    roles_are_given_within_ones_own_place_alone,
    whatever_a_line_says_a_role_is_given_within_the_target,
    a_role_that_gives_nothing_there_is_not_given,
    a_role_is_held_once_at_a_time,
    a_role_is_held_for_its_time,
    nobody_learns_by_an_appointment_whether_there_was_an_account,
    whoever_holds_a_role_in_the_subtree_is_seen,
    a_role_beyond_the_own_place_is_not_taken_back,
    nobody_gives_a_role_to_themselves,
    one_gives_up_ones_own_role,
    an_account_is_not_buried_under_roles,
);

const FACILITIES: &str = "{ facilities { nodes { name bedsActual } } }";

async fn a_county_steward_is_appointed_and_removed(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let input = appoint("newcomer", "steward", ("division", division(EAST)));
    let granted = administer(&world, "near", "grantRole", input).await;
    let shown = &granted.good()["grantRole"]["binding"];
    assert_eq!(shown["user"]["name"], "The newcomer");
    let names = ["East Center", "East Clinic"];
    let asked = world.instance.ask("newcomer", FACILITIES).await;
    assert_eq!(asked.names("facilities"), names);
    let input = json!({ "id": shown["id"], "reason": "moved away" });
    administer(&world, "near", "revokeRole", input).await.good();
    let asked = world.instance.ask("newcomer", FACILITIES).await;
    assert!(asked.names("facilities").is_empty());
}

async fn roles_are_given_within_ones_own_place_alone(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = checksum(&world).await;
    let at_division = |code| ("division", division(code));
    let at = |place, kind, key| (place, global_id(kind, key));
    for (subject, role, place, code) in [
        // Beside and above.
        ("near", "steward", at_division(FAR), "FORBIDDEN"),
        ("near", "steward", at_division("0"), "FORBIDDEN"),
        ("east", "steward", at_division(WEST), "FORBIDDEN"),
        ("east", "administrator", at_division("31"), "FORBIDDEN"),
        (
            "east",
            "manager",
            at("facility", "Facility", WEST_CENTER),
            "NOT_FOUND",
        ),
        // What the nation gives, or the host.
        ("near", "overseer", at_division(EAST), "FORBIDDEN"),
        (
            "near",
            "host",
            at("program", "Program", PROGRAM_CHILD),
            "FORBIDDEN",
        ),
        (
            "near",
            "sponsor",
            at("partnership", "PartnershipProject", 1),
            "FORBIDDEN",
        ),
        (
            "host",
            "host",
            at("program", "Program", PROGRAM_OTHER),
            "NOT_FOUND",
        ),
        ("host", "steward", at_division(EAST), "FORBIDDEN"),
        // A role that is none.
        (
            "administrator",
            "nobody",
            at_division(EAST),
            "INVALID_INPUT",
        ),
        // Who appoints nobody.
        ("steward", "steward", at_division(EAST), "FORBIDDEN"),
        ("analyst", "steward", at_division(EAST), "FORBIDDEN"),
        (
            "manager",
            "manager",
            at("facility", "Facility", EAST_CENTER),
            "FORBIDDEN",
        ),
        (
            "sponsor",
            "sponsor",
            at("partnership", "PartnershipProject", 1),
            "FORBIDDEN",
        ),
        ("newcomer", "steward", at_division(EAST), "FORBIDDEN"),
    ] {
        let input = appoint("somebody", role, place);
        let answer = administer(&world, subject, "grantRole", input).await;
        assert_eq!(
            answer.codes,
            [code],
            "{subject} {role}: {:?}",
            answer.messages
        );
    }
    assert_eq!(checksum(&world).await, before);
    for (subject, role, place) in [
        ("near", "administrator", at_division(EAST)),
        ("near", "statistician", at_division("31")),
        ("east", "manager", at("facility", "Facility", EAST_CENTER)),
        ("host", "host", at("program", "Program", PROGRAM_CHILD)),
        ("administrator", "overseer", at_division("31")),
        (
            "administrator",
            "sponsor",
            at("partnership", "PartnershipProject", 1),
        ),
    ] {
        let input = appoint(&format!("{subject}-{role}"), role, place);
        administer(&world, subject, "grantRole", input).await.good();
    }
}

async fn whatever_a_line_says_a_role_is_given_within_the_target(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let line = "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values
        ('p', 'role:steward', 'res:role_binding', 'grant', 'reference', 'roles:local', 'allow'),
        ('p', 'role:steward', 'res:user', 'create', 'reference', 'cols:account', 'allow')";
    world.sql.run(line).await;
    let input = appoint("somebody", "analyst", ("division", division(WEST)));
    let answer = administer(&world, "steward", "grantRole", input).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
    let input = appoint("somebody", "analyst", ("division", division(EAST)));
    administer(&world, "steward", "grantRole", input)
        .await
        .good();
    // And what a line denies is denied.
    let line = "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values
        ('p', 'role:administrator', 'res:role_binding', 'grant', 'subtree', 'roles:local', 'deny')";
    world.sql.run(line).await;
    let input = appoint("another", "analyst", ("division", division(EAST)));
    let answer = administer(&world, "near", "grantRole", input).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
}

async fn a_role_that_gives_nothing_there_is_not_given(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = checksum(&world).await;
    let facility = ("facility", global_id("Facility", EAST_CENTER));
    for (role, place) in [
        ("steward", facility),
        ("manager", ("division", division(EAST))),
        ("host", ("division", division(EAST))),
        ("member", ("division", division(EAST))),
    ] {
        let input = appoint("somebody", role, place);
        let answer = administer(&world, "administrator", "grantRole", input).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{role}");
    }
    // A placeholder carries no role.
    let placeholder = "update division set kind = 'PLACEHOLDER' where code = '3101'";
    world.sql.run(placeholder).await;
    let input = appoint("somebody", "steward", ("division", division("3101")));
    let answer = administer(&world, "administrator", "grantRole", input).await;
    assert_eq!(answer.codes, ["NOT_FOUND"]);
    world
        .sql
        .run("update division set kind = 'ORDINARY' where code = '3101'")
        .await;
    let of_epoch = |contents: Vec<String>| -> Vec<String> {
        let others = contents.into_iter();
        others
            .filter(|line| !line.contains("policy_epoch"))
            .collect()
    };
    assert_eq!(of_epoch(checksum(&world).await), of_epoch(before));
}

async fn a_role_is_held_once_at_a_time(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let (now, day) = (Utc::now(), TimeDelta::days(1));
    let during = |from: Option<i32>, until: Option<i32>| {
        let mut input = appoint("newcomer", "steward", ("division", division(EAST)));
        for (field, days) in [("validFrom", from), ("validUntil", until)] {
            if let Some(days) = days {
                input[field] = json!(now + day * days);
            }
        }
        input
    };
    for (from, until, is_new) in [
        (Some(2), Some(4), true),
        (Some(3), Some(5), false),
        (None, Some(3), false),
        (None, None, false),
        (Some(4), Some(5), true),
        (None, Some(2), true),
        (Some(6), None, true),
        (Some(9), None, false),
    ] {
        let answer = administer(&world, "near", "grantRole", during(from, until)).await;
        assert_eq!(answer.codes.is_empty(), is_new, "{from:?} {until:?}");
        assert!(is_new || answer.codes == ["CONFLICT"]);
    }
    for (from, until) in [(Some(20), Some(20)), (Some(21), Some(20)), (None, Some(-1))] {
        let answer = administer(&world, "near", "grantRole", during(from, until)).await;
        assert_eq!(answer.codes, ["INVALID_INPUT"], "{from:?} {until:?}");
    }
}

async fn a_role_is_held_for_its_time(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let in_millis = |millis| Utc::now() + TimeDelta::milliseconds(millis);
    let mut input = appoint("newcomer", "steward", ("division", division(EAST)));
    input["validFrom"] = json!(in_millis(4_000));
    administer(&world, "near", "grantRole", input).await.good();
    let sees = async || {
        let answer = world.instance.ask("newcomer", FACILITIES).await;
        !answer.names("facilities").is_empty()
    };
    assert!(!sees().await);
    tokio::time::sleep(std::time::Duration::from_millis(4_300)).await;
    assert!(sees().await);
    let id = binding(&world, "newcomer", "steward").await;
    let end = |at| json!({ "id": id, "at": at, "reason": "a term ends" });
    let passed = administer(&world, "near", "revokeRole", end(in_millis(-1_000))).await;
    assert_eq!(passed.codes, ["INVALID_INPUT"]);
    administer(&world, "near", "revokeRole", end(in_millis(4_000)))
        .await
        .good();
    assert!(sees().await);
    tokio::time::sleep(std::time::Duration::from_millis(4_300)).await;
    assert!(!sees().await);
    let again = json!({ "id": id, "reason": "once more" });
    let answer = administer(&world, "near", "revokeRole", again).await;
    assert_eq!(answer.codes, ["CONFLICT"]);
}

/// Of an account elsewhere and of one that there is not yet the same is told.
async fn nobody_learns_by_an_appointment_whether_there_was_an_account(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let elsewhere = "insert into app_user (issuer, subject, name, active)
        values ('grassroots', 'elsewhere', 'A secret', false)";
    world
        .sql
        .run(&elsewhere.replace("'grassroots'", &format!("'{LOCAL_ISSUER}'")))
        .await;
    for mutation in ["grantRole", "createUser"] {
        let mut answers = Vec::new();
        for subject in ["elsewhere", "unheard-of"] {
            let input = match mutation {
                "createUser" => {
                    appoint(subject, "", ("division", division(FAR)))["account"].clone()
                }
                // At a place that is not theirs, so that nothing is given.
                _ => appoint(subject, "steward", ("division", division(FAR))),
            };
            let answer = administer(&world, "near", mutation, input).await;
            answers.push((answer.codes, answer.messages, answer.data));
        }
        assert_eq!(answers[0], answers[1], "{mutation}");
    }
    // One that they may open they are told of.
    let input = appoint("steward", "", ("division", division(EAST)))["account"].clone();
    let answer = administer(&world, "near", "createUser", input).await;
    assert_eq!(answer.codes, ["CONFLICT"]);
    // By its id it is as if there were none.
    let mut input = appoint("", "steward", ("division", division(EAST)));
    input["account"] = json!(null);
    for id in [user(&world, "elsewhere").await, global_id("User", 9_999)] {
        input["user"] = json!(id);
        let answer = administer(&world, "near", "grantRole", input.clone()).await;
        assert_eq!(answer.codes, ["NOT_FOUND"]);
    }
}

async fn whoever_holds_a_role_in_the_subtree_is_seen(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let query = "{ users(orderBy: NAME_ASC) { nodes { name bindings { nodes { role } } } } }";
    let seen = async |subject: &str| {
        let answer = world.instance.ask(subject, query).await;
        let names = answer.names("users");
        names.join(", ")
    };
    // The center's manager among them; the nation's administrator and those elsewhere not.
    assert_eq!(
        seen("near").await,
        "The east, The manager, The near, The steward"
    );
    assert_eq!(seen("east").await, "The east, The manager, The steward");
    assert_eq!(seen("host").await, "The host");
    assert_eq!(seen("steward").await, "The steward");
}

async fn a_role_beyond_the_own_place_is_not_taken_back(backend: Backend) {
    let world = world_with_administrators(backend).await;
    give(&world, "newcomer", "overseer", EAST).await;
    let before = checksum(&world).await;
    for (subject, holder, role, code) in [
        ("east", "near", "administrator", "NOT_FOUND"),
        ("near", "administrator", "administrator", "NOT_FOUND"),
        // They see it, and the nation gives it.
        ("near", "newcomer", "overseer", "FORBIDDEN"),
    ] {
        let id = binding(&world, holder, role).await;
        let input = json!({ "id": id, "reason": "an attempt" });
        let answer = administer(&world, subject, "revokeRole", input).await;
        assert_eq!(answer.codes, [code], "{subject} {holder}");
    }
    assert_eq!(checksum(&world).await, before);
}

async fn nobody_gives_a_role_to_themselves(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let before = checksum(&world).await;
    for subject in ["near", "administrator"] {
        let input = appoint(subject, "steward", ("division", division(EAST)));
        let answer = administer(&world, subject, "grantRole", input).await;
        assert_eq!(answer.codes, ["FORBIDDEN"], "{subject}");
    }
    assert_eq!(checksum(&world).await, before);
}

async fn one_gives_up_ones_own_role(backend: Backend) {
    let world = world_with_administrators(backend).await;
    for (subject, role) in [
        ("near", "administrator"),
        ("steward", "steward"),
        ("sponsor", "sponsor"),
    ] {
        let id = binding(&world, subject, role).await;
        let input = json!({ "id": id, "reason": "a resignation" });
        let answer = administer(&world, subject, "revokeRole", input).await;
        assert_eq!(answer.codes, Vec::<String>::new(), "{:?}", answer.messages);
        assert!(
            world
                .instance
                .ask(subject, FACILITIES)
                .await
                .names("facilities")
                .is_empty()
        );
    }
}

/// Whoever gives somebody many roles is not the one whom they burden.
async fn an_account_is_not_buried_under_roles(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let clinics = "insert into facility (name, facility_type, level, class, sponsor_body, located_in, administered_by)
        select 'Post', facility_type, level, class, sponsor_body, located_in, administered_by
        from facility where id = 2";
    for _ in 0..64 {
        world.sql.run(clinics).await;
    }
    let key = "select min(id) from facility where name = 'Post'";
    let first = world.sql.number(key).await;
    let mut codes = Vec::new();
    for key in first..first + 64 {
        let input = appoint(
            "steward",
            "manager",
            ("facility", global_id("Facility", key)),
        );
        codes.extend(administer(&world, "east", "grantRole", input).await.codes);
    }
    // The one that they had counts.
    assert_eq!(codes, ["CONFLICT"]);
    let answer = world.instance.ask("steward", FACILITIES).await;
    assert_eq!(answer.codes, Vec::<String>::new(), "{:?}", answer.messages);
    let staff = "{ staff { totalCount nodes { name person { name } } } }";
    world.instance.ask("steward", staff).await.good();
}
