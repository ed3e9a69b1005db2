//! Why the door did not give what was asked.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// An error of this crate. What a client may read is the `Display` text; the
/// cause of [`AccessError::Internal`] is for the log alone.
#[derive(Clone, Debug, thiserror::Error)]
pub enum AccessError {
    /// There is no token, or it is not good.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// The caller may not do this to any row.
    #[error("{0}")]
    Forbidden(String),
    /// There is no such record that the caller may open.
    #[error("there is no such record, or it is not yours to open")]
    NotFound,
    /// It does not go with what is there: somebody else was faster, or it is taken.
    #[error("{0}")]
    Conflict(String),
    /// The field of this name refers to what is not there, is out of use, or is not the
    /// caller's to open.
    #[error("`{0}` names no record that is there, in use and yours to open")]
    Missing(String),
    /// An argument is not what it must be.
    #[error("{0}")]
    InvalidInput(String),
    /// The caller's rights changed while the operation ran; run it again.
    #[error("your access rights changed while the operation ran; send it again")]
    Stale,
    /// The caller's rights changed while the operation ran, after it had changed something.
    #[error(
        "your access rights changed while the operation ran; what it had changed by then stands, so read before you send it again"
    )]
    StaleAfterChange,
    /// Something broke that is not the caller's doing.
    #[error("an internal error occurred; the log has its cause under the request id")]
    Internal(Cause),
}

impl AccessError {
    /// The stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            AccessError::Unauthenticated(_) => "UNAUTHENTICATED",
            AccessError::Forbidden(_) => "FORBIDDEN",
            AccessError::NotFound | AccessError::Missing(_) => "NOT_FOUND",
            AccessError::Conflict(_) => "CONFLICT",
            AccessError::InvalidInput(_) => "INVALID_INPUT",
            AccessError::Stale | AccessError::StaleAfterChange => "STALE_POLICY",
            AccessError::Internal(_) => "INTERNAL",
        }
    }

    /// An error that only a fault of this program can bring about.
    pub fn unexpected(what: &'static str) -> AccessError {
        AccessError::internal(what)
    }

    pub(crate) fn internal(cause: impl fmt::Display) -> AccessError {
        AccessError::Internal(Cause(Arc::new(Inner {
            text: cause.to_string(),
            told: AtomicBool::new(false),
        })))
    }
}

/// The cause of an internal error. Clones are one cause: where a statement for
/// many records fails, each of them has the error.
#[derive(Clone, Debug)]
pub struct Cause(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    text: String,
    told: AtomicBool,
}

impl Cause {
    /// Whether nobody has asked this before, so that the log tells a cause once.
    pub fn is_news(&self) -> bool {
        !self.0.told.swap(true, Ordering::Relaxed)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.text)
    }
}

impl From<sea_orm::DbErr> for AccessError {
    fn from(error: sea_orm::DbErr) -> AccessError {
        AccessError::internal(error)
    }
}

impl From<sea_orm::sqlx::Error> for AccessError {
    fn from(error: sea_orm::sqlx::Error) -> AccessError {
        AccessError::internal(error)
    }
}

impl From<casbin::Error> for AccessError {
    fn from(error: casbin::Error) -> AccessError {
        AccessError::internal(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_news_once_for_all_its_clones() {
        let AccessError::Internal(cause) = AccessError::unexpected("a fault") else {
            panic!("an internal error");
        };
        let clone = cause.clone();
        assert!(cause.is_news());
        assert!(!clone.is_news() && !cause.is_news());
        assert_eq!(clone.to_string(), "a fault");
    }
}
