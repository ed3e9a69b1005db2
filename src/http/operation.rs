//! An operation as it comes in a body.

use std::collections::HashMap;

use async_graphql::{Request, Value, Variables};
use serde::Deserialize;

use super::problem::Problem;

/// A name that is longer is no use in a log.
const LONGEST_NAME: usize = 64;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    query: String,
    // Deserializes from null too.
    #[serde(default)]
    variables: Variables,
    operation_name: Option<String>,
    extensions: Option<HashMap<String, Value>>,
}

/// Reads the one operation of a body.
pub(super) fn read(body: &[u8]) -> Result<Request, Problem> {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    // Serde would take an array for the members in their order.
    match first {
        Some(b'{') => {}
        Some(b'[') => {
            return Err(Problem::invalid(
                "the body is an array; operations are sent one at a time",
            ));
        }
        _ => return Err(Problem::invalid("the body must be a JSON object")),
    }
    let operation: Operation = serde_json::from_slice(body).map_err(|error| {
        Problem::invalid(format!("the body is not an operation in JSON: {error}"))
    })?;
    let mut request = Request::new(operation.query).variables(operation.variables);
    request.operation_name = operation.operation_name;
    request.extensions.0 = operation.extensions.unwrap_or_default();
    Ok(request)
}

/// The operation's name as the client gave it, where it can stand in a log.
pub(super) fn plain_name(request: &Request) -> Option<String> {
    let name = request.operation_name.as_deref()?;
    let plain = name.len() <= LONGEST_NAME
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_that_are_null_or_missing_are_left_out() {
        for body in [
            r#"{"query":"{a}"}"#,
            r#" {"query":"{a}","variables":null,"operationName":null,"extensions":null,"more":1}"#,
        ] {
            let request = read(body.as_bytes()).unwrap();
            assert_eq!(request.query, "{a}");
            assert_eq!(request.operation_name, None);
            assert!(request.variables.is_empty() && request.extensions.0.is_empty());
        }
    }

    #[test]
    fn members_have_their_type() {
        for body in [
            "",
            "null",
            "{",
            "{}",
            r#"{"query":null}"#,
            r#"{"query":1}"#,
            r#"["{a}"]"#,
            r#"[{"query":"{a}"}]"#,
            r#"{"query":"{a}","query":"{b}"}"#,
            r#"{"query":"{a}","variables":[]}"#,
            r#"{"query":"{a}","variables":"{}"}"#,
            r#"{"query":"{a}","extensions":[]}"#,
            r#"{"query":"{a}","operationName":1}"#,
            r#"{"query":"{a}"} {}"#,
        ] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn only_a_plain_short_name_is_logged() {
        let named = |name: &str| plain_name(&Request::new("").operation_name(name));
        assert_eq!(named("Staff_2"), Some("Staff_2".to_owned()));
        let long = "a".repeat(LONGEST_NAME + 1);
        for name in ["two words", "line\nfeed", "张", &long] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
