//! The transport: one POST an operation.

use std::{error::Error, iter::successors};

use cynic::{GraphQlError, GraphQlResponse, Operation};
use reqwest::header::ACCEPT;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub(crate) struct Client {
    http: reqwest::Client,
    address: String,
    token: String,
}

/// Data, and what the server tells of fields that are null for a reason.
pub(crate) struct Answer<T> {
    pub(crate) data: T,
    pub(crate) errors: Vec<String>,
}

/// What the server tells of an error beside the message.
#[derive(Deserialize)]
struct Extensions {
    /// Stable: for programs to act on.
    code: String,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Refused(String),
    #[error("the server can't be asked: {}", causes(.0))]
    Unreachable(#[from] reqwest::Error),
    #[error("the result can't be printed: {0}")]
    Unprintable(#[from] std::io::Error),
}

impl Client {
    pub(crate) fn new(address: String, token: String) -> Client {
        let http = reqwest::Client::new();
        Client {
            http,
            address,
            token,
        }
    }

    /// Runs an operation. Refusals have a body of the same shape as answers, so the
    /// status need not be looked at.
    pub(crate) async fn run<T, V>(&self, operation: Operation<T, V>) -> Result<Answer<T>, Failure>
    where
        T: DeserializeOwned,
        V: Serialize,
    {
        let request = self.http.post(&self.address).bearer_auth(&self.token);
        let request = request.header(ACCEPT, "application/graphql-response+json");
        let response = request.json(&operation).send().await?;
        let response: GraphQlResponse<T, Extensions> = response.json().await?;
        let errors: Vec<String> = response.errors.iter().flatten().map(described).collect();
        match response.data {
            Some(data) => Ok(Answer { data, errors }),
            None => Err(Failure::Refused(errors.join("\n"))),
        }
    }
}

fn described(error: &GraphQlError<Extensions>) -> String {
    match &error.extensions {
        Some(Extensions { code }) => format!("{code}: {}", error.message),
        None => error.message.clone(),
    }
}

/// An error's message with those of its causes, since the first seldom says it all.
fn causes(error: &reqwest::Error) -> String {
    let first: &dyn Error = error;
    let messages: Vec<String> = successors(Some(first), |error| (*error).source())
        .map(ToString::to_string)
        .collect();
    messages.join(": ")
}
