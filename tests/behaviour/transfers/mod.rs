//! People who come to work elsewhere: staff whom a division lets go, and those who are
//! hired by an identity number.

mod hiring;
mod input;
mod moving;
mod race;
mod trail;

pub(crate) use input::is_tried;
use serde_json::{Value, json};

use crate::{
    instance::Answer,
    world::{EAST_CENTER, WEST, World, division, give, global_id},
};

/// What a transfer shows to whoever may open it.
const TRANSFER: &str = "id version active status name startsOn identityNumber
    division { code } facility { name } from { name } person { name } clashes { nodes { person { name } } }";

/// The country with stewards of the east and the west, and administrators of the province
/// and of another.
async fn stewards(backend: support::Backend) -> World {
    let world = World::make(backend).await;
    give(&world, "newcomer", "steward", WEST).await;
    give(&world, "sponsor", "administrator", "31").await;
    give(&world, "host", "administrator", "32").await;
    world
}

const EASTERN: &str = "steward";
const WESTERN: &str = "newcomer";
const PROVINCIAL: &str = "sponsor";
const OF_OTHER_PROVINCE: &str = "host";
const NATIONAL: &str = "administrator";

/// Runs a mutation of transfers and shows what came of it.
async fn transfer(world: &World, subject: &str, mutation: &str, input: Value) -> Answer {
    let (first, rest) = mutation.split_at(1);
    let query = format!(
        "mutation($input: {}{rest}Input!) {{
            {mutation}(input: $input) {{ transfer {{ {TRANSFER} }} }}
        }}",
        first.to_uppercase()
    );
    let variables = json!({ "input": input });
    world.instance.ask_with(subject, &query, variables).await
}

/// The transfer that a mutation showed.
#[track_caller]
fn shown<'a>(answer: &'a Answer, mutation: &str) -> &'a Value {
    &answer.good()[mutation]["transfer"]
}

/// Asks for somebody to be hired at the center of the east.
fn of_candidate(number: &str) -> Value {
    json!({
        "name": "Dan", "sex": "MALE", "identityKind": "RESIDENT_IDENTITY_CARD",
        "identityNumber": number, "professionCategory": "REGISTERED_NURSE",
        "education": "BACHELOR", "title": "JUNIOR",
        "facility": global_id("Facility", EAST_CENTER), "tenure": "CONTRACT",
        "keyPost": "NURSING", "titleEngaged": "JUNIOR", "startsOn": "2026-01-01",
    })
}

/// Has the steward of the east ask for it, and gives the id.
async fn hired(world: &World, number: &str) -> Value {
    let input = of_candidate(number);
    let answer = transfer(world, EASTERN, "requestHire", input).await;
    shown(&answer, "requestHire")["id"].clone()
}

/// Has the steward of the east take a request back.
async fn taken_back(world: &World, id: &Value) {
    let input = json!({ "id": id, "version": 1, "reason": "not needed" });
    let answer = transfer(world, EASTERN, "declineTransfer", input).await;
    answer.good();
}

/// Has no steward end employments any more.
async fn keep_employments(world: &World) {
    let line = "insert into policy_rule (ptype, v0, v1, v2, v3, v4, v5) values
        ('p', 'role:steward', 'res:employment', 'update', 'subtree', 'col:employment.ended_on',
            'deny')";
    world.sql.run(line).await;
}

async fn give_employments_back(world: &World) {
    let line = "delete from policy_rule where v1 = 'res:employment' and v5 = 'deny'";
    world.sql.run(line).await;
}

/// Has the steward of the east let one of the staff go, and gives the id.
async fn let_go(world: &World, staff: i64, code: &str) -> Value {
    let input = json!({
        "staffMember": global_id("StaffMember", staff), "division": division(code),
        "startsOn": "2026-01-01",
    });
    let answer = transfer(world, EASTERN, "requestTransfer", input).await;
    shown(&answer, "requestTransfer")["id"].clone()
}

/// The acceptance of a transfer of staff to this facility.
fn taken_in(id: &Value, facility: i64) -> Value {
    json!({ "id": id, "version": 1, "post": {
        "facility": global_id("Facility", facility), "tenure": "ESTABLISHED",
        "keyPost": "GENERAL_PRACTICE", "titleEngaged": "INTERMEDIATE",
    }})
}

/// Who is listed to somebody among the staff.
async fn staff(world: &World, subject: &str) -> Vec<String> {
    let query = "{ staff(orderBy: NAME_ASC) { nodes { name } } }";
    let answer = world.instance.ask(subject, query).await;
    let names = answer.names("staff").into_iter();
    names.map(str::to_owned).collect()
}

/// What all tables but the trail hold.
async fn checksum(world: &World) -> Vec<String> {
    let trail = ["audit_event", "audit_pending", "staff_member_delta"];
    world.sql.contents(&trail).await
}
