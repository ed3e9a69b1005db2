//! A running instance of the program on a database.

use std::time::Duration;

use access::{Access, DatabaseSettings, System, boot};
use async_graphql::{Request, Response, Variables};
use chrono::TimeDelta;
use grassroots::graph::{Graph, Outcome};
use grassroots_tests::{keys, settings};
use serde_json::{Value, json};

/// One instance: what it remembers of callers, policy and divisions is its own.
pub(crate) struct Instance {
    pub(crate) system: System,
    pub(crate) access: Access,
    pub(crate) graph: Graph,
}

impl Instance {
    pub(crate) async fn start(url: &str) -> Instance {
        Instance::start_limited(url, None).await
    }

    /// One whose statements run only so long.
    pub(crate) async fn start_limited(url: &str, statement_limit: Option<Duration>) -> Instance {
        let settings = DatabaseSettings {
            statement_limit,
            ..settings(url)
        };
        let system = boot(&settings).await.unwrap();
        system.unlock(keys()).await.unwrap();
        Instance::of(system).await
    }

    /// One whose personal data is unlocked.
    pub(crate) async fn of(system: System) -> Instance {
        let access = system.access().await.unwrap();
        let graph = Graph::default();
        Instance {
            system,
            access,
            graph,
        }
    }

    /// A token that is good for an hour.
    pub(crate) async fn token(&self, subject: &str) -> String {
        self.system
            .sign(subject, TimeDelta::hours(1))
            .await
            .unwrap()
    }

    /// Runs an operation as the subject.
    pub(crate) async fn ask(&self, subject: &str, query: &str) -> Answer {
        self.ask_with(subject, query, json!({})).await
    }

    /// Runs an operation with variables as the subject.
    pub(crate) async fn ask_with(&self, subject: &str, query: &str, variables: Value) -> Answer {
        let token = self.token(subject).await;
        let request = Request::new(query).variables(Variables::from_json(variables));
        ask(&self.access, &self.graph, &token, request).await
    }
}

/// Runs an operation for whom the token speaks for.
pub(crate) async fn ask(access: &Access, graph: &Graph, token: &str, request: Request) -> Answer {
    match access.caller(token).await {
        Ok(caller) => graph.execute(caller, request).await.into(),
        Err(error) => Answer {
            data: Value::Null,
            codes: vec![error.code().to_owned()],
            messages: vec![error.to_string()],
            runs: 0,
            statements: 0,
        },
    }
}

/// What an operation gave.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) data: Value,
    /// The code of each error.
    pub(crate) codes: Vec<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) runs: u32,
    pub(crate) statements: u64,
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Answer {
        let Response { data, errors, .. } = outcome.response;
        let code = |error: &async_graphql::ServerError| {
            let extensions = error.extensions.as_ref()?;
            let code = extensions.get("code")?.clone().into_json().ok()?;
            Some(code.as_str()?.to_owned())
        };
        Answer {
            data: data.into_json().unwrap(),
            codes: errors
                .iter()
                .map(|error| code(error).unwrap_or_default())
                .collect(),
            messages: errors.into_iter().map(|error| error.message).collect(),
            runs: outcome.runs,
            statements: outcome.statements,
        }
    }
}

impl Answer {
    /// The data of an operation that must have met no error.
    #[track_caller]
    pub(crate) fn good(&self) -> &Value {
        assert!(
            self.codes.is_empty(),
            "{:?} {:?}",
            self.codes,
            self.messages
        );
        &self.data
    }

    /// The names of the records on the page of this list.
    #[track_caller]
    pub(crate) fn names(&self, list: &str) -> Vec<&str> {
        let nodes = self.good()[list]["nodes"].as_array().unwrap();
        nodes
            .iter()
            .map(|node| node["name"].as_str().unwrap())
            .collect()
    }

    /// How many records this list holds.
    #[track_caller]
    pub(crate) fn total(&self, list: &str) -> i64 {
        self.good()[list]["totalCount"].as_i64().unwrap()
    }
}
