//! Global ids: opaque to clients, the name of a type and a key within.

use access::AccessError;
use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::invalid;

/// The global id of the record of this type with this key.
pub(crate) fn encode(type_name: &str, key: i64) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{type_name}:{key}")))
}

/// The type and the key that a global id stands for.
pub(crate) fn decode(id: &ID) -> Result<(String, i64), AccessError> {
    let parts = || {
        let bytes = URL_SAFE_NO_PAD.decode(id.as_bytes()).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (type_name, key) = text.split_once(':')?;
        Some((type_name.to_owned(), key.parse().ok()?))
    };
    parts().ok_or_else(|| invalid(format!("{:?} is not an id that this server gave", id.0)))
}

/// The key that a global id of this type stands for.
pub(crate) fn key_of(type_name: &str, id: &ID) -> Result<i64, AccessError> {
    match decode(id)? {
        (named, key) if named == type_name => Ok(key),
        (named, _) => Err(invalid(format!(
            "the id is of a {named}, not of a {type_name}"
        ))),
    }
}

/// The same where a field gives it: what is wrong with it is told by the field's name.
pub(crate) fn named_key_of(type_name: &str, field: &str, id: &ID) -> Result<i64, AccessError> {
    key_of(type_name, id).map_err(|problem| invalid(format!("`{field}`: {problem}")))
}
