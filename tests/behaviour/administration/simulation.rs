//! What a change of rights would come to, told before it is made.

mod counts;
mod refusals;
mod sight;

use std::collections::{BTreeMap, BTreeSet};

use grassroots_tests::global_id;
use serde_json::{Value, json};

use super::{administer, user};
use crate::{instance::Answer, world::World};

const QUERY: &str = "query($input: SimulatePolicyInput!) { simulatePolicy(input: $input) {
    partial
    effects { role user typeName action fields gained lost }
} }";

async fn simulate(world: &World, asker: &str, input: Value) -> Answer {
    let variables = json!({ "input": input });
    world.instance.ask_with(asker, QUERY, variables).await
}

/// Who gains and loses how many of what: by role or the subject of a user, type, action and
/// fields.
type Effects = BTreeMap<(String, String, String, String), (i64, i64)>;

/// The effects of a simulation that must not be refused.
async fn effects(world: &World, asker: &str, input: Value) -> Effects {
    let answer = simulate(world, asker, input).await;
    let effects = answer.good()["simulatePolicy"]["effects"]
        .as_array()
        .unwrap();
    let subjects = subjects(world).await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let told = effects.iter().map(|effect| {
        let whose = match effect["user"].as_str() {
            Some(id) => subjects[id].clone(),
            None => format!("role:{}", text(&effect["role"])),
        };
        let fields = effect["fields"].as_array().unwrap().iter().map(text);
        let fields = fields.collect::<Vec<_>>().join(" ");
        let count = |name: &str| effect[name].as_i64().unwrap();
        (
            (
                whose,
                text(&effect["typeName"]),
                text(&effect["action"]),
                fields,
            ),
            (count("gained"), count("lost")),
        )
    });
    let told: Effects = told.collect();
    assert_eq!(told.len(), effects.len(), "an effect is told once");
    told
}

/// The subjects of all users by their ids.
async fn subjects(world: &World) -> BTreeMap<String, String> {
    let keys = world
        .sql
        .texts("select cast(id as text) from app_user")
        .await;
    let mut subjects = BTreeMap::new();
    for key in keys {
        let of_key = format!("select subject from app_user where id = {key}");
        let subject = world.sql.texts(&of_key).await.remove(0);
        subjects.insert(global_id("User", key.parse().unwrap()), subject);
    }
    subjects
}

/// A line without its reason.
fn line(text: &str) -> Value {
    let mut values = text.split(", ");
    json!({ "section": values.next(), "values": values.collect::<Vec<_>>() })
}

/// The lists of the query, each with the type of its records, but those of which auditors
/// alone are told how others see them.
const LISTS: [(&str, &str); 8] = [
    ("Division", "divisions"),
    ("Organization", "organizations"),
    ("Facility", "facilities"),
    ("StaffMember", "staff"),
    ("Program", "programs"),
    ("Enrollment", "enrollments"),
    ("PartnershipProject", "partnershipProjects"),
    ("PolicyRule", "policyRules"),
];

/// What somebody lists, by type.
type Seen = BTreeMap<&'static str, BTreeSet<String>>;

/// All that somebody lists.
async fn seen(world: &World, subject: &str) -> Seen {
    let mut seen = Seen::new();
    for (type_, list) in LISTS {
        let query = format!(
            "{{ a: {list}(first: 200) {{ nodes {{ id }} }} b: {list}(last: 200) {{ nodes {{ id }} }} }}"
        );
        let answer = world.instance.ask(subject, &query).await;
        let ends = ["a", "b"].map(|end| answer.good()[end]["nodes"].as_array().unwrap());
        let ids = ends.into_iter().flatten();
        let ids = ids.map(|node| node["id"].as_str().unwrap().to_owned());
        seen.insert(type_, ids.collect());
    }
    seen
}

/// How many of each type are gained and lost, of what somebody else sees.
fn difference(before: &Seen, after: &Seen, of: &Seen) -> BTreeMap<String, (i64, i64)> {
    let mut difference = BTreeMap::new();
    for (type_, _) in LISTS {
        let count = |one: &Seen, other: &Seen| {
            let more = one[type_].difference(&other[type_]);
            more.filter(|id| of[type_].contains(*id)).count() as i64
        };
        let counts = (count(after, before), count(before, after));
        if counts != (0, 0) {
            difference.insert(type_.to_owned(), counts);
        }
    }
    difference
}

/// What a simulation tells of somebody's lists.
fn listed(effects: &Effects, whose: &str) -> BTreeMap<String, (i64, i64)> {
    let known = |type_: &str| LISTS.iter().any(|(listed, _)| *listed == type_);
    let lists = effects.iter().filter(|((subject, type_, action, _), _)| {
        subject == whose && action == "LIST" && known(type_)
    });
    let lists = lists.map(|((_, type_, ..), counts)| (type_.clone(), *counts));
    lists.collect()
}

/// Runs a mutation, which must be done.
async fn done(world: &World, subject: &str, mutation: &str, mut input: Value) -> Value {
    if mutation != "grantRole" {
        input["reason"] = json!("as it was simulated");
    }
    let answer = administer(world, subject, mutation, input).await;
    answer.good()[mutation].clone()
}

/// The ids of users.
async fn users(world: &World, subjects: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for subject in subjects {
        ids.push(user(world, subject).await);
    }
    ids
}

fn key(whose: &str, type_: &str, action: &str, fields: &str) -> (String, String, String, String) {
    let [whose, type_, action, fields] = [whose, type_, action, fields].map(str::to_owned);
    (whose, type_, action, fields)
}
