//! What the mutations do for a caller.

use grassroots_tests::REFUSED;
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    change::{self, Change},
    creation,
    finding::{Action, Findings},
    record::{expect, look, selection},
    rights,
    shape::{SCHEMA, camel},
    transfer,
};

/// Tries every mutation on every record that it is about.
pub(crate) async fn run(caller: &Caller<'_>, findings: &mut Findings) {
    for field in SCHEMA.fields("Mutation") {
        let path = format!("Mutation.{}", field.name);
        if rights::run(caller, &field.name, findings).await
            || transfer::run(caller, &field.name, findings).await
        {
            continue;
        }
        match (field.name.as_str(), Change::of(&field.name)) {
            ("revealPersonalData", _) => {
                findings.tried(&path, Action::Run);
                expect(&field.of, &path, findings);
                reveal(caller, &path, &field.of, findings).await;
            }
            (_, Some(Change::Update(kind))) => change::update(caller, kind, findings).await,
            (_, Some(Change::Deactivate(kind))) => change::deactivate(caller, kind, findings).await,
            // After everyone has read: what is made would be read, too.
            (_, Some(Change::Create(_))) => {}
            (_, None) => panic!("nobody knows how to try {path}: tell here"),
        }
    }
}

/// Makes records wherever there may be any.
pub(crate) async fn make(caller: &Caller<'_>, findings: &mut Findings) {
    for field in SCHEMA.fields("Mutation") {
        if let Some(Change::Create(kind)) = Change::of(&field.name) {
            creation::run(caller, kind, findings).await;
        }
    }
    transfer::make(caller, findings).await;
}

/// Has each personal field of each person revealed.
async fn reveal(caller: &Caller<'_>, path: &str, payload: &str, findings: &mut Findings) {
    let selection = selection(payload);
    for personal in SCHEMA.values("PersonalField") {
        let of_person = format!("Person.{}", camel(personal));
        findings.tried(&of_person, Action::Reveal);
        let people = ids("Person").into_iter().enumerate().map(|(place, id)| {
            let input = format!(
                "{{ person: \"{id}\", fields: [{personal}], purpose: \"the golden table\" }}"
            );
            format!("a{place}: revealPersonalData(input: {input}) {{ {selection} }}")
        });
        let people = people.collect::<Vec<_>>().join(" ");
        let answer = caller
            .ask(&format!("mutation {{ {people} }}"), json!({}))
            .await;
        for revealed in answer.as_object().unwrap().values() {
            match revealed {
                Json::Object(_) => {
                    findings.came(&of_person, Action::Reveal, "allowed");
                    findings.came(path, Action::Run, "allowed");
                    look(payload, path, revealed, findings);
                }
                refused if refused == REFUSED => {
                    findings.came(&of_person, Action::Reveal, "refused");
                    findings.came(path, Action::Run, "refused");
                }
                Json::String(absent) if absent.starts_with("«NOT_FOUND") => {}
                other => panic!("{path}: {other}"),
            }
        }
    }
}
