//! What the schema says of itself: to each caller the part that they have a use for.
//!
//! It is asked of the library once. What a caller has no use for is taken out of the
//! answer, and what operations ask about the schema is answered from what remains.

mod account;
mod pruning;
mod telling;

use std::sync::Arc;

use access::{AccessError, Caller, Capabilities};
use quick_cache::sync::Cache;
use tokio::sync::OnceCell;

use account::{Account, Part};
use pruning::prune;
use telling::Telling;

use super::{classification::Classification, document::Prepared};

/// What callers with the same rights are told, for as many different rights.
const KEPT: usize = 32;

/// Answers what is asked about the schema.
pub(super) struct Introspection {
    whole: OnceCell<Whole>,
    pruned: Cache<Capabilities, Arc<Account>>,
}

/// The schema's account of itself, with what its parts take of a caller's rights.
struct Whole {
    account: Account,
    classification: Classification,
}

impl Introspection {
    pub(super) fn new() -> Introspection {
        Introspection {
            whole: OnceCell::new(),
            pruned: Cache::new(KEPT),
        }
    }

    /// What an operation asks about the schema; none if that is too much, with the reason.
    pub(super) async fn answer(
        &self,
        caller: &Caller,
        prepared: &Prepared,
    ) -> Result<Result<Part, String>, AccessError> {
        let telling = Telling::new(&prepared.executable, &prepared.variables);
        let asked = telling.asked();
        if asked.is_empty() {
            return Ok(Ok(Part::default()));
        }
        caller.confirm().await?;
        let account = self.account(caller.capabilities()).await?;
        Ok(telling.of(&account, asked))
    }

    /// What a caller of such rights is told.
    async fn account(&self, capabilities: Capabilities) -> Result<Arc<Account>, AccessError> {
        if let Some(known) = self.pruned.get(&capabilities) {
            return Ok(known);
        }
        let whole = self.whole.get_or_try_init(Whole::ask).await?;
        let pruned = Arc::new(prune(&whole.account, &whole.classification, &capabilities));
        self.pruned.insert(capabilities, pruned.clone());
        Ok(pruned)
    }
}

impl Whole {
    async fn ask() -> Result<Whole, AccessError> {
        Ok(Whole {
            account: Account::ask().await?,
            classification: Classification::of_schema(),
        })
    }
}
