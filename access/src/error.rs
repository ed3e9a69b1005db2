//! Why the door did not give what was asked.

use std::{fmt, sync::Arc};

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
    /// An argument is not what it must be.
    #[error("{0}")]
    InvalidInput(String),
    /// The caller's rights changed while the operation ran; run it again.
    #[error("your access rights changed while the operation ran; send it again")]
    Stale,
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
            AccessError::InvalidInput(_) => "INVALID_INPUT",
            AccessError::Stale => "STALE_POLICY",
            AccessError::Internal(_) => "INTERNAL",
        }
    }

    /// An error that only a fault of this program can bring about.
    pub fn unexpected(what: &'static str) -> AccessError {
        AccessError::internal(what)
    }

    pub(crate) fn internal(cause: impl fmt::Display) -> AccessError {
        AccessError::Internal(Cause(Arc::from(cause.to_string())))
    }
}

/// The cause of an internal error.
#[derive(Clone, Debug)]
pub struct Cause(Arc<str>);

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<sea_orm::DbErr> for AccessError {
    fn from(error: sea_orm::DbErr) -> AccessError {
        AccessError::internal(error)
    }
}

impl From<casbin::Error> for AccessError {
    fn from(error: casbin::Error) -> AccessError {
        AccessError::internal(error)
    }
}
