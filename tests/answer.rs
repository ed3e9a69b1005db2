//! Answers, with the refusals in their places.

use async_graphql::{PathSegment, Response};
use serde_json::{Value as Json, json};

/// What stands in an answer where the server refuses a value.
pub const REFUSED: &str = "«FORBIDDEN»";

/// The data of a response in which each null with an error on its path is
/// replaced by the error's code.
pub fn answer(response: Response) -> Json {
    let mut data = response.data.into_json().unwrap();
    for error in response.errors {
        let code = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("code"));
        let code = match code {
            Some(async_graphql::Value::String(code)) => code.clone(),
            _ => "no code".to_owned(),
        };
        let told = match code.as_str() {
            "FORBIDDEN" => REFUSED.to_owned(),
            code => format!("«{code}: {}»", error.message),
        };
        let place = error
            .path
            .iter()
            .try_fold(&mut data, |data, step| match step {
                PathSegment::Field(name) => data.get_mut(name),
                PathSegment::Index(index) => data.get_mut(index),
            });
        match place {
            Some(place) if place.is_null() => *place = told.into(),
            Some(place) => *place = format!("{told} beside {place}").into(),
            None => data = json!({ "without a place": told, "data": data }),
        }
    }
    data
}
