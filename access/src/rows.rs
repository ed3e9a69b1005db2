//! Reading: the only way to rows, for a caller and under that caller's row
//! rule, column gate and guard.

use std::collections::HashMap;

use sea_orm::{QueryResult, sea_query::Expr};

use crate::{
    caller::Caller,
    cover::Rule,
    datum::{Datum, one_of},
    draft::{Draft, NO_KEYS, Subject, Wanted},
    error::AccessError,
    filter::{Compiler, Filter, Node},
    frame::Frame,
    gate::Gate,
    guard::guard,
    keyset::Order,
    kind::{Kind, Resource},
    row::{Projection, Row, remembered},
    scope::Way,
    statement::Plan,
};

/// A reading of rows of `E` by a caller.
pub struct Rows<E: Resource> {
    pub(crate) caller: Caller,
    pub(crate) filter: Filter<E>,
    pub(crate) order: Order<E::Column>,
    pub(crate) columns: Vec<usize>,
}

impl<E: Resource> Rows<E> {
    /// All rows that the caller may see.
    pub fn of(caller: &Caller) -> Rows<E> {
        Rows {
            caller: caller.clone(),
            filter: Filter::all([]),
            order: Order::default(),
            columns: Vec::new(),
        }
    }

    /// Only the rows that meet the filter.
    #[must_use]
    pub fn filter(mut self, filter: Filter<E>) -> Rows<E> {
        self.filter = filter;
        self
    }

    /// In this order.
    #[must_use]
    pub fn order(mut self, order: Order<E::Column>) -> Rows<E> {
        self.order = order;
        self
    }

    /// With what the filter already says, only rows that meet this one as well.
    #[must_use]
    pub fn and(mut self, filter: Filter<E>) -> Rows<E> {
        self.filter = Filter::all([self.filter, filter]);
        self
    }

    /// With the columns of these names, as far as there are any.
    #[must_use]
    pub fn named<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Rows<E> {
        let table = E::KIND.table();
        let indexes = names.into_iter().filter_map(|name| table.index(name));
        self.columns = indexes.filter(|column| *column != 0).collect();
        self.columns.sort_unstable();
        self.columns.dedup();
        self
    }

    /// The rows with these keys that the caller may open.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn open(&self, keys: &[i64]) -> Result<HashMap<i64, Row<E>>, AccessError> {
        let drafts = self.caller.drafts();
        let draft = drafts.get(self.subject(Wanted::Keys), || Ok(self.draft_by_keys()))?;
        let Some(draft) = draft else {
            self.caller.confirm().await?;
            return Ok(HashMap::new());
        };
        let statement = draft.statement(keys);
        let results = self.caller.select_built(Plan::Kept, statement).await?;
        let rows = read::<E>(&draft.projection, &results)?;
        Ok(rows.into_iter().map(|row| (row.id(), row)).collect())
    }

    fn draft_by_keys(&self) -> Option<Draft> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        let mut select = frame.rows()?;
        let projection = Projection::new(&frame, &self.columns, None);
        projection.select(&mut select);
        let backend = self.caller.backend();
        let keys = NO_KEYS.map(Datum::from).into();
        select.and_where(one_of(backend, frame.raw(0), keys));
        select.and_where(self.guard());
        Some(Draft::of(backend, &select, projection))
    }

    /// What a statement is about that depends on nothing but the caller's decision.
    pub(crate) fn subject(&self, way: Wanted) -> Subject {
        Subject {
            scope: self.caller.scope().number,
            kind: E::KIND,
            columns: self.columns.clone(),
            way,
        }
    }

    /// The rows that rows already read in this run refer to. Divisions that are
    /// wholly open to the caller come from memory: the statement that gave the
    /// referring rows has proved the decision and the tree to be current.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn referred(&self, keys: &[i64]) -> Result<HashMap<i64, Row<E>>, AccessError> {
        if E::KIND != Kind::Division || !self.all_clear() {
            return self.open(keys).await;
        }
        let divisions = self.caller.divisions().await?;
        let known = |key: &i64| {
            let values = divisions.get(*key)?;
            Some((*key, remembered(*key, &self.columns, values)))
        };
        Ok(keys.iter().filter_map(known).collect())
    }

    fn all_clear(&self) -> bool {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        let clear = |column: &usize| frame.view.gates[*column] == Gate::Clear;
        matches!(frame.rule(), Rule::All) && self.columns.iter().all(clear)
    }

    /// A filter or an order of the client's own decides what the best plan is.
    pub(crate) fn plan(&self) -> Plan {
        match self.is_whole() && self.order.column.is_none() {
            true => Plan::Kept,
            false => Plan::Own,
        }
    }

    /// Whether no filter leaves out rows.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(&self.filter.node, Node::All(nodes) if nodes.is_empty())
    }

    /// Where the decision leaves nothing to ask for, or refuses the question, no
    /// statement carries the guard: then the decision itself is made sure of.
    pub(crate) async fn settled<T>(
        &self,
        built: Result<Option<T>, AccessError>,
    ) -> Result<Option<T>, AccessError> {
        if matches!(built, Ok(None) | Err(AccessError::Forbidden(_))) {
            self.caller.confirm().await?;
        }
        built
    }

    /// The filter's condition, if there is one.
    pub(crate) fn condition(
        &self,
        compiler: &Compiler<'_>,
        frame: &Frame<'_>,
    ) -> Result<Option<Expr>, AccessError> {
        if self.is_whole() {
            return Ok(None);
        }
        compiler.compile(frame, &self.filter.node).map(Some)
    }

    pub(crate) fn guard(&self) -> Expr {
        guard(self.caller.scope(), self.caller.backend())
    }
}

pub(crate) fn read<E: Resource>(
    projection: &Projection,
    results: &[QueryResult],
) -> Result<Vec<Row<E>>, AccessError> {
    let rows = results.iter().map(|result| projection.read(result, 0));
    rows.collect()
}
