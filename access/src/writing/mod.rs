//! The steps of a change, in the transaction that they share.

mod links;

use std::sync::Arc;

use entity::secret;
use sea_orm::{
    DbBackend, QueryResult, StatementBuilder,
    sea_query::{DynIden, Expr, ExprTrait, IntoIden, LockType, Query},
};

use crate::{
    arm::Decision,
    assignment::{Assignment, Given, add_fixed, assignments, inserted, insertion, literal},
    audit::{Event, Origin},
    bounds::field_name,
    caller::Caller,
    clash,
    error::AccessError,
    filter::Compiler,
    hold::Hold,
    keyring::proof_name,
    kind::{Kind, Shape, VERSION},
    look::{Found, Look},
    policy::Policy,
    scope::{Way, writes},
    transaction::Transaction,
    vocabulary::Action,
};

/// A change of a record of a kind, under way.
pub(crate) struct Writing<'a> {
    caller: &'a Caller,
    kind: Kind,
    action: Action,
    policy: Arc<Policy>,
    transaction: Transaction<'a>,
}

impl<'a> Writing<'a> {
    pub(crate) async fn begin(
        caller: &'a Caller,
        kind: Kind,
        action: Action,
    ) -> Result<Writing<'a>, AccessError> {
        if caller.scope().writes(kind, action).is_none() {
            // Who may write nothing of the kind takes no part in the writers' turns.
            caller.confirm().await?;
            return Err(forbidden(kind, action));
        }
        Ok(Writing {
            caller,
            kind,
            action,
            policy: caller.policy().await?,
            transaction: caller.begin(Hold::Rights).await?,
        })
    }

    /// Turns to records of this kind, to do this to them.
    pub(crate) fn turn(&mut self, kind: Kind, action: Action) {
        (self.kind, self.action) = (kind, action);
    }

    /// Whom it is for.
    pub(crate) fn caller(&self) -> &'a Caller {
        self.caller
    }

    /// Runs a statement of the same transaction.
    pub(crate) async fn run(
        &mut self,
        statement: &impl StatementBuilder,
    ) -> Result<Vec<QueryResult>, AccessError> {
        self.transaction.run(statement).await
    }

    /// Where the caller may write, by each column.
    fn allowed(&self) -> Option<&'a [Decision]> {
        self.caller.scope().writes(self.kind, self.action)
    }

    /// Refuses who may do this to no record of the kind.
    pub(crate) fn check_somewhere(&self) -> Result<(), AccessError> {
        match self.allowed() {
            Some(_) => Ok(()),
            None => Err(self.forbidden()),
        }
    }

    pub(crate) fn forbidden(&self) -> AccessError {
        forbidden(self.kind, self.action)
    }

    /// Keeps others from writing a record that the caller may open, and looks at it.
    pub(crate) async fn lock(&mut self, key: i64, columns: &[usize]) -> Result<Found, AccessError> {
        if self.caller.backend() == DbBackend::Postgres {
            let compiler = Compiler::new(self.caller);
            let frame = compiler.frame(self.kind, Way::Opened);
            if let Some(mut rows) = frame.rows() {
                rows.expr(Expr::cust("1"))
                    .and_where(frame.raw(0).eq(key))
                    .lock(LockType::NoKeyUpdate);
                self.transaction.run(&rows).await?;
            }
        }
        // Another statement, which sees what was written while this one waited.
        let found = self.look(key, columns).await?;
        found.ok_or(AccessError::NotFound)
    }

    /// Looks at a record, if the caller may open it.
    pub(crate) async fn look(
        &mut self,
        key: i64,
        columns: &[usize],
    ) -> Result<Option<Found>, AccessError> {
        let Some(allowed) = self.allowed() else {
            return Err(self.forbidden());
        };
        let scope = self.caller.scope();
        let by_binding = scope.bindings.iter().map(|binding| {
            let (user, bindings) = (scope.user, &[binding]);
            let mut own = writes(self.kind, self.action, user, bindings, &self.policy);
            let own = columns
                .iter()
                .map(|column| std::mem::take(&mut own[*column]));
            (binding.id, own.collect())
        });
        let look = Look {
            kind: self.kind,
            columns,
            decisions: columns.iter().map(|column| &allowed[*column]).collect(),
            bindings: by_binding.collect(),
        };
        let compiler = Compiler::new(self.caller);
        let frame = compiler.frame(self.kind, Way::Opened);
        let Some(statement) = look.statement(&frame, key) else {
            return Ok(None);
        };
        let rows = self.transaction.run(&statement).await?;
        rows.first().map(|row| look.read(row)).transpose()
    }

    /// Makes a record of these values, if it would be the caller's, and gives its key.
    pub(crate) async fn make(&mut self, values: &[Given]) -> Result<i64, AccessError> {
        self.hold_key(values).await?;
        let is_theirs = self.may_make(values).await?;
        match self.insert(values).await {
            // Of what stands in the way where a record would not be theirs, nobody is told.
            Err(AccessError::Conflict(_) | AccessError::InvalidInput(_)) if !is_theirs => {
                Err(self.forbidden())
            }
            inserted => inserted,
        }
    }

    /// Makes sure that a record that was made is the caller's, writes down that it was, and
    /// gives it as it is found.
    pub(crate) async fn attest(
        &mut self,
        key: i64,
        columns: &[usize],
        origin: &Origin,
    ) -> Result<Found, AccessError> {
        let made = self.look(key, columns).await?;
        let made = made.ok_or_else(|| self.forbidden())?;
        self.check_allowed(&made, columns)?;
        made.check_order()?;
        self.note(key, columns, &made, (None, origin)).await?;
        Ok(made)
    }

    /// Whether a record of these values would be the caller's to make, as far as that can be
    /// told before it is there.
    async fn may_make(&mut self, values: &[Given]) -> Result<bool, AccessError> {
        let Some(allowed) = self.allowed() else {
            return Ok(false);
        };
        let table: DynIden = "made".into_iden();
        let columns: Vec<usize> = values.iter().map(|(column, _)| *column).collect();
        let look = Look {
            kind: self.kind,
            columns: &columns,
            decisions: columns.iter().map(|column| &allowed[*column]).collect(),
            bindings: Vec::new(),
        };
        let mut select = Query::select();
        for flag in look.flags(&table) {
            select.expr(flag);
        }
        let row = literal(self.kind, values, self.caller.keys())?;
        select.from_subquery(row, table);
        let rows = self.transaction.run(&select).await?;
        let row = rows.first().ok_or_else(|| self.forbidden())?;
        for place in 0..columns.len() {
            if row.try_get_by_index::<i32>(place)? != 1 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Refuses what may not be written of the record as it was found.
    pub(crate) fn check_allowed(
        &self,
        found: &Found,
        columns: &[usize],
    ) -> Result<(), AccessError> {
        let mut columns = columns.iter().zip(&found.allowed);
        match columns.find(|(_, allowed)| !**allowed) {
            None => Ok(()),
            Some((column, _)) if self.action == Action::Update => {
                let field = field_name(self.kind.table().columns[*column].name);
                Err(AccessError::Forbidden(format!(
                    "you may not change `{field}` of this record"
                )))
            }
            Some(_) => Err(self.forbidden()),
        }
    }

    /// Until the end nobody takes away the key that seals what is personal in the values.
    pub(crate) async fn hold_key(&mut self, values: &[Given]) -> Result<(), AccessError> {
        let columns = &self.kind.table().columns;
        if values
            .iter()
            .all(|(column, _)| columns[*column].shape != Shape::Sealed)
        {
            return Ok(());
        }
        let mut proof = Query::select()
            .column(secret::Column::Id)
            .from(secret::Entity)
            .and_where(Expr::col(secret::Column::Name).eq(proof_name(self.caller.keys())))
            .take();
        if self.caller.backend() == DbBackend::Postgres {
            proof.lock(LockType::KeyShare);
        }
        match self.transaction.run(&proof).await?.is_empty() {
            true => Err(AccessError::internal(
                "the key for personal data has been replaced: start with the new one",
            )),
            false => Ok(()),
        }
    }

    /// Makes a record of these values and gives its key.
    async fn insert(&mut self, values: &[Given]) -> Result<i64, AccessError> {
        self.hold_identities(values).await?;
        let table = self.kind.table();
        let (sealed, plain): (Vec<Given>, Vec<Given>) = values
            .iter()
            .cloned()
            .partition(|(column, _)| table.columns[*column].shape == Shape::Sealed);
        let keys = self.caller.keys();
        let mut all = assignments(self.kind, 0, &plain, keys)?;
        add_fixed(&mut all, self.kind, &plain)?;
        let insert = insertion(self.kind, all)?;
        let key = inserted(&self.transaction.run(&insert).await?)?;
        // What is sealed is bound to the key.
        if !sealed.is_empty() {
            let assigned = assignments(self.kind, key, &sealed, keys)?;
            self.assign(key, assigned).await?;
        }
        self.follow(key, values).await?;
        self.check_asked_once(key, values).await?;
        Ok(key)
    }

    /// Refuses to ask twice for the same person. A single request can't be told by the time
    /// that its clashes take, hundreds might.
    async fn check_asked_once(&mut self, key: i64, values: &[Given]) -> Result<(), AccessError> {
        if self.kind != Kind::Transfer {
            return Ok(());
        }
        let compiler = Compiler::new(self.caller);
        let frame = compiler.frame(Kind::Transfer, Way::Opened);
        let besides = clash::asked_besides(&frame, key, values, self.caller.keys());
        let Some(besides) = besides else {
            return Ok(());
        };
        match self.transaction.run(&besides).await?.is_empty() {
            true => Ok(()),
            false => Err(AccessError::Conflict(
                "a request for this identity number is still to be decided in the division"
                    .to_owned(),
            )),
        }
    }

    /// Gives a record these values, and its next version.
    pub(crate) async fn update(&mut self, key: i64, values: &[Given]) -> Result<(), AccessError> {
        // Before the write, which locks what follows it: others hold them in this order.
        self.hold_identities(values).await?;
        let mut all = assignments(self.kind, key, values, self.caller.keys())?;
        all.push((VERSION, Expr::col(VERSION).add(1)));
        self.assign(key, all).await?;
        self.follow(key, values).await
    }

    async fn hold_identities(&mut self, values: &[Given]) -> Result<(), AccessError> {
        let hold = Hold::Identities.statement(self.caller.backend());
        if let Some(hold) = hold.filter(|_| clash::is_about(self.kind, values)) {
            self.transaction.run(&hold).await?;
        }
        Ok(())
    }

    async fn follow(&mut self, key: i64, values: &[Given]) -> Result<(), AccessError> {
        let keys = self.caller.keys();
        clash::follow(&mut self.transaction, self.kind, key, values, keys).await
    }

    async fn assign(&mut self, key: i64, assignments: Vec<Assignment>) -> Result<(), AccessError> {
        let table = self.kind.table();
        let update = Query::update()
            .table(table.name)
            .values(assignments)
            .and_where(Expr::col(table.columns[0].name).eq(key))
            .to_owned();
        self.transaction.run(&update).await.map(drop)
    }

    /// Writes down what was done.
    pub(crate) async fn note(
        &mut self,
        key: i64,
        columns: &[usize],
        found: &Found,
        (purpose, origin): (Option<&str>, &Origin),
    ) -> Result<(), AccessError> {
        let event = Event {
            action: self.action,
            kind: self.kind,
            record: key,
            columns,
            division: found.division,
            bindings: &found.bindings,
            purpose,
            origin,
        };
        let insert = event.insert(self.caller, None)?;
        self.transaction.run(&insert).await.map(drop)
    }

    /// Ends it: what was done holds, or where something stood in the way, nothing.
    pub(crate) async fn end<T>(self, done: Result<T, AccessError>) -> Result<T, AccessError> {
        self.caller.end(self.transaction, done).await
    }
}

fn forbidden(kind: Kind, action: Action) -> AccessError {
    let (verb, kind) = (action.name(), kind.name());
    AccessError::Forbidden(format!("you may not {verb} this record of the type {kind}"))
}
