//! From a token to a caller: who calls, with the scope that is in force.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use quick_cache::sync::Cache;
use sea_orm::{DbBackend, QueryResult, Statement, sea_query::SelectStatement};
use tokio::sync::RwLock;

use crate::{
    account::Account,
    activity::Activity,
    adapter::{PolicyTable, is_unread},
    database::Database,
    disclosure::Notes,
    divisions::Divisions,
    draft::Drafts,
    error::AccessError,
    guard,
    personal::PersonalKeys,
    policy::Policy,
    scope::Scope,
    seal::Seal,
    statement::Plan,
    text,
    token::{Identity, Verifier},
};

/// The door: turns tokens into callers. Cheap to clone.
#[derive(Clone)]
pub struct Access(Arc<Shared>);

struct Shared {
    database: Database,
    verifier: Verifier,
    seal: Seal,
    keys: PersonalKeys,
    policy: RwLock<Arc<Policy>>,
    divisions: RwLock<Option<Arc<Divisions>>>,
    scopes: Cache<Identity, Arc<Known>>,
    drafts: Drafts,
}

/// Callers whose compiled scope is kept; each takes some ten kilobytes.
const SCOPES_KEPT: usize = 10_000;

/// An account and what it was compiled to.
struct Known {
    name: String,
    scope: Scope,
}

/// Someone who calls, for one run of one operation. Clones share its counts.
#[derive(Clone)]
pub struct Caller(Arc<Call>);

struct Call {
    access: Access,
    identity: Identity,
    known: Arc<Known>,
    run: Arc<Run>,
    /// Of all runs of the operation.
    written: Arc<AtomicBool>,
}

/// What one run of an operation has done, whatever rights it went on with.
#[derive(Default)]
struct Run {
    statements: AtomicU64,
    notes: Notes,
    stale: AtomicBool,
}

impl Access {
    pub(crate) fn new(
        database: Database,
        verifier: Verifier,
        seal: Seal,
        keys: PersonalKeys,
    ) -> Access {
        Access(Arc::new(Shared {
            database,
            verifier,
            seal,
            keys,
            policy: RwLock::new(Arc::new(Policy::closed(i64::MIN))),
            divisions: RwLock::new(None),
            scopes: Cache::new(SCOPES_KEPT),
            drafts: Drafts::default(),
        }))
    }

    /// The caller that a bearer token speaks for.
    ///
    /// # Errors
    /// [`AccessError::Unauthenticated`] if the token is not good or its account
    /// is not active; [`AccessError::Internal`] if the database fails.
    pub async fn caller(&self, token: &str) -> Result<Caller, AccessError> {
        let identity = self.0.verifier.verify(token).await?;
        let known = match self.0.scopes.get(&identity) {
            Some(known) => known,
            None => {
                let compiled = self.compile(&identity).await;
                if let Err(AccessError::Unauthenticated(_)) = compiled {
                    self.0.verifier.forget(token);
                }
                compiled?
            }
        };
        Ok(Caller::new(
            self.clone(),
            identity,
            known,
            Arc::default(),
            Arc::default(),
        ))
    }

    /// What has gone through the door so far.
    pub fn activity(&self) -> Activity {
        let database = &self.0.database;
        database.meter.read(database.pool())
    }

    async fn compile(&self, identity: &Identity) -> Result<Arc<Known>, AccessError> {
        // The policy may change between the two reads; then once more.
        for _ in 0..3 {
            let Some(account) = Account::read(&self.0.database, identity).await? else {
                return Err(AccessError::Unauthenticated(
                    "no active account has this token's issuer and subject",
                ));
            };
            let policy = self.policy(account.policy_epoch).await?;
            if policy.epoch == account.policy_epoch {
                let scope = Scope::compile(&account, &policy);
                let name = account.name;
                let known = Arc::new(Known { name, scope });
                self.0.scopes.insert(identity.clone(), known.clone());
                return Ok(known);
            }
        }
        Err(AccessError::Stale)
    }

    /// The policy at this epoch or, if it has moved on meanwhile, a later one.
    async fn policy(&self, epoch: i64) -> Result<Arc<Policy>, AccessError> {
        let known = self.0.policy.read().await.clone();
        if known.epoch == epoch {
            return Ok(known);
        }
        let mut kept = self.0.policy.write().await;
        if kept.epoch != epoch {
            *kept = Arc::new(self.load_policy().await?);
        }
        Ok(kept.clone())
    }

    async fn load_policy(&self) -> Result<Policy, AccessError> {
        let database = &self.0.database;
        loop {
            let epoch = database.policy_epoch().await?;
            let table = PolicyTable {
                connection: database.connection.clone(),
            };
            let policy = match Policy::load(table, epoch).await {
                Ok(policy) => policy,
                Err(error) if is_unread(&error) => return Err(error.into()),
                Err(error) => {
                    tracing::error!(%epoch, cause = %error, "the policy is not usable; nothing is visible to anyone");
                    Policy::closed(epoch)
                }
            };
            // What was read between two equal epochs belongs to that epoch.
            if database.policy_epoch().await? == epoch {
                return Ok(policy);
            }
        }
    }
}

impl Caller {
    fn new(
        access: Access,
        identity: Identity,
        known: Arc<Known>,
        run: Arc<Run>,
        written: Arc<AtomicBool>,
    ) -> Caller {
        Caller(Arc::new(Call {
            access,
            identity,
            known,
            run,
            written,
        }))
    }

    /// The same caller with the rights of this instant, for another run of an
    /// operation that met [`AccessError::Stale`].
    ///
    /// # Errors
    /// As [`Access::caller`].
    pub async fn renewed(&self) -> Result<Caller, AccessError> {
        self.0.access.0.database.meter.renewed();
        self.with_rights_of_now(Arc::default()).await
    }

    /// The same caller with the rights of this instant, for what is left of a run that has
    /// changed rights itself.
    ///
    /// # Errors
    /// As [`Access::caller`].
    pub async fn continued(&self) -> Result<Caller, AccessError> {
        self.with_rights_of_now(self.0.run.clone()).await
    }

    async fn with_rights_of_now(&self, run: Arc<Run>) -> Result<Caller, AccessError> {
        let (access, identity) = (self.0.access.clone(), self.0.identity.clone());
        access.0.scopes.remove(&identity);
        let known = access.compile(&identity).await?;
        let written = self.0.written.clone();
        Ok(Caller::new(access, identity, known, run, written))
    }

    /// Whether a statement found that the caller's rights have changed: whatever
    /// this run has gathered must be dropped.
    pub fn is_stale(&self) -> bool {
        self.0.run.stale.load(Ordering::Acquire)
    }

    /// Whether this run of the operation, or one before it, may have changed something,
    /// which no other run may do again.
    pub fn has_written(&self) -> bool {
        self.0.written.load(Ordering::Acquire)
    }

    /// How many SQL statements this run has sent.
    pub fn statements(&self) -> u64 {
        self.0.run.statements.load(Ordering::Relaxed)
    }

    /// Issuer of the caller's token.
    pub fn issuer(&self) -> &str {
        &self.0.identity.issuer
    }

    /// Subject of the caller's token.
    pub fn subject(&self) -> &str {
        &self.0.identity.subject
    }

    /// The caller's name.
    pub fn name(&self) -> &str {
        &self.0.known.name
    }

    /// Key of the caller's account.
    pub fn user(&self) -> i64 {
        self.scope().user
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.0.known.scope
    }

    pub(crate) fn drafts(&self) -> &Drafts {
        &self.0.access.0.drafts
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.access.0.seal
    }

    /// The keys of personal data.
    pub(crate) fn keys(&self) -> &PersonalKeys {
        &self.0.access.0.keys
    }

    /// What this run tells of what is sealed.
    pub(crate) fn notes(&self) -> &Notes {
        &self.0.run.notes
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.database().backend
    }

    /// Runs a statement that carries the guard. No rows are suspect: the guard
    /// may have kept them back.
    pub(crate) async fn select(
        &self,
        plan: Plan,
        statement: &SelectStatement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        let statement = text::build(self.backend(), statement);
        self.select_built(plan, statement).await
    }

    /// The same for a statement in words.
    pub(crate) async fn select_built(
        &self,
        plan: Plan,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        let rows = self.send(plan, statement).await?;
        if rows.is_empty() {
            self.confirm().await?;
        }
        Ok(rows)
    }

    /// Makes sure that the decision is still in force, where a statement gave
    /// nothing or the decision left nothing to ask for.
    ///
    /// # Errors
    /// [`AccessError::Stale`] if it is not, [`AccessError::Internal`] if the
    /// database fails.
    pub async fn confirm(&self) -> Result<(), AccessError> {
        let in_force = guard::in_force(self.scope(), self.backend());
        let in_force = text::build(self.backend(), &in_force);
        if self.send(Plan::Kept, in_force).await?.is_empty() {
            return Err(self.found_stale());
        }
        Ok(())
    }

    /// The policy that the decision was made from.
    pub(crate) async fn policy(&self) -> Result<Arc<Policy>, AccessError> {
        let epoch = self.scope().policy_epoch;
        let policy = self.0.access.policy(epoch).await?;
        match policy.epoch == epoch {
            true => Ok(policy),
            false => Err(self.found_stale()),
        }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.access.0.database
    }

    /// Counts the statements of this run.
    pub(crate) fn sent(&self) -> &AtomicU64 {
        &self.0.run.statements
    }

    /// Notes that the run may have changed something.
    pub(crate) fn writes(&self) {
        self.0.written.store(true, Ordering::Release);
    }

    /// Notes that the run is of no use any more.
    pub(crate) fn found_stale(&self) -> AccessError {
        self.0.run.stale.store(true, Ordering::Release);
        self.0.access.0.database.meter.stale();
        AccessError::Stale
    }

    async fn send(
        &self,
        plan: Plan,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.0.run.statements.fetch_add(1, Ordering::Relaxed);
        self.0.access.0.database.send(plan, statement).await
    }

    /// The division tree in memory, as of the scope's epoch. Only for a run that
    /// has read a row under the guard already.
    pub(crate) async fn divisions(&self) -> Result<Arc<Divisions>, AccessError> {
        let shared = &self.0.access.0;
        let epoch = self.scope().policy_epoch;
        if let Some(known) = shared.divisions.read().await.as_ref()
            && known.epoch == epoch
        {
            return Ok(known.clone());
        }
        let mut kept = shared.divisions.write().await;
        if let Some(known) = kept.as_ref()
            && known.epoch == epoch
        {
            return Ok(known.clone());
        }
        let loaded = Divisions::load(&shared.database, epoch).await?;
        if shared.database.policy_epoch().await? != epoch {
            return Err(self.found_stale());
        }
        let loaded = Arc::new(loaded);
        *kept = Some(loaded.clone());
        Ok(loaded)
    }
}
