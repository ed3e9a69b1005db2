//! Reasons in words, which auditors read.

use access::{AccessError, shows};

use super::error::invalid;

/// Characters of what somebody gives as a reason: one word at least, and no more than
/// somebody reads.
const REASON: std::ops::RangeInclusive<usize> = 4..=500;

/// A reason in words, by the name of its field.
pub(crate) fn reason(field: &str, text: &str) -> Result<String, AccessError> {
    let text = text.trim();
    if !REASON.contains(&text.chars().count()) || !shows(text) {
        return Err(invalid(format!(
            "`{field}` must say what for in {} to {} characters, on one line",
            REASON.start(),
            REASON.end()
        )));
    }
    Ok(text.to_owned())
}
