//! Which records a caller may change, and which of their fields.

use grassroots_tests::{Field, REFUSED, global_id};
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    finding::{Action, Findings},
    shape::SCHEMA,
    world,
};

/// What a mutation does to records of a type.
pub(crate) enum Change {
    Create(&'static str),
    Update(&'static str),
    Deactivate(&'static str),
}

impl Change {
    pub(crate) fn of(mutation: &str) -> Option<Change> {
        let of = |verb| {
            let kind = mutation.strip_prefix(verb)?;
            SCHEMA.nodes().find(|node| *node == kind)
        };
        let create = of("create").map(Change::Create);
        let update = of("update").map(Change::Update);
        create
            .or(update)
            .or(of("deactivate").map(Change::Deactivate))
    }
}

/// No record is of this version, so that who may change one is told that it is of another,
/// and nothing changes.
const NO_VERSION: i32 = 0;

/// Tries to change each field of each record.
pub(crate) async fn update(caller: &Caller<'_>, kind: &str, findings: &mut Findings) {
    let input = format!("Update{kind}Input");
    let fields = SCHEMA.fields(&input).iter();
    for field in fields.filter(|field| !["id", "version"].contains(&field.name.as_str())) {
        let path = format!("{kind}.{}", field.name);
        let more = json!({ &field.name: value(kind, field) });
        run(
            caller,
            &format!("update{kind}"),
            &input,
            &more,
            (&path, Action::Update),
            findings,
        )
        .await;
    }
}

/// Tries to take each record out of use.
pub(crate) async fn deactivate(caller: &Caller<'_>, kind: &str, findings: &mut Findings) {
    let more = json!({ "reason": "the golden table" });
    let mutation = format!("deactivate{kind}");
    run(
        caller,
        &mutation,
        "DeactivateInput",
        &more,
        (kind, Action::Deactivate),
        findings,
    )
    .await;
}

async fn run(
    caller: &Caller<'_>,
    mutation: &str,
    input: &str,
    more: &Json,
    (path, action): (&str, Action),
    findings: &mut Findings,
) {
    let kind = path.split('.').next().unwrap();
    let ids = ids(kind);
    let (mut variables, mut fields, mut inputs) = (json!({}), String::new(), String::new());
    for (place, id) in ids.iter().enumerate() {
        let mut given = more.clone();
        given["id"] = json!(id);
        given["version"] = json!(NO_VERSION);
        variables[format!("i{place}")] = given;
        inputs += &format!("$i{place}: {input}! ");
        fields += &format!("a{place}: {mutation}(input: $i{place}) {{ __typename }} ");
    }
    findings.reached(path, action, [], ids.len());
    let operation = format!("mutation({inputs}) {{ {fields} }}");
    let answer = caller.ask(&operation, variables).await;
    for (place, id) in ids.iter().enumerate() {
        match &answer[format!("a{place}")] {
            refused if refused == REFUSED => {}
            Json::String(absent) if absent.starts_with("«NOT_FOUND") => {}
            Json::String(other) if other.starts_with("«CONFLICT: somebody") => {
                findings.reached(path, action, [id.as_str()], ids.len());
            }
            other => panic!("{path}: {other}"),
        }
    }
}

/// A value that a field takes.
pub(crate) fn value(kind: &str, field: &Field) -> Json {
    match field.of.as_str() {
        _ if field.name == "birthDate" => json!("1985-03-21"),
        _ if ["identityNumber", "phone"].contains(&field.name.as_str()) => json!("1234"),
        "Boolean" => json!(false),
        "String" => json!("X"),
        "Int" => json!(1),
        "NaiveDate" => json!("2024-05-06"),
        "ID" => {
            let target = target(kind, &field.name);
            json!(global_id(target, world::keys(target)[0]))
        }
        term => json!(SCHEMA.values(term)[0]),
    }
}

/// The type of the records that a field names.
pub(crate) fn target(kind: &str, name: &str) -> &'static str {
    let mut fields = SCHEMA.fields(kind).iter();
    let field = fields.find(|field| field.name == name);
    &field.unwrap_or_else(|| panic!("{kind} has no {name}")).of
}
