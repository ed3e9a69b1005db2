//! Who may ask for people to come and let staff go, and who may decide on that.
//!
//! What may be decided is asked for with something that is refused for another reason, after
//! the right to it has been looked at; so that nothing changes.

use std::sync::atomic::{AtomicU32, Ordering};

use grassroots_tests::global_id;
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    change::value,
    finding::{Action, Findings},
    rights::reached,
    shape::SCHEMA,
};

/// Tries a mutation, if it is one of transfers.
pub(crate) async fn run(caller: &Caller<'_>, mutation: &str, findings: &mut Findings) -> bool {
    match mutation {
        "requestTransfer" => let_go(caller, findings).await,
        "acceptTransfer" => accept(caller, findings).await,
        "declineTransfer" => decline(caller, findings).await,
        // After everyone has read: what is made would be read, too.
        "requestHire" => {}
        _ => return false,
    }
    true
}

/// How many numbers have been asked for.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// Asks for somebody to be hired at each facility, for each field that may be left out once
/// more with it.
pub(crate) async fn make(caller: &Caller<'_>, findings: &mut Findings) {
    let fields = SCHEMA.fields("RequestHireInput");
    let optional = fields.iter().filter(|field| !field.needed);
    for way in std::iter::once(None).chain(optional.map(Some)) {
        let path = way.map_or("Transfer".to_owned(), |field| {
            format!("Transfer.{}", field.name)
        });
        let facilities = ids("Facility");
        findings.reached(&path, Action::Create, [], facilities.len());
        for facility in &facilities {
            let given = fields
                .iter()
                .filter(|field| field.needed || way.is_some_and(|way| way.name == field.name));
            let mut input = json!({});
            for field in given.filter(|field| field.name != "facility") {
                input[&field.name] = value("Transfer", field);
            }
            input["facility"] = json!(facility);
            // A division asks for the same once at a time.
            input["identityNumber"] =
                json!(format!("ASKED-{}", ASKED.fetch_add(1, Ordering::Relaxed)));
            let operation = "mutation($input: RequestHireInput!) {
                made: requestHire(input: $input) { __typename } }";
            let answer = caller.ask(operation, json!({ "input": input })).await;
            if answer["made"].is_object() {
                findings.reached(&path, Action::Create, [facility.as_str()], facilities.len());
            }
        }
    }
}

/// Tries to let each of the staff go before their time.
async fn let_go(caller: &Caller<'_>, findings: &mut Findings) {
    let inputs = ids("StaffMember").into_iter().map(|id| {
        json!({
            "staffMember": id, "division": global_id("Division", 0), "startsOn": "1950-01-01",
        })
    });
    let told = "`startsOn` must lie behind";
    let path = ("Transfer.person", Action::Create);
    tell(
        caller,
        "requestTransfer",
        inputs.collect(),
        told,
        (path, findings),
    )
    .await;
}

async fn accept(caller: &Caller<'_>, findings: &mut Findings) {
    let inputs = ids("Transfer")
        .into_iter()
        .map(|id| json!({ "id": id, "version": 1 }));
    let told = "`post` is missing";
    let path = ("Transfer.facility", Action::Update);
    tell(
        caller,
        "acceptTransfer",
        inputs.collect(),
        told,
        (path, findings),
    )
    .await;
}

async fn decline(caller: &Caller<'_>, findings: &mut Findings) {
    let inputs = ids("Transfer")
        .into_iter()
        .map(|id| json!({ "id": id, "version": 0, "reason": "the golden table" }));
    let told = "somebody changed";
    let path = ("Transfer.status", Action::Update);
    tell(
        caller,
        "declineTransfer",
        inputs.collect(),
        told,
        (path, findings),
    )
    .await;
}

async fn tell(
    caller: &Caller<'_>,
    mutation: &str,
    inputs: Vec<Json>,
    told: &str,
    ((path, action), findings): ((&str, Action), &mut Findings),
) {
    let others = ["there is no such record", "names no record"];
    let reached = reached(caller, mutation, &inputs, told, &others).await;
    let reached = reached.iter().map(String::as_str);
    findings.reached(path, action, reached, inputs.len());
}
