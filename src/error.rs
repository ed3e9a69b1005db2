//! Why a subcommand failed, in words for whoever ran it.

use std::{fmt, io, net::SocketAddr, process::ExitCode};

use access::AccessError;

use crate::seed::SeedError;

/// What stops a subcommand.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A setting has a value that it can't have.
    #[error("{setting}: {problem}")]
    Setting {
        /// Which.
        setting: Setting,
        /// What is wrong with the value, and what is accepted.
        problem: String,
    },
    /// There is no persona of this name.
    #[error("there is no persona {name:?}; there are {}", .known.join(", "))]
    Persona {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<&'static str>,
    },
    /// There is no account of this subject.
    #[error("there is no account of this database's own issuer with the subject {subject:?}")]
    NoAccount {
        /// The subject.
        subject: String,
    },
    /// The address can't be listened on.
    #[error("{setting}: {address} can't be listened on: {cause}")]
    Listen {
        /// The setting that gave the address.
        setting: Setting,
        /// The address.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// The server is not there, or can't serve.
    #[error("the server at {address} can't serve: {reason}")]
    Unready {
        /// Where it should be.
        address: SocketAddr,
        /// Why it can't.
        reason: String,
    },
    /// The SQLite file is not there.
    #[error("{setting}: there is no file {path}; `grassroots migrate` makes one")]
    NoFile {
        /// The setting that gave the path.
        setting: Setting,
        /// The path.
        path: String,
    },
    /// The database can't be opened.
    #[error("{setting}: the database can't be opened: {}", Reason(.cause))]
    Open {
        /// The setting that names the database.
        setting: Setting,
        /// Why not.
        cause: AccessError,
    },
    /// The schema is behind the program.
    #[error("the schema lacks {0} of this program's migrations: run `grassroots migrate` first")]
    Pending(usize),
    /// There is data where there must be none.
    #[error("the database already holds data, and nothing was changed")]
    Seeded,
    /// There is data of which not all is there.
    #[error("the loading of data was cut off: go on with `grassroots seed --scale {scale}`")]
    Unfinished {
        /// How much data it was.
        scale: String,
    },
    /// There are no users to sign tokens for.
    #[error("the database holds no demonstration data: run `grassroots seed` first")]
    NotSeeded,
    /// The demonstration data can't be made.
    #[error("the demonstration data can't be made: {0}")]
    Seed(#[from] SeedError),
    /// The audit trail is not as it was written.
    #[error("the audit trail is not as it was written: {faults} faults")]
    Audit {
        /// How many faults there are.
        faults: usize,
    },
    /// The database refused or failed.
    #[error("{doing} failed: {}", Reason(.cause))]
    Access {
        /// What was going on.
        doing: &'static str,
        /// Why it stopped.
        cause: AccessError,
    },
    /// Reading from or writing to the system failed.
    #[error("{doing} failed: {cause}")]
    Io {
        /// What was going on.
        doing: &'static str,
        /// Why it stopped.
        cause: io::Error,
    },
}

impl Error {
    /// For `map_err`, with what was going on.
    pub(crate) fn access(doing: &'static str) -> impl FnOnce(AccessError) -> Error {
        move |cause| Error::Access { doing, cause }
    }

    /// For `map_err`, with what was going on.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Error {
        move |cause| Error::Io { doing, cause }
    }

    /// 2 where the program was called the wrong way, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Error::Setting { .. } | Error::Persona { .. } => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// The two names of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As an argument.
    pub flag: &'static str,
    /// As an environment variable.
    pub variable: &'static str,
}

impl Setting {
    /// The error of a value that this setting can't have.
    pub(crate) fn refuses(self, problem: impl Into<String>) -> Error {
        Error::Setting {
            setting: self,
            problem: problem.into(),
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "--{} or {}", self.flag, self.variable)
    }
}

/// Whoever runs the program may read what clients may not.
struct Reason<'a>(&'a AccessError);

impl fmt::Display for Reason<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            AccessError::Internal(cause) => cause.fmt(formatter),
            other => other.fmt(formatter),
        }
    }
}
