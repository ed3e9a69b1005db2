//! What is told is what happens.

use serde_json::json;
use support::Backend;

use super::{difference, done, effects, key, line, listed, seen, simulate, users};
use crate::{
    administration::{binding, user, world_with_administrators},
    world::{EAST, FAR, WEST, World, division, give},
};

on_both_databases!(
    a_line_added_and_removed_comes_to_what_was_told,
    a_role_given_and_taken_back_comes_to_what_was_told,
    columns_are_told_where_the_records_stay,
    what_may_be_written_is_told,
    a_denial_takes_from_each_holder_what_it_denies_to_that_one,
    lines_and_roles_are_simulated_together,
    many_rows_take_no_more_statements,
    of_a_role_that_many_hold_some_are_looked_at,
);

const SUBJECTS: [&str; 8] = [
    "near", "east", "analyst", "steward", "manager", "host", "sponsor", "newcomer",
];

async fn a_line_added_and_removed_comes_to_what_was_told(backend: Backend) {
    let world = world_with_administrators(backend).await;
    // Of two roles each gives what the other does not.
    give(&world, "steward", "analyst", FAR).await;
    let ids = users(&world, &SUBJECTS).await;
    let all = seen(&world, "administrator").await;
    for text in [
        "p, role:steward, res:enrollment, list, subtree, cols:all, allow",
        "p, role:steward, res:facility, list, reference, cols:all, allow",
        "p, role:manager, res:partnerships, list, reference, cols:all, allow",
        "p, role:analyst, res:programs, read, subtree, cols:all, deny",
        "p, role:steward, res:facility, read, located, cols:all, deny",
        "p, role:steward, res:staff_member, list, subtree, cols:all, deny",
        "p, role:host, res:policy_rule, list, subtree, cols:all, allow",
        "p, role:manager, res:workforce, read, managed, cols:all, deny",
        "p, role:sponsor, res:facility, list, partnership, cols:all, deny",
        "g, role:manager, role:steward",
        "g, role:steward, role:analyst",
    ] {
        let added = json!({ "add": [line(text)], "users": ids });
        let told = effects(&world, "administrator", added).await;
        let mut before = Vec::new();
        for subject in SUBJECTS {
            before.push(seen(&world, subject).await);
        }
        let rule = done(&world, "administrator", "addPolicyRule", line(text)).await;
        let removed = json!({ "remove": [rule["rule"]["id"]], "users": ids });
        let told_back = effects(&world, "administrator", removed).await;
        let mut changed = 0;
        for (subject, before) in SUBJECTS.into_iter().zip(before) {
            let after = seen(&world, subject).await;
            let difference_made = difference(&before, &after, &all);
            assert_eq!(listed(&told, subject), difference_made, "{text}: {subject}");
            let back = difference(&after, &before, &all);
            assert_eq!(listed(&told_back, subject), back, "{text}: {subject}");
            changed += difference_made.len();
            // Whoever has one role, and has it alone, is all of it.
            if ["manager", "host", "sponsor"].contains(&subject) {
                let role = listed(&told, &format!("role:{subject}"));
                assert_eq!(role, difference_made, "{text}: role {subject}");
            }
        }
        // At a facility or a program nothing lies in a subtree.
        let is_elsewhere = ["role:host, res:policy_rule", "role:manager, role:steward"];
        let is_elsewhere = is_elsewhere.iter().any(|line| text.contains(line));
        assert_eq!(changed == 0, is_elsewhere, "{text}");
        let input = json!({ "id": rule["rule"]["id"] });
        done(&world, "administrator", "removePolicyRule", input).await;
    }
}

async fn a_role_given_and_taken_back_comes_to_what_was_told(backend: Backend) {
    let world = world_with_administrators(backend).await;
    for (asker, holder, role, code) in [
        ("administrator", "newcomer", "steward", EAST),
        ("administrator", "steward", "analyst", "31"),
        ("administrator", "manager", "administrator", "0"),
        ("near", "steward", "administrator", WEST),
        ("near", "manager", "steward", EAST),
        ("east", "manager", "analyst", EAST),
        ("east", "steward", "statistician", EAST),
    ] {
        let what = format!("{asker} gives {holder} {role} at {code}");
        let own = seen(&world, asker).await;
        let before = seen(&world, holder).await;
        let mut given = json!({
            "user": user(&world, holder).await, "role": role, "division": division(code),
        });
        let granted = effects(&world, asker, json!({ "grant": given.clone() })).await;
        given["validUntil"] = json!("2099-01-01T00:00:00Z");
        let dated = effects(&world, asker, json!({ "grant": given.clone() })).await;
        assert_eq!(granted, dated, "{what}");
        done(&world, asker, "grantRole", given).await;
        let after = seen(&world, holder).await;
        assert_eq!(
            listed(&granted, holder),
            difference(&before, &after, &own),
            "{what}"
        );
        let id = world.sql.number("select max(id) from role_binding").await;
        let id = crate::world::global_id("RoleBinding", id);
        let revoked = effects(&world, asker, json!({ "revoke": id })).await;
        done(&world, asker, "revokeRole", json!({ "id": id })).await;
        let back = seen(&world, holder).await;
        assert_eq!(back, before, "{what}");
        assert_eq!(
            listed(&revoked, holder),
            difference(&after, &before, &own),
            "{what}"
        );
    }
}

/// Of how many facilities somebody may read the beds.
async fn beds(world: &World, subject: &str) -> usize {
    let query = "{ facilities { nodes { bedsActual } } }";
    let answer = world.instance.ask(subject, query).await;
    let nodes = answer.data["facilities"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .filter(|node| !node["bedsActual"].is_null())
        .count()
}

async fn columns_are_told_where_the_records_stay(backend: Backend) {
    let world = world_with_administrators(backend).await;
    assert_eq!(beds(&world, "steward").await, 2);
    let group = "g2, col:facility.beds_actual, cols:beds";
    let deny = "p, role:steward, res:facility, read, subtree, cols:beds, deny";
    let both = json!({ "add": [line(group), line(deny)] });
    let told = effects(&world, "administrator", both).await;
    let lost = super::Effects::from([(
        key("role:steward", "Facility", "READ", "bedsActual"),
        (0, 2),
    )]);
    assert_eq!(told, lost);
    done(&world, "administrator", "addPolicyRule", line(group)).await;
    let rule = done(&world, "administrator", "addPolicyRule", line(deny)).await;
    assert_eq!(beds(&world, "steward").await, 0);
    let back = json!({ "remove": [rule["rule"]["id"]] });
    let told = effects(&world, "administrator", back).await;
    assert_eq!(
        told[&key("role:steward", "Facility", "READ", "bedsActual")],
        (2, 0)
    );
    // More records, and on those that there were a column less.
    let steward = json!({
        "user": user(&world, "manager").await, "role": "steward", "division": division("31"),
    });
    assert_eq!(beds(&world, "manager").await, 2);
    let told = effects(&world, "administrator", json!({ "grant": steward })).await;
    assert_eq!(told[&key("manager", "Facility", "READ", "")], (1, 0));
    assert_eq!(
        told[&key("manager", "Facility", "READ", "bedsActual")],
        (0, 2)
    );
    done(&world, "administrator", "grantRole", steward).await;
    assert_eq!(beds(&world, "manager").await, 0);
    // To reveal is told as well.
    let reveal = "p, role:analyst, res:person, reveal, subtree, cols:identity, allow";
    let told = effects(&world, "administrator", json!({ "add": [line(reveal)] })).await;
    let revealed = told.iter().find(|((.., action, _), _)| action == "REVEAL");
    let ((role, type_, _, fields), counts) = revealed.unwrap();
    assert_eq!((role.as_str(), type_.as_str()), ("role:analyst", "Person"));
    assert!(fields.contains("identityNumber") && fields.contains("phone"));
    assert_eq!(*counts, (5, 0));
}

async fn what_may_be_written_is_told(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let update = "p, role:manager, res:facility, update, facility, cols:all, allow";
    let told = effects(&world, "administrator", json!({ "add": [line(update)] })).await;
    let mut fields = Vec::new();
    for ((whose, type_, action, changed), counts) in &told {
        assert_eq!(
            (whose.as_str(), type_.as_str()),
            ("role:manager", "Facility")
        );
        assert_eq!((action.as_str(), *counts), ("UPDATE", (1, 0)));
        fields.extend(changed.split(' '));
    }
    // The beds are the manager's already.
    assert!(
        fields.contains(&"name") && !fields.contains(&"bedsActual"),
        "{fields:?}"
    );
    let deactivate = "p, role:steward, res:facility, deactivate, subtree, cols:all, allow";
    let told = effects(
        &world,
        "administrator",
        json!({ "add": [line(deactivate)] }),
    )
    .await;
    let expected = [(key("role:steward", "Facility", "DEACTIVATE", ""), (2, 0))];
    assert_eq!(told, super::Effects::from(expected));
}

/// What is denied to one by where they hold the role is not denied to another.
async fn a_denial_takes_from_each_holder_what_it_denies_to_that_one(backend: Backend) {
    let world = world_with_administrators(backend).await;
    for action in ["list", "read"] {
        let text = format!("p, role:watcher, res:facility, {action}, reference, cols:all, allow");
        done(&world, "administrator", "addPolicyRule", line(&text)).await;
    }
    for (subject, code) in [("newcomer", EAST), ("sponsor", WEST)] {
        give(&world, subject, "watcher", code).await;
    }
    let deny = "p, role:watcher, res:facility, read, subtree, cols:all, deny";
    let ids = users(&world, &["newcomer", "sponsor"]).await;
    let told = effects(
        &world,
        "administrator",
        json!({ "add": [line(deny)], "users": ids }),
    )
    .await;
    // What each loses the other keeps: of the role nothing is lost.
    let lost = |whose: &str| listed(&told, whose).get("Facility").copied();
    assert_eq!(lost("newcomer"), Some((0, 2)));
    assert_eq!(lost("sponsor"), Some((0, 1)));
    assert_eq!(lost("role:watcher"), None);
    done(&world, "administrator", "addPolicyRule", line(deny)).await;
    assert_eq!(seen(&world, "newcomer").await["Facility"].len(), 2);
    assert_eq!(seen(&world, "sponsor").await["Facility"].len(), 3);
}

async fn lines_and_roles_are_simulated_together(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let all = seen(&world, "administrator").await;
    let before = seen(&world, "steward").await;
    let text = "p, role:analyst, res:facility, list, reference, cols:all, allow";
    let given = json!({
        "user": user(&world, "steward").await, "role": "analyst", "division": division(WEST),
    });
    let held = binding(&world, "steward", "steward").await;
    let input = json!({ "add": [line(text)], "grant": given, "revoke": held });
    let told = effects(&world, "administrator", input).await;
    done(&world, "administrator", "addPolicyRule", line(text)).await;
    done(&world, "administrator", "grantRole", given).await;
    done(&world, "administrator", "revokeRole", json!({ "id": held })).await;
    let after = seen(&world, "steward").await;
    let difference = difference(&before, &after, &all);
    assert_eq!(listed(&told, "steward"), difference);
    assert_eq!(difference["Facility"], (2, 0));
}

async fn many_rows_take_no_more_statements(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let text = "p, role:steward, res:workforce, list, reference, cols:all, allow";
    let input = json!({ "add": [line(text)], "users": users(&world, &SUBJECTS).await });
    let few = simulate(&world, "administrator", input.clone()).await;
    few.good();
    let (mut more, mut holders) = (String::new(), String::new());
    for number in 100..130 {
        more += &format!(
            "insert into facility select {number}, name || '{number}', facility_type, level, class,
             sponsor_body, located_in, administered_by, organization_id, branch_of,
             integrated_under, beds_approved, beds_actual, opened_on, closed_on, version, active
             from facility where id = 1;"
        );
        holders += &format!(
            "insert into app_user (id, issuer, subject, name)
             values ({number}, 'x', 'holder-{number}', 'A holder');
             insert into role_binding (user_id, role, division_id)
             select {number}, role, division_id from role_binding where id = 3;"
        );
    }
    for statement in more.split(';').chain(holders.split(';')) {
        if !statement.trim().is_empty() {
            world.sql.run(statement).await;
        }
    }
    let many = simulate(&world, "administrator", input).await;
    many.good();
    assert_eq!((many.statements, many.runs), (few.statements, 1));
    assert!(few.statements < 30, "{}", few.statements);
}

async fn of_a_role_that_many_hold_some_are_looked_at(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let steward = "from role_binding where id = 3";
    for number in 100..199 {
        let account = format!(
            "insert into app_user (id, issuer, subject, name)
             values ({number}, 'x', 'holder-{number}', 'A holder')"
        );
        world.sql.run(&account).await;
        // The last one's has ended.
        let ended = "cast('2020-01-01 00:00:00+00:00' as timestamp)";
        let until = match (number, backend) {
            (198, Backend::Sqlite) => "'2020-01-01T00:00:00+00:00'",
            (198, Backend::Postgres) => ended,
            _ => "null",
        };
        let held = format!(
            "insert into role_binding (user_id, role, division_id, valid_until)
             select {number}, role, division_id, {until} {steward}"
        );
        world.sql.run(&held).await;
    }
    let text = "p, role:steward, res:enrollment, list, subtree, cols:all, allow";
    let input = json!({ "add": [line(text)] });
    let partial = async || {
        let answer = simulate(&world, "administrator", input.clone()).await;
        answer.good()["simulatePolicy"]["partial"].clone()
    };
    assert_eq!(partial().await, json!([]));
    // Also where much changes for all of them.
    let much = json!({ "add": [line("g, role:steward, role:administrator")] });
    let told = effects(&world, "administrator", much).await;
    let places = told.iter().find(|((whose, type_, action, fields), _)| {
        let facilities = [whose, type_, action] == ["role:steward", "Facility", "UPDATE"];
        facilities && fields.contains("administeredBy")
    });
    assert_eq!(places.unwrap().1, &(2, 0));
    for subject in ["newcomer", "host"] {
        give(&world, subject, "steward", EAST).await;
    }
    assert_eq!(partial().await, json!(["steward"]));
}
