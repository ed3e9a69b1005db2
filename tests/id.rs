//! Global ids.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The global id of a record, be it there or not.
pub fn global_id(type_name: &str, key: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{type_name}:{key}"))
}
