//! By what fields lists may be filtered.

use grassroots_tests::Field;

use crate::{
    caller::Caller,
    finding::{Action, Findings},
    shape::SCHEMA,
    way::{Asked, Way},
};

/// Tries every condition on records of every type.
pub(crate) async fn filter(caller: &Caller<'_>, findings: &mut Findings) {
    for kind in SCHEMA.nodes() {
        let fields = SCHEMA.fields(&format!("{kind}Filter")).iter();
        let fields = fields.filter(|field| !["and", "or", "not"].contains(&field.name.as_str()));
        let conditions: Vec<&Field> = fields.collect();
        let asked = conditions.iter().map(|condition| {
            let (name, test) = (&condition.name, test(condition));
            Asked::Filter(format!("{{ {name}: {test} }}"))
        });
        let asked: Vec<Asked> = asked.collect();
        for condition in &conditions {
            findings.tried(&format!("{kind}.{}", condition.name), Action::Filter);
        }
        for way in Way::to(kind) {
            let answers = way.ask(caller, &asked).await;
            for (condition, words) in conditions.iter().zip(answers) {
                let path = format!("{kind}.{}", condition.name);
                findings.sifted(kind, &path, Action::Filter, words);
            }
        }
    }
}

/// Something to ask of a field, whatever its values are.
fn test(condition: &Field) -> &'static str {
    let has = |operator: &str| {
        let mut operators = SCHEMA.fields(&condition.of).iter();
        operators.any(|field| field.name == operator)
    };
    match condition.of.as_str() {
        "IdFilter" | "TypeFilter" => "{ in: [] }",
        "BooleanFilter" => "{ eq: true }",
        _ if has("isNull") => "{ isNull: false }",
        _ if has("some") => "{ some: {} }",
        _ if has("and") => "{}",
        of => panic!("nobody knows what to ask by {of}: tell here"),
    }
}
