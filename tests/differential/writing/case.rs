//! A case: one change, its answer, and what the database holds afterwards.

use std::sync::Arc;

use access::Kind;
use async_graphql::Response;
use serde_json::{Value as Json, json};

use super::{
    change::Change,
    draft,
    ledger::{Contents, Ledger, shown},
    tally::Tally,
    trail,
    verdict::{self, Refusal},
};
use crate::{
    deployment::Deployment,
    oracle::{Action, Oracle},
    query::global_id,
    rng::Rng,
    world::{READER, World},
};

/// A world that changes, and the database that must follow it.
pub(super) struct Course<'a> {
    deployment: &'a Deployment,
    oracle: Oracle,
    ledger: Ledger,
    contents: Contents,
    /// Key of the last event.
    last: i64,
    tally: Tally,
}

/// What differs, and by whose change.
pub(super) struct Difference {
    pub(super) user: i64,
    pub(super) text: String,
}

impl<'a> Course<'a> {
    pub(super) async fn of(deployment: &'a Deployment, oracle: Oracle) -> Course<'a> {
        let ledger = Ledger::open(deployment.url()).await;
        // The world has a past.
        let past = trail::since(ledger.connection(), 0).await;
        Course {
            contents: ledger.contents().await,
            deployment,
            oracle,
            ledger,
            last: past.last().map_or(0, |event| event.id),
            tally: Tally::default(),
        }
    }

    /// Makes the change of this number and compares.
    pub(super) async fn run(&mut self, number: u64) -> Result<(), Difference> {
        let rng = &mut Rng::part(self.oracle.world.seed, number + 1);
        let change = draft::change(rng, &mut self.oracle);
        let verdict = verdict::of(&mut self.oracle, &change);
        self.tally.count(&change, &verdict);
        let text = change.to_string();
        let response = self.deployment.ask(change.user, &text).await;
        let compared = match &verdict {
            Ok(()) => self.compare_made(&change, &response).await,
            Err(refusal) => self.compare_refused(&change, refusal, &response).await,
        };
        compared.map_err(|difference| Difference {
            user: change.user,
            text: format!("mutation\n  {text}\n{verdict:?} is due\n{difference}"),
        })
    }

    /// What became of the changes.
    pub(super) async fn end(self) -> Tally {
        self.ledger.close().await;
        self.tally
    }

    /// Nothing has changed, and the user is told what stands in the way.
    async fn compare_refused(
        &mut self,
        change: &Change,
        refusal: &Refusal,
        response: &Response,
    ) -> Result<(), String> {
        let mutation = change.form().mutation(change.action);
        let actual = serde_json::to_value(response).expect("JSON");
        let message = &actual["errors"][0]["message"];
        let message = refusal.message().map_or(message.clone(), Json::String);
        let expected = json!({
            "data": { &mutation: null },
            "errors": [{
                "message": message,
                "locations": actual["errors"][0]["locations"],
                "path": [&mutation],
                "extensions": { "code": refusal.code() },
            }],
        });
        same(&expected, &actual)?;
        let contents = self.ledger.contents().await;
        if contents != self.contents {
            let changed = self.contents.changed(&contents);
            return Err(format!("what is refused has changed something\n{changed}"));
        }
        let events = trail::since(self.ledger.connection(), self.last).await;
        match events.is_empty() {
            true => Ok(()),
            false => Err(format!("the trail tells of what is refused: {events:?}")),
        }
    }

    /// The database is the world as it must be by now.
    async fn compare_made(&mut self, change: &Change, response: &Response) -> Result<(), String> {
        let form = change.form();
        let (mutation, field) = (form.mutation(change.action), form.shown());
        let actual = serde_json::to_value(response).expect("JSON");
        let key = match change.action {
            Action::Create => self.made(change.kind).await,
            Action::Update | Action::Deactivate => change.row,
        };
        let id = global_id(change.kind, key);
        same(
            &json!({ "data": { mutation: { field: { "id": id } } } }),
            &actual,
        )?;

        let after = Arc::new(change.applied(&self.oracle.world, key));
        let contents = self.ledger.contents().await;
        let difference = match self.contents.difference(&contents) {
            Some(difference) => Some(difference),
            None => self.ledger.difference(&after).await,
        };
        if let Some(difference) = difference {
            return Err(difference);
        }
        let events = trail::since(self.ledger.connection(), self.last).await;
        let written = (key, &after);
        if let Some(difference) = trail::difference(&mut self.oracle, change, written, &events) {
            return Err(difference);
        }
        self.last = events.last().map_or(self.last, |event| event.id);
        if change.kind == Kind::Person {
            self.compare_sealed(&after, key).await?;
            // The reader's reading is written down, too.
            let read = trail::since(self.ledger.connection(), self.last).await;
            self.last = read.last().map_or(self.last, |event| event.id);
        }
        self.contents = contents;
        self.oracle.turn_to(after);
        Ok(())
    }

    /// Key of the record that is not the world's, or 0.
    async fn made(&self, kind: Kind) -> i64 {
        let records = self.ledger.records(kind).await;
        let mut keys = records.iter().map(|row| row.id);
        let made = keys.find(|key| self.oracle.world.row(kind, *key).is_none());
        made.unwrap_or(0)
    }

    /// What is personal is told to who may read it.
    async fn compare_sealed(&self, after: &World, key: i64) -> Result<(), String> {
        let id = global_id(Kind::Person, key);
        let query = format!(
            "{{ node(id: \"{id}\") {{ ... on Person {{ identityNumber phone birthDate }} }} }}"
        );
        let response = self.deployment.ask(READER, &query).await;
        let actual = serde_json::to_value(response).expect("JSON");
        let person = after.row(Kind::Person, key).expect("the person");
        let personal = ["identity_number", "phone", "birth_date"];
        let [number, phone, birth] = personal.map(|column| shown(person.get(column)));
        let person = json!({ "identityNumber": number, "phone": phone, "birthDate": birth });
        same(&json!({ "data": { "node": person } }), &actual)
    }
}

fn same(expected: &Json, actual: &Json) -> Result<(), String> {
    match expected == actual {
        true => Ok(()),
        false => Err(format!("  expected {expected}\n  actual   {actual}")),
    }
}
