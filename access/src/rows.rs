//! Reading: the only way to rows, for a caller and under that caller's row
//! rule, column gate and guard.

use std::collections::HashMap;

use sea_orm::{IdenStatic, QueryResult, sea_query::Expr};

use crate::{
    caller::Caller,
    datum::{Datum, one_of},
    draft::{Draft, NO_KEYS, Subject, Wanted},
    error::AccessError,
    filter::{Compiler, Filter, Node},
    frame::Frame,
    guard::guard,
    keyset::Order,
    kind::{self, Kind, Resource},
    projection::Projection,
    reference::{Reading, Reference},
    row::{Row, remembered},
    scope::Way,
    statement::Plan,
};

/// A reading of rows of `E` by a caller.
pub struct Rows<E: Resource> {
    pub(crate) caller: Caller,
    pub(crate) filter: Filter<E>,
    pub(crate) order: Order<E::Column>,
    pub(crate) columns: Vec<usize>,
    pub(crate) references: Vec<Reference>,
}

impl<E: Resource> Rows<E> {
    /// All rows that the caller may see.
    pub fn of(caller: &Caller) -> Rows<E> {
        Rows {
            caller: caller.clone(),
            filter: Filter::all([]),
            order: Order::default(),
            columns: Vec::new(),
            references: Vec::new(),
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
        add(&mut self.columns, E::KIND, names);
        self
    }

    /// With the columns of these names of the record that a column refers to, which
    /// [`Rows::referred`] then finds among these rows.
    #[must_use]
    pub fn with<'a, R: Resource>(
        self,
        column: E::Column,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Rows<E> {
        let mut rows = self.named([column.as_str()]);
        let column = kind::index::<E>(column);
        let mut references = rows.references.iter();
        let known = references.position(|reference| reference.column == column);
        let place = known.unwrap_or(rows.references.len());
        if known.is_none() {
            rows.references.push(Reference {
                column,
                kind: R::KIND,
                columns: Vec::new(),
            });
        }
        add(&mut rows.references[place].columns, R::KIND, names);
        rows
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
        let rows = read::<E>(&draft.projection, &results, &self.caller)?;
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
        let reading = Reading {
            select,
            projection,
            order: None,
            of_parents: false,
        };
        let reading = reading.bring(&self.references, &compiler, backend);
        Some(Draft::by_keys(backend, reading))
    }

    /// What a statement is about that depends on nothing but the caller's decision.
    pub(crate) fn subject(&self, way: Wanted) -> Subject {
        Subject {
            scope: self.caller.scope().number,
            kind: E::KIND,
            columns: self.columns.clone(),
            references: self.references.clone(),
            way,
        }
    }

    /// The rows that a column of rows already read in this run refers to: those that
    /// they brought along, or else [of their keys](Rows::of_keys).
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn referred<R: Resource>(
        &self,
        by: &[Row<R>],
        column: R::Column,
    ) -> Result<HashMap<i64, Row<E>>, AccessError> {
        if let Some(brought) = self.brought(by, column) {
            return Ok(brought);
        }
        let keys = by.iter().filter_map(|row| row.get(column).ok().flatten());
        let mut keys: Vec<i64> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        self.of_keys(&keys).await
    }

    /// The rows with these keys, known from rows that were read in this run. Divisions
    /// that are wholly open to the caller come from memory: the statement that gave
    /// those rows has proved the decision and the tree to be current.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn of_keys(&self, keys: &[i64]) -> Result<HashMap<i64, Row<E>>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        if !frame.is_remembered(&self.columns) {
            return self.open(keys).await;
        }
        let divisions = self.caller.divisions().await?;
        let known = |key: &i64| {
            let values = divisions.get(*key)?;
            Some((*key, remembered(*key, &self.columns, values)))
        };
        Ok(keys.iter().filter_map(known).collect())
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

/// Adds columns by their names, as far as there are any: in order, each once, and
/// without the key, which comes with every row.
fn add<'a>(columns: &mut Vec<usize>, kind: Kind, names: impl IntoIterator<Item = &'a str>) {
    let table = kind.table();
    let named = names.into_iter().filter_map(|name| table.index(name));
    columns.extend(named.filter(|column| *column != 0));
    columns.sort_unstable();
    columns.dedup();
}

pub(crate) fn read<E: Resource>(
    projection: &Projection,
    results: &[QueryResult],
    caller: &Caller,
) -> Result<Vec<Row<E>>, AccessError> {
    let rows = results
        .iter()
        .map(|result| projection.read(result, 0, caller));
    rows.map(|cells| Ok(cells?.into())).collect()
}
