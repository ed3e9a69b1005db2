//! An operation as it comes in a body or in a query string.

use std::collections::HashMap;

use access::Origin;
use async_graphql::{Value, Variables};
use serde::Deserialize;
use serde_json::error::Category;

use super::problem::Problem;
use crate::graph::{Operation, Outcome, Source};

/// A name that is longer is no use in a log.
const LONGEST_NAME: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    document_id: Option<String>,
    // Deserializes from null too.
    #[serde(default)]
    variables: Variables,
    operation_name: Option<String>,
    /// Must be an object where it is given. There are none that mean something.
    #[serde(rename = "extensions")]
    _extensions: Option<HashMap<String, Value>>,
}

/// Reads the one operation of a body.
pub(super) fn of_body(body: &[u8]) -> Result<Operation, Problem> {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    // Serde would take an array for the members in their order.
    if first == Some(&b'[') {
        return Err(Problem::malformed(
            "the body is an array; operations are sent one at a time, each as an object",
        ));
    }
    let body: Body = serde_json::from_slice(body).map_err(|error| match error.classify() {
        Category::Data => Problem::malformed(format!("the body is not an operation: {error}")),
        _ => Problem::unreadable(format!("the body is not JSON: {error}")),
    })?;
    Ok(Operation {
        document: source(body.query, body.document_id)?,
        name: body.operation_name,
        variables: body.variables,
        read_only: false,
        origin: Origin::default(),
    })
}

fn source(query: Option<String>, id: Option<String>) -> Result<Source, Problem> {
    match (query, id) {
        (Some(text), None) => Ok(Source::Text(text)),
        (None, Some(id)) => Ok(Source::Id(id)),
        (None, None) => Err(Problem::malformed(
            "the document is missing; it comes as query, or as documentId where it is a trusted one",
        )),
        (Some(_), Some(_)) => Err(Problem::malformed(
            "query and documentId both name a document; one of them does",
        )),
    }
}

/// Reads the operation in the query string of an address, which may only read.
/// An empty parameter is as good as none.
pub(super) fn of_query(query: &str) -> Result<Operation, Problem> {
    let mut parameters: HashMap<_, _> = HashMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.is_empty() {
            continue;
        }
        if parameters
            .insert(name.to_string(), value.into_owned())
            .is_some()
        {
            return Err(Problem::malformed(format!(
                "the parameter {name} stands twice"
            )));
        }
    }
    let object = |text: Option<&String>, name: &str| -> Result<Variables, Problem> {
        let Some(text) = text else {
            return Ok(Variables::default());
        };
        serde_json::from_str(text).map_err(|error| {
            Problem::malformed(format!(
                "the parameter {name} is not a JSON object: {error}"
            ))
        })
    };
    object(parameters.get("extensions"), "extensions")?;
    Ok(Operation {
        variables: object(parameters.get("variables"), "variables")?,
        document: source(parameters.remove("query"), parameters.remove("documentId"))?,
        name: parameters.remove("operationName"),
        read_only: true,
        origin: Origin::default(),
    })
}

/// The operation's name, which a client made up, where it can stand in a log.
pub(super) fn plain_name(outcome: &Outcome) -> Option<String> {
    let name = outcome.operation.as_deref()?;
    plain(name).then(|| name.to_owned())
}

fn plain(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    #[test]
    fn members_that_are_null_or_missing_are_left_out() {
        for body in [
            r#"{"query":"{a}"}"#,
            r#" {"query":"{a}","variables":null,"operationName":null,"extensions":null,"more":1}"#,
        ] {
            let operation = of_body(body.as_bytes()).unwrap();
            assert!(matches!(&operation.document, Source::Text(text) if text == "{a}"));
            assert_eq!(operation.name, None);
            assert!(operation.variables.is_empty() && !operation.read_only);
        }
    }

    #[test]
    fn what_is_not_json_and_what_is_no_operation_differ() {
        for (status, bodies) in [
            (
                StatusCode::BAD_REQUEST,
                &["", "{", "{a}", r#"{"query":"{a}"} {}"#][..],
            ),
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                &[
                    "null",
                    "{}",
                    r#"{"query":null}"#,
                    r#"{"query":"{a}","documentId":"1"}"#,
                    r#"{"documentId":1}"#,
                    r#"{"query":1}"#,
                    r#"["{a}"]"#,
                    r#"[{"query":"{a}"}]"#,
                    r#"{"query":"{a}","query":"{b}"}"#,
                    r#"{"query":"{a}","variables":[]}"#,
                    r#"{"query":"{a}","variables":"{}"}"#,
                    r#"{"query":"{a}","extensions":[]}"#,
                    r#"{"query":"{a}","operationName":1}"#,
                ],
            ),
        ] {
            for body in bodies {
                let problem = of_body(body.as_bytes()).err().unwrap();
                assert_eq!(problem.status(), status, "{body}");
            }
        }
    }

    #[test]
    fn a_query_string_holds_an_operation_that_only_reads() {
        let operation = of_query(
            "query=query%20A(%24b%3A+Int)%7Ba%7D&operationName=A&variables=%7B%22b%22%3A1%7D&extensions=&more=1",
        );
        let operation = operation.unwrap();
        assert!(matches!(&operation.document, Source::Text(text) if text == "query A($b: Int){a}"));
        assert_eq!(operation.name.as_deref(), Some("A"));
        assert_eq!(operation.variables.len(), 1);
        assert!(operation.read_only);
        let trusted = of_query("documentId=sha256:1").unwrap();
        assert!(matches!(&trusted.document, Source::Id(id) if id == "sha256:1"));
        let unnamed = of_query("query={a}&operationName=").unwrap();
        assert_eq!(unnamed.name, None);
        for bad in [
            "",
            "query=",
            "query={a}&query={b}",
            "query={a}&variables=[]",
            "query={a}&variables=1",
            "query={a}&variables={",
            "query={a}&extensions=[]",
        ] {
            assert!(of_query(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_plain_short_name_is_logged() {
        assert!(plain("Staff_2"));
        let long = "a".repeat(LONGEST_NAME + 1);
        for name in ["two words", "line\nfeed", "张", &long] {
            assert!(!plain(name), "{name}");
        }
    }
}
