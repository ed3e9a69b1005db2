//! Rights administered by callers: accounts, the roles that they hold, and the policy.
//!
//! Who changes anyone's rights does so alone: writers whose decisions rest on them have
//! ended, and begin again afterwards with what is then in force.

mod account;
mod appointment;
mod keeper;
mod revocation;
mod right;
mod rule;
mod simulation;

use std::sync::Arc;

use sea_orm::sea_query::{Expr, ExprTrait};

pub use account::NewAccount;
pub use appointment::{Appointment, HeldAt, Holder};
pub use rule::PolicyLine;
pub use simulation::{Effect, Proposal, Simulation, Subject};

use self::right::Judgement;
use crate::{
    assignment::{Given, assignments, inserted, insertion},
    audit::{Event, Origin},
    bounds::field_name,
    caller::Caller,
    error::AccessError,
    filter::Compiler,
    hold::Hold,
    kind::Kind,
    link::links,
    policy::Policy,
    scope::Way,
    target,
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
        self.sit(self.caller.begin(hold).await?).await
    }

    /// Begins what changes nothing.
    async fn begin_reading(&self) -> Result<Sitting<'_>, AccessError> {
        self.sit(self.caller.begin_reading().await?).await
    }

    async fn sit<'a>(&'a self, transaction: Transaction<'a>) -> Result<Sitting<'a>, AccessError> {
        Ok(Sitting {
            caller: &self.caller,
            origin: &self.origin,
            policy: self.caller.policy().await?,
            transaction,
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

    /// Makes a row of these values and gives its key.
    async fn insert(&mut self, kind: Kind, values: &[Given]) -> Result<i64, AccessError> {
        let values = assignments(kind, 0, values, self.caller.keys())?;
        let insert = insertion(kind, values)?;
        inserted(&self.transaction.run(&insert).await?)
    }

    /// Whether the caller may open a record.
    async fn is_open(&mut self, kind: Kind, key: i64) -> Result<bool, AccessError> {
        let compiler = Compiler::new(self.caller);
        let frame = compiler.frame(kind, Way::Opened);
        let Some(mut open) = frame.rows() else {
            return Ok(false);
        };
        open.expr(Expr::cust("1")).and_where(frame.raw(0).eq(key));
        Ok(!self.transaction.run(&open).await?.is_empty())
    }

    /// Makes sure that what a column is to refer to is there, in use, and the caller's to
    /// open.
    async fn check_link(&mut self, kind: Kind, column: &str, key: i64) -> Result<(), AccessError> {
        let link = links(kind).iter().find(|link| link.column == column);
        let link = link.ok_or_else(|| AccessError::internal("there is no such link"))?;
        let is_open = match target::is_open(self.caller, link, key) {
            Some(open) => !self.transaction.run(&open).await?.is_empty(),
            None => false,
        };
        match is_open {
            true => Ok(()),
            false => Err(AccessError::Missing(field_name(column))),
        }
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
