//! One caller, who asks.

use grassroots_tests::{Demonstration, answer, global_id};
use serde_json::{Value as Json, json};

use crate::{condition, finding::Findings, mutation, order, record, root, seat::Seat, world};

/// Ids that `nodes` takes at a time.
const MOST_NODES: usize = 200;

pub(crate) struct Caller<'a> {
    demonstration: &'a Demonstration,
    subject: String,
}

impl Caller<'_> {
    pub(crate) fn new<'a>(demonstration: &'a Demonstration, seat: &Seat) -> Caller<'a> {
        Caller {
            demonstration,
            subject: seat.to_string(),
        }
    }

    /// All that the caller may do.
    pub(crate) async fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        record::read(self, &mut findings).await;
        condition::filter(self, &mut findings).await;
        order::sort(self, &mut findings).await;
        root::ask(self, &mut findings).await;
        mutation::run(self, &mut findings).await;
        findings
    }

    /// What records the caller may make, in addition.
    pub(crate) async fn makes(&self, findings: &mut Findings) {
        mutation::make(self, findings).await;
    }

    /// The answer to an operation, refusals in their places.
    pub(crate) async fn ask(&self, operation: &str, variables: Json) -> Json {
        let ask = self.demonstration.ask(&self.subject, operation, variables);
        let answer = answer(ask.await);
        assert!(
            answer.is_object(),
            "{}: {operation}\n{answer}",
            self.subject
        );
        answer
    }

    /// This of all records of a type that the caller may open.
    pub(crate) async fn open(&self, kind: &str, selection: &str) -> Vec<Json> {
        let query = format!(
            "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind} {{ {selection} }} }} }}"
        );
        let mut opened = Vec::new();
        for ids in ids(kind).chunks(MOST_NODES) {
            let mut answer = self.ask(&query, json!({ "ids": ids })).await;
            let Json::Array(nodes) = answer["nodes"].take() else {
                panic!("{}: {query}\n{answer}", self.subject);
            };
            opened.extend(nodes.into_iter().filter(|node| !node.is_null()));
        }
        opened
    }
}

/// The global ids of all records of a type.
pub(crate) fn ids(kind: &str) -> Vec<String> {
    let keys = world::keys(kind).into_iter();
    keys.map(|key| global_id(kind, key)).collect()
}
