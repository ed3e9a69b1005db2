//! Accounts, roles and the policy, as callers change them.

mod accounts;
mod appointments;
mod input;
mod policy;
mod race;
mod simulation;
mod trail;

pub(crate) use input::is_tried;

use access::LOCAL_ISSUER;
use serde_json::{Value, json};

use crate::{
    instance::Answer,
    world::{World, give, global_id},
};

/// Runs a mutation of rights and shows what was written.
async fn administer(world: &World, subject: &str, mutation: &str, input: Value) -> Answer {
    let (first, rest) = mutation.split_at(1);
    let type_ = match mutation {
        "disableUser" | "enableUser" => "SwitchUser".to_owned(),
        _ => first.to_uppercase() + rest,
    };
    let shown = match mutation {
        "createUser" | "disableUser" | "enableUser" => "user { id name active }",
        "grantRole" | "revokeRole" => "binding { id role validUntil user { subject name } }",
        "addPolicyRule" => "rule { id v0 }",
        _ => "id",
    };
    let query =
        format!("mutation($input: {type_}Input!) {{ {mutation}(input: $input) {{ {shown} }} }}");
    let variables = json!({ "input": input });
    world.instance.ask_with(subject, &query, variables).await
}

/// An input that gives a role to the account of this subject, which may have to be made.
fn appoint(subject: &str, role: &str, at: (&str, String)) -> Value {
    let (place, id) = at;
    json!({
        "account": { "issuer": LOCAL_ISSUER, "subject": subject, "name": format!("A {subject}") },
        "role": role,
        place: id,
    })
}

/// The global id of the only binding of this role that a user holds.
async fn binding(world: &World, subject: &str, role: &str) -> String {
    let sql = format!(
        "select b.id from role_binding b join app_user u on u.id = b.user_id
         where u.subject = '{subject}' and b.role = '{role}'"
    );
    global_id("RoleBinding", world.sql.number(&sql).await)
}

/// The global id of a user.
async fn user(world: &World, subject: &str) -> String {
    let sql = format!("select id from app_user where subject = '{subject}'");
    global_id("User", world.sql.number(&sql).await)
}

/// A world with an administrator of one province, and one of a county there.
async fn world_with_administrators(backend: support::Backend) -> World {
    let world = World::make(backend).await;
    for (subject, code) in [("near", "31"), ("east", crate::world::EAST)] {
        let account = format!(
            "insert into app_user (issuer, subject, name)
             values ('{LOCAL_ISSUER}', '{subject}', 'The {subject}')"
        );
        world.sql.run(&account).await;
        give(&world, subject, "administrator", code).await;
    }
    world
}

async fn checksum(world: &World) -> Vec<String> {
    world.sql.contents(&["audit_event", "audit_pending"]).await
}
