//! What the fields of the query itself answer.

use grassroots_tests::{Field, REFUSED, global_id};
use serde_json::{Value as Json, json};

use crate::{
    caller::{Caller, ids},
    finding::{Action, Findings},
    record::{expect, listed, look, selection},
    shape::{SCHEMA, Shape},
    world::{self, PUBLISHED},
};

const PAGE: [&str; 6] = ["filter", "orderBy", "first", "after", "last", "before"];
const STATISTICS: [&str; 5] = ["level", "by", "within", "filter", "year"];
/// Of which statistics are published for a project, too.
const PROJECT: &str = "project";

/// Asks every field of the query for all that it can give.
pub(crate) async fn ask(caller: &Caller<'_>, findings: &mut Findings) {
    for field in SCHEMA.fields("Query") {
        let path = format!("Query.{}", field.name);
        let arguments = field.arguments.iter().map(|(name, _)| name.as_str());
        let arguments: Vec<&str> = arguments.collect();
        match (Shape::of(field), arguments.as_slice()) {
            (Shape::Many(kind), arguments) if arguments == PAGE => {
                list(caller, field, kind, &path, findings).await;
            }
            (Shape::One(kind), ["id"]) => open(caller, field, ids(kind), &path, findings).await,
            (Shape::One(_), ["code"]) => {
                let codes = world::codes().map(str::to_owned).collect();
                open(caller, field, codes, &path, findings).await;
            }
            // The first of each type stands for all.
            (_, ["id"]) if field.of == "Node" => {
                let first = |kind| global_id(kind, world::keys(kind)[0]);
                let ids = SCHEMA.nodes().map(first).collect();
                open(caller, field, ids, &path, findings).await;
            }
            (_, ["ids"]) if field.of == "Node" => together(caller, &path, findings).await,
            (Shape::Part, ["subject", "node", "action", "field"]) => {
                explain(caller, field, &path, findings).await;
            }
            (Shape::Part, ["input"]) => simulate(caller, field, &path, findings).await,
            (Shape::Part, []) => part(caller, field, &path, findings).await,
            (Shape::Part, arguments) if arguments.starts_with(&STATISTICS) => {
                let published = format!(", year: {PUBLISHED}");
                let of_project = match arguments.strip_prefix(&STATISTICS) {
                    Some([]) => None,
                    Some([PROJECT]) => Some(projects(&published)),
                    _ => panic!("nobody knows what to ask {path}({arguments:?}): tell here"),
                };
                let ways = [
                    ("of records", Some(vec![String::new()])),
                    ("as published", Some(vec![published])),
                    ("as published of a project", of_project),
                ];
                for (way, arguments) in ways {
                    for arguments in arguments.into_iter().flatten() {
                        count(caller, field, &path, way, &arguments, findings).await;
                    }
                }
            }
            _ => panic!("nobody knows what to ask {path}({arguments:?}): tell here"),
        }
    }
}

/// Both ends of a list, since a page has not room for the whole policy.
async fn list(caller: &Caller<'_>, field: &Field, kind: &str, path: &str, findings: &mut Findings) {
    let name = &field.name;
    let query = format!(
        "{{ a: {name}(first: 200) {{ nodes {{ id }} }} b: {name}(last: 200) {{ nodes {{ id }} }} }}"
    );
    let answer = caller.ask(&query, json!({})).await;
    for end in ["a", "b"] {
        match &answer[end] {
            page if page == REFUSED => findings.came(path, Action::List, "refused"),
            page => findings.reached(path, Action::List, listed(page), world::keys(kind).len()),
        }
    }
}

/// One record at a time, by ids or codes.
async fn open(
    caller: &Caller<'_>,
    field: &Field,
    names: Vec<String>,
    path: &str,
    findings: &mut Findings,
) {
    let (opener, (argument, _)) = (&field.name, &field.arguments[0]);
    let fields = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("a{place}: {opener}({argument}: \"{name}\") {{ id }}"));
    let query = format!("{{ {} }}", fields.collect::<Vec<_>>().join(" "));
    let answer = caller.ask(&query, json!({})).await;
    findings.reached(path, Action::Open, [], names.len());
    for record in answer.as_object().unwrap().values() {
        match record {
            Json::Null => {}
            Json::Object(record) => {
                let id = record["id"].as_str();
                findings.reached(path, Action::Open, id, names.len());
            }
            refused if refused == REFUSED => findings.came(path, Action::Open, "refused"),
            other => panic!("{path}: {other}"),
        }
    }
}

/// All records, many at a time, but the policy's lines, whose number changes.
async fn together(caller: &Caller<'_>, path: &str, findings: &mut Findings) {
    let kinds = || SCHEMA.nodes().filter(|kind| *kind != "PolicyRule");
    let all = kinds().map(|kind| world::keys(kind).len()).sum();
    for kind in kinds() {
        let opened = caller.open(kind, "id").await;
        let opened = opened.iter().map(|record| record["id"].as_str().unwrap());
        findings.reached(path, Action::Open, opened, all);
    }
}

async fn part(caller: &Caller<'_>, field: &Field, path: &str, findings: &mut Findings) {
    let (name, selection) = (&field.name, selection(&field.of));
    let answer = caller
        .ask(&format!("{{ {name} {{ {selection} }} }}"), json!({}))
        .await;
    expect(&field.of, path, findings);
    match &answer[name] {
        part if part == REFUSED => findings.came(path, Action::Read, "refused"),
        part => look(&field.of, path, part, findings),
    }
}

/// Why the first record of each type may be opened.
async fn explain(caller: &Caller<'_>, field: &Field, path: &str, findings: &mut Findings) {
    let (name, selection) = (&field.name, selection(&field.of));
    expect(&field.of, path, findings);
    let first = |kind| global_id(kind, world::keys(kind)[0]);
    let ids: Vec<String> = SCHEMA.nodes().map(first).collect();
    findings.reached(path, Action::Open, [], ids.len());
    for id in &ids {
        let query = format!("{{ {name}(node: \"{id}\", action: READ) {{ {selection} }} }}");
        match &caller.ask(&query, json!({})).await[name] {
            Json::String(absent) if absent.starts_with("«NOT_FOUND") => {}
            explained => {
                findings.reached(path, Action::Open, [id.as_str()], ids.len());
                look(&field.of, path, explained, findings);
            }
        }
    }
}

/// What a line more would come to, and each role less.
async fn simulate(caller: &Caller<'_>, field: &Field, path: &str, findings: &mut Findings) {
    let (name, selection) = (&field.name, selection(&field.of));
    let query = format!(
        "query($input: SimulatePolicyInput!) {{ {name}(input: $input) {{ {selection} }} }}"
    );
    expect(&field.of, path, findings);
    let values = [
        "role:member",
        "res:facility",
        "list",
        "reference",
        "cols:all",
        "allow",
    ];
    let line = json!({ "input": { "add": { "section": "p", "values": values } } });
    findings.tried(path, Action::Create);
    match &caller.ask(&query, line).await[name] {
        refused if refused == REFUSED => findings.came(path, Action::Create, "refused"),
        simulated => {
            findings.came(path, Action::Create, "answers");
            look(&field.of, path, simulated, findings);
        }
    }
    let bindings = ids("RoleBinding");
    findings.reached(path, Action::Revoke, [], bindings.len());
    for id in &bindings {
        let input = json!({ "input": { "revoke": id } });
        match &caller.ask(&query, input).await[name] {
            refused if refused == REFUSED => {}
            Json::String(absent) if absent.starts_with("«NOT_FOUND") => {}
            Json::String(kept) if kept.starts_with("«CONFLICT") => {}
            simulated => {
                findings.reached(path, Action::Revoke, [id.as_str()], bindings.len());
                look(&field.of, path, simulated, findings);
            }
        }
    }
}

/// For each project the arguments that ask for what was published of it.
fn projects(published: &str) -> Vec<String> {
    let projects = ids("PartnershipProject").into_iter();
    let arguments = projects.map(|id| format!("{published}, {PROJECT}: \"{id}\""));
    arguments.collect()
}

/// Statistics by each of their dimensions.
async fn count(
    caller: &Caller<'_>,
    field: &Field,
    path: &str,
    way: &str,
    further: &str,
    findings: &mut Findings,
) {
    let (name, selection) = (&field.name, selection(&field.of));
    let mut arguments = field.arguments.iter();
    let (_, dimension) = arguments.find(|(argument, _)| argument == "by").unwrap();
    expect(&field.of, path, findings);
    for by in SCHEMA.values(dimension) {
        let told = format!("{path} {way} by {by}");
        findings.tried(&told, Action::Count);
        let level = if further.contains(PROJECT) {
            "PROVINCE"
        } else {
            "COUNTY"
        };
        let query = format!("{{ {name}(level: {level}, by: {by}{further}) {{ {selection} }} }}");
        match &caller.ask(&query, json!({})).await[name] {
            Json::Array(counts) => {
                for count in counts {
                    findings.came(&told, Action::Count, "answers");
                    look(&field.of, path, count, findings);
                }
            }
            counts if counts == REFUSED => findings.came(&told, Action::Count, "refused"),
            other => panic!("{told}: {other}"),
        }
    }
}
