//! Whether the audit trail is as it was written.

use std::{fmt, sync::atomic::AtomicU64};

use entity::audit_event;
use sea_orm::{
    Iterable, QueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement},
};

use super::chain::{HEAD, Link, PENDING, SEALS, end, event, head, start};
use crate::{
    cover::Rule, error::AccessError, personal::PersonalKeys, sealing::no_keys, system::System,
    transaction::Transaction,
};

/// What was found of the audit trail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Events that are as they were sealed.
    pub sealed: u64,
    /// Events that are not sealed yet.
    pub waiting: u64,
    /// Number and seal of the last event, by which the trail can be told from a shorter one.
    pub head: Option<(i64, String)>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is wrong with the audit trail. Events are named by their keys, seals by
/// their places in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An event is not what was sealed, or not where.
    Changed {
        /// The event.
        event: i64,
        /// Its seal.
        seal: i64,
    },
    /// An event is gone.
    Missing {
        /// The event.
        event: i64,
        /// Its seal; none where it had not been sealed.
        seal: Option<i64>,
    },
    /// Seals are gone, from the first to the last of these, and with them what the seal
    /// of the next event was made of.
    Gap {
        /// The first.
        first: i64,
        /// The last.
        last: i64,
    },
    /// An event has lost its seal, or was written past the program.
    Unsealed {
        /// The event.
        event: i64,
    },
    /// An event was sealed under a key that is not given.
    UnknownKey {
        /// The event.
        event: i64,
        /// Its seal.
        seal: i64,
    },
    /// Nothing proves that what lies before this seal was deleted by the program.
    Anchor {
        /// The seal.
        seal: i64,
    },
    /// Nothing proves that the chain ends where it does.
    End {
        /// The last seal.
        seal: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Changed { event, seal } => write!(
                formatter,
                "event {event} was changed or moved: it is not what seal {seal} says"
            ),
            Fault::Missing {
                event,
                seal: Some(seal),
            } => write!(
                formatter,
                "event {event} is missing, which seal {seal} is of"
            ),
            Fault::Missing { event, seal: None } => {
                write!(
                    formatter,
                    "event {event} is missing, and was not sealed yet"
                )
            }
            Fault::Gap { first, last } if first == last => {
                write!(
                    formatter,
                    "seal {first} is missing, and the event behind it can't be verified"
                )
            }
            Fault::Gap { first, last } => write!(
                formatter,
                "seals {first} to {last} are missing, and the event behind them can't be verified"
            ),
            Fault::Unsealed { event } => write!(
                formatter,
                "event {event} has no seal: it was taken away, or the event was written past the program"
            ),
            Fault::UnknownKey { event, seal } => write!(
                formatter,
                "event {event} can't be verified: the key of seal {seal} is not given"
            ),
            Fault::Anchor { seal } => write!(
                formatter,
                "the trail begins behind seal {seal}, and nothing proves that the program deleted what was before"
            ),
            Fault::End { seal } => write!(
                formatter,
                "the trail ends with seal {seal}, and nothing proves that it went no further"
            ),
        }
    }
}

/// Events that are looked at in one statement.
const AT_A_TIME: u64 = 2_000;

impl System {
    /// Looks at every event of the audit trail, telling `progress` of how many of how
    /// many. Where `known` is given, a head that was seen before, the chain must go through it.
    ///
    /// # Errors
    /// [`AccessError::InvalidInput`] if the personal data is not [unlocked](System::unlock),
    /// [`AccessError::Internal`] if the database fails.
    pub async fn verify_audit(
        &self,
        known: Option<(i64, &str)>,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<Verdict, AccessError> {
        let keys = self.keys().ok_or_else(no_keys)?;
        let statements = AtomicU64::new(0);
        let mut transaction = self.database().begin_reading(&statements).await?;
        let verdict = examine(&mut transaction, keys, known, progress).await;
        transaction.undo().await;
        verdict
    }
}

/// The same within a transaction.
pub(super) async fn examine(
    transaction: &mut Transaction<'_>,
    keys: &PersonalKeys,
    known: Option<(i64, &str)>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Verdict, AccessError> {
    let mut verdict = Verdict::default();
    let begun = start(transaction, keys).await?;
    if let Some((anchor, false)) = &begun {
        verdict.faults.push(Fault::Anchor {
            seal: anchor.number,
        });
    }
    let begun = begun.map(|(anchor, _)| anchor).unwrap_or_default();
    if known.is_some_and(|(number, _)| number <= begun.number) {
        return Err(AccessError::InvalidInput(format!(
            "the head lies before what is kept, which begins behind seal {}",
            begun.number
        )));
    }
    let last = end(transaction).await?;
    let mut walk = Walk {
        keys,
        last: begun.clone(),
        known,
        verdict,
    };
    let all = u64::try_from(last.number - begun.number).unwrap_or_default();
    while walk.last.number < last.number {
        let rows = transaction.run(&sealed_after(walk.last.number)).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            walk.step(row)?;
        }
        let done = u64::try_from(walk.last.number - begun.number).unwrap_or_default();
        progress(done, all);
    }
    let mut verdict = walk.verdict;
    if known.is_some_and(|(number, _)| number > last.number) {
        verdict.faults.push(Fault::End { seal: last.number });
    }
    check_end(transaction, keys, &last, &mut verdict).await?;
    check_unsealed(transaction, &mut verdict).await?;
    if last.number > 0 {
        verdict.head = Some((last.number, hexadecimal(&last.hash)));
    }
    Ok(verdict)
}

/// A walk along the chain.
struct Walk<'a> {
    keys: &'a PersonalKeys,
    last: Link,
    known: Option<(i64, &'a str)>,
    verdict: Verdict,
}

impl Walk<'_> {
    fn step(&mut self, row: &QueryResult) -> Result<(), AccessError> {
        let count = audit_event::Column::iter().count();
        let number: i64 = row.try_get_by_index(count)?;
        let id: i64 = row.try_get_by_index(count + 1)?;
        let hash: Vec<u8> = row.try_get_by_index(count + 2)?;
        let faults = &mut self.verdict.faults;
        let follows = number == self.last.number + 1;
        if !follows {
            faults.push(Fault::Gap {
                first: self.last.number + 1,
                last: number - 1,
            });
        }
        let is_there = row.try_get_by_index::<Option<i64>>(0)?.is_some();
        let before = Link {
            number: number - 1,
            hash: std::mem::take(&mut self.last.hash),
        };
        if is_there {
            let message = before.next(&event(row)?)?;
            match self.keys.is_authentic(&message, &hash) {
                Some(true) => self.verdict.sealed += 1,
                // What its seal was made of is gone.
                Some(false) if !follows => {}
                Some(false) => faults.push(Fault::Changed {
                    event: id,
                    seal: number,
                }),
                None => faults.push(Fault::UnknownKey {
                    event: id,
                    seal: number,
                }),
            }
        } else {
            faults.push(Fault::Missing {
                event: id,
                seal: Some(number),
            });
        }
        if let Some((known, seen)) = self.known
            && known == number
            && seen != hexadecimal(&hash)
        {
            faults.push(Fault::Changed {
                event: id,
                seal: number,
            });
        }
        self.last = Link { number, hash };
        Ok(())
    }
}

/// Events with their seals, those that are gone as NULLs.
fn sealed_after(number: i64) -> SelectStatement {
    let mut sealed = Query::select();
    for column in audit_event::Column::iter() {
        sealed.column((audit_event::Entity, column));
    }
    for column in ["number", "event_id", "hash"] {
        sealed.column((SEALS, column));
    }
    sealed
        .from(SEALS)
        .join(
            JoinType::LeftJoin,
            audit_event::Entity,
            Expr::col((audit_event::Entity, audit_event::Column::Id)).equals((SEALS, "event_id")),
        )
        .and_where(Expr::col((SEALS, "number")).gt(number))
        .order_by((SEALS, "number"), Order::Asc)
        .limit(AT_A_TIME)
        .take()
}

async fn check_end(
    transaction: &mut Transaction<'_>,
    keys: &PersonalKeys,
    last: &Link,
    verdict: &mut Verdict,
) -> Result<(), AccessError> {
    let is_proved = match head(transaction).await? {
        Some((number, proof)) => {
            number == last.number && keys.is_authentic(&last.proved(HEAD)?, &proof) == Some(true)
        }
        None => last.number == 0,
    };
    if !is_proved {
        verdict.faults.push(Fault::End { seal: last.number });
    }
    Ok(())
}

/// Events that have no seal must wait for one, and those that wait must be there.
async fn check_unsealed(
    transaction: &mut Transaction<'_>,
    verdict: &mut Verdict,
) -> Result<(), AccessError> {
    let key = || Expr::col((audit_event::Entity, audit_event::Column::Id));
    let of = |table: &'static str| {
        Query::select()
            .expr(Expr::cust("1"))
            .from(table)
            .and_where(Expr::col((table, "event_id")).eq(key()))
            .take()
    };
    let unsealed = Query::select()
        .expr(key())
        .expr(Rule::Where(Expr::exists(of(PENDING))).flag())
        .from(audit_event::Entity)
        .and_where(Expr::exists(of(SEALS)).not())
        .order_by_expr(key(), Order::Asc)
        .take();
    for row in transaction.run(&unsealed).await? {
        match row.try_get_by_index::<i32>(1)? {
            1 => verdict.waiting += 1,
            _ => verdict.faults.push(Fault::Unsealed {
                event: row.try_get_by_index(0)?,
            }),
        }
    }
    let pending = || Expr::col((PENDING, "event_id"));
    let there = Query::select()
        .expr(Expr::cust("1"))
        .from(audit_event::Entity)
        .and_where(key().eq(pending()))
        .take();
    // One that has its seal is told of where the chain is walked along.
    let sealed = Query::select()
        .expr(Expr::cust("1"))
        .from(SEALS)
        .and_where(Expr::col((SEALS, "event_id")).eq(pending()))
        .take();
    let gone = Query::select()
        .expr(pending())
        .from(PENDING)
        .and_where(Expr::exists(there).not())
        .and_where(Expr::exists(sealed).not())
        .order_by_expr(pending(), Order::Asc)
        .take();
    for row in transaction.run(&gone).await? {
        verdict.faults.push(Fault::Missing {
            event: row.try_get_by_index(0)?,
            seal: None,
        });
    }
    Ok(())
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
