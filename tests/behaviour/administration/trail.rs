//! What the audit trail holds of rights that were changed.

use serde_json::json;
use support::Backend;

use super::{administer, appoint, binding, world_with_administrators};
use crate::world::{EAST, EAST_CENTER, World, division, global_id};

on_both_databases!(
    what_is_done_to_rights_is_written_down,
    what_can_not_be_written_down_is_not_done,
);

/// How many events there are of which this holds.
async fn events(world: &World, condition: &str) -> i64 {
    let sql = format!(
        "select count(*) from audit_event e join app_user u on u.id = e.user_id
         join division d on d.id = e.division_id where {condition}"
    );
    world.sql.number(&sql).await
}

async fn what_is_done_to_rights_is_written_down(backend: Backend) {
    let world = world_with_administrators(backend).await;
    let input = appoint("somebody", "steward", ("division", division(EAST)));
    administer(&world, "near", "grantRole", input).await.good();
    let by_near = "select cast(b.id as text) from role_binding b where b.user_id = u.id";
    let made = format!(
        "u.subject = 'near' and action = 'create' and e.kind = 'user' and d.code = '0'
            and columns = 'issuer subject name' and bindings = ({by_near})"
    );
    assert_eq!(events(&world, &made).await, 1);
    let granted = format!(
        "u.subject = 'near' and action = 'grant' and e.kind = 'role_binding'
            and columns = 'user_id role division_id' and d.code = '{EAST}' and bindings = ({by_near})"
    );
    assert_eq!(events(&world, &granted).await, 1);
    // A facility's is told where the facility belongs.
    let center = ("facility", global_id("Facility", EAST_CENTER));
    let input = appoint("somebody", "manager", center);
    administer(&world, "near", "grantRole", input).await.good();
    let at_center =
        format!("action = 'grant' and columns like '%facility_id' and d.code = '{EAST}'");
    assert_eq!(events(&world, &at_center).await, 1);
    let id = binding(&world, "somebody", "steward").await;
    let input = json!({ "id": id, "reason": "moved away" });
    administer(&world, "near", "revokeRole", input).await.good();
    let revoked = format!(
        "action = 'deactivate' and e.kind = 'role_binding' and columns = 'valid_until'
            and purpose = 'moved away' and d.code = '{EAST}'"
    );
    assert_eq!(events(&world, &revoked).await, 1);
    let input = json!({
        "section": "g", "values": ["role:intern", "role:member"], "reason": "a new role",
    });
    let added = administer(&world, "administrator", "addPolicyRule", input).await;
    let id = &added.good()["addPolicyRule"]["rule"]["id"];
    let input = json!({ "id": id, "reason": "not needed" });
    administer(&world, "administrator", "removePolicyRule", input)
        .await
        .good();
    for (action, reason) in [("create", "a new role"), ("deactivate", "not needed")] {
        let edited = format!(
            "u.subject = 'administrator' and action = '{action}' and e.kind = 'policy_rule'
                and purpose = 'g, role:intern, role:member: {reason}' and columns = 'ptype v0 v1'"
        );
        assert_eq!(events(&world, &edited).await, 1, "{action}");
    }
}

async fn what_can_not_be_written_down_is_not_done(backend: Backend) {
    let world = world_with_administrators(backend).await;
    world
        .sql
        .run("alter table audit_event rename to lost")
        .await;
    let before = world.sql.contents(&["lost", "audit_pending"]).await;
    let grant = appoint("somebody", "steward", ("division", division(EAST)));
    let role = binding(&world, "steward", "steward").await;
    for (mutation, input) in [
        ("grantRole", grant.clone()),
        ("createUser", grant["account"].clone()),
        ("revokeRole", json!({ "id": role, "reason": "an attempt" })),
        (
            "addPolicyRule",
            json!({ "section": "g", "values": ["role:x", "role:member"], "reason": "an attempt" }),
        ),
        (
            "removePolicyRule",
            json!({ "id": global_id("PolicyRule", 1), "reason": "an attempt" }),
        ),
    ] {
        let answer = administer(&world, "administrator", mutation, input).await;
        assert_eq!(answer.codes, ["INTERNAL"], "{mutation}");
    }
    let after = world.sql.contents(&["lost", "audit_pending"]).await;
    assert_eq!(after, before);
}
