//! Rights administered by callers: accounts, the roles that they hold, and the policy.
//!
//! Who changes anyone's rights does so alone: writers whose decisions rest on them have
//! ended, and begin again afterwards with what is then in force.

mod account;
mod appointment;
mod keeper;
mod right;
mod rule;

use std::sync::Arc;

pub use account::NewAccount;
pub use appointment::{Appointment, HeldAt, Holder};
pub use rule::PolicyLine;

use self::right::Judgement;
use crate::{
    audit::{Event, Origin},
    caller::Caller,
    error::AccessError,
    hold::Hold,
    kind::Kind,
    policy::Policy,
    transaction::Transaction,
    vocabulary::Action,
};

/// What a caller does to the rights of others.
pub struct Administration {
    caller: Caller,
    origin: Origin,
}

/// One of its transactions.
struct Sitting<'a> {
    caller: &'a Caller,
    origin: &'a Origin,
    policy: Arc<Policy>,
    transaction: Transaction<'a>,
}

/// What is written down of it.
struct Noted<'a> {
    action: Action,
    kind: Kind,
    record: i64,
    columns: &'a [usize],
    judgement: &'a Judgement,
    purpose: Option<&'a str>,
}

impl Administration {
    /// That of a caller.
    pub fn by(caller: &Caller, origin: &Origin) -> Administration {
        Administration {
            caller: caller.clone(),
            origin: origin.clone(),
        }
    }

    async fn begin(&self, hold: Hold) -> Result<Sitting<'_>, AccessError> {
        Ok(Sitting {
            caller: &self.caller,
            origin: &self.origin,
            policy: self.caller.policy().await?,
            transaction: self.caller.begin(hold).await?,
        })
    }

    /// Refuses at once who has no such right anywhere, and takes no part in turns.
    async fn refuse_unless(&self, has_right: bool, problem: &str) -> Result<(), AccessError> {
        if has_right {
            return Ok(());
        }
        self.caller.confirm().await?;
        Err(AccessError::Forbidden(problem.to_owned()))
    }
}

impl Sitting<'_> {
    async fn note(&mut self, noted: Noted<'_>) -> Result<(), AccessError> {
        let event = Event {
            action: noted.action,
            kind: noted.kind,
            record: noted.record,
            columns: noted.columns,
            division: noted.judgement.division,
            bindings: &noted.judgement.bindings,
            purpose: noted.purpose,
            origin: self.origin,
        };
        let insert = event.insert(self.caller, None)?;
        self.transaction.run(&insert).await.map(drop)
    }

    async fn end<T>(self, done: Result<T, AccessError>) -> Result<T, AccessError> {
        self.caller.end(self.transaction, done).await
    }
}

/// The place of a column in its table.
fn place_of(kind: Kind, column: &str) -> Result<usize, AccessError> {
    let place = kind.table().index(column);
    place.ok_or_else(|| AccessError::internal(format!("there is no column {column}")))
}
