//! Reading: the only way to rows, for a caller and under that caller's row
//! rule, column gate and guard.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use sea_orm::{
    QueryResult,
    sea_query::{Expr, Func, Query, SelectStatement},
};
use sha2::{Digest, Sha256};

use crate::{
    caller::Caller,
    datum::{Datum, one_of},
    error::AccessError,
    filter::{Compiler, Filter, Frame, Node},
    gate::Gate,
    guard::guard,
    keyset::{Keyset, Order, Window},
    kind::{self, Kind, Resource},
    row::{Projection, Row, remembered},
    rules::Rule,
    scope::Way,
    seal::Position,
};

/// A reading of rows of `E` by a caller.
pub struct Rows<E: Resource> {
    pub(crate) caller: Caller,
    pub(crate) filter: Filter<E>,
    pub(crate) order: Order<E::Column>,
    pub(crate) columns: Vec<usize>,
}

/// A page of a list.
pub struct Page<E: Resource> {
    /// The rows, in the list's order.
    pub rows: Vec<Row<E>>,
    /// Whether more rows come behind the page.
    pub has_next: bool,
    /// Whether rows come before the page.
    pub has_previous: bool,
    list: Arc<List>,
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

    /// A page of the list.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if the filter or order uses a column that is
    /// open to the caller on no row, [`AccessError::InvalidInput`] for a cursor
    /// of another list, [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn page(&self, window: &Window) -> Result<Page<E>, AccessError> {
        let list = self.list(None);
        let built = self.page_statement(window, &list);
        let Some((select, projection)) = self.settled(built).await? else {
            return Ok(Page::of(Vec::new(), window, list));
        };
        let results = self.caller.select(&select).await?;
        Ok(Page::of(read(&projection, &results)?, window, list))
    }

    /// How many rows the list holds.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn count(&self) -> Result<i64, AccessError> {
        let built = self.count_statement();
        let Some(select) = self.settled(built).await? else {
            return Ok(0);
        };
        let results = self.caller.select(&select).await?;
        let count = match results.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        if count == 0 {
            self.caller.confirm().await?;
        }
        Ok(count)
    }

    /// The rows with these keys that the caller may open.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn open(&self, keys: &[i64]) -> Result<HashMap<i64, Row<E>>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Opened);
        let Some(mut select) = self.start(&frame) else {
            self.caller.confirm().await?;
            return Ok(HashMap::new());
        };
        let projection = Projection::new(&frame, &self.columns, None);
        projection.select(&mut select);
        let keys = keys.iter().map(|key| Datum::from(*key)).collect();
        select.and_where(one_of(self.caller.backend(), frame.raw(0), keys));
        select.and_where(self.guard());
        let results = self.caller.select(&select).await?;
        let rows = read::<E>(&projection, &results)?;
        Ok(rows.into_iter().map(|row| (row.id(), row)).collect())
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

    fn page_statement(
        &self,
        window: &Window,
        list: &List,
    ) -> Result<Option<(SelectStatement, Projection)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let Some(mut select) = self.start(&frame) else {
            return Ok(None);
        };
        let keyset = Keyset::resolve::<E>(&frame, &self.order)?;
        let projection = Projection::new(&frame, &self.columns, keyset.key());
        projection.select(&mut select);
        self.narrow(&compiler, &frame, &mut select)?;
        self.cut(&keyset, &frame, window, list, &mut select)?;
        keyset.order(&mut select, frame.raw(0), window.backward);
        select.limit(window.size + 1);
        select.and_where(self.guard());
        Ok(Some((select, projection)))
    }

    fn count_statement(&self) -> Result<Option<SelectStatement>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let Some(mut select) = self.start(&frame) else {
            return Ok(None);
        };
        select.expr(Func::count(Expr::cust("*")));
        self.narrow(&compiler, &frame, &mut select)?;
        select.and_where(self.guard());
        Ok(Some(select))
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

    /// A statement over the rows that the row rule lets through, or nothing
    /// where it lets none through.
    pub(crate) fn start(&self, frame: &Frame<'_>) -> Option<SelectStatement> {
        let mut select = Query::select();
        select.from_as(frame.kind.table().name, frame.table.clone());
        match frame.rule() {
            Rule::None => return None,
            Rule::All => {}
            Rule::Where(rule) => {
                select.and_where(rule);
            }
        }
        Some(select)
    }

    pub(crate) fn narrow(
        &self,
        compiler: &Compiler<'_>,
        frame: &Frame<'_>,
        select: &mut SelectStatement,
    ) -> Result<(), AccessError> {
        let everything = matches!(&self.filter.node, Node::All(nodes) if nodes.is_empty());
        if !everything {
            select.and_where(compiler.compile(frame, &self.filter.node)?);
        }
        Ok(())
    }

    pub(crate) fn cut(
        &self,
        keyset: &Keyset,
        frame: &Frame<'_>,
        window: &Window,
        list: &List,
        select: &mut SelectStatement,
    ) -> Result<(), AccessError> {
        for (cursor, before) in [(&window.after, false), (&window.before, true)] {
            if let Some(cursor) = cursor {
                let position = self.caller.seal().open(cursor, list.name())?;
                select.and_where(keyset.beyond(position, frame.raw(0), before));
            }
        }
        Ok(())
    }

    pub(crate) fn guard(&self) -> Expr {
        guard(self.caller.scope(), self.caller.backend())
    }

    pub(crate) fn list(&self, link: Option<usize>) -> Arc<List> {
        Arc::new(List {
            caller: self.caller.clone(),
            kind: E::KIND,
            order: self.order.column.map(kind::index::<E>),
            descending: self.order.descending,
            filter: self.filter.node.clone(),
            link,
            name: OnceLock::new(),
        })
    }
}

fn read<E: Resource>(
    projection: &Projection,
    results: &[QueryResult],
) -> Result<Vec<Row<E>>, AccessError> {
    let rows = results.iter().map(|result| projection.read(result, 0));
    rows.collect()
}

impl<E: Resource> Page<E> {
    /// From the rows in the statement's order, one more than the page may hold
    /// if there are more.
    pub(crate) fn of(mut rows: Vec<Row<E>>, window: &Window, list: Arc<List>) -> Page<E> {
        let size = usize::try_from(window.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        if window.backward {
            rows.reverse();
        }
        let (has_next, has_previous) = if window.backward {
            (window.before.is_some(), more || window.after.is_some())
        } else {
            (more || window.before.is_some(), window.after.is_some())
        };
        Page {
            rows,
            has_next,
            has_previous,
            list,
        }
    }

    /// The cursor of a row of this page.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if it can't be sealed.
    pub fn cursor(&self, row: &Row<E>) -> Result<String, AccessError> {
        self.list.seal(row.position())
    }
}

/// Which list a cursor belongs to.
pub(crate) struct List {
    caller: Caller,
    kind: Kind,
    order: Option<usize>,
    descending: bool,
    filter: Node,
    link: Option<usize>,
    name: OnceLock<[u8; 32]>,
}

impl List {
    /// A digest, since a filter may be long and each cursor of a page is bound to it.
    fn name(&self) -> &[u8; 32] {
        self.name.get_or_init(|| {
            let list = format!(
                "{} {:?} {:?} {} {:?} {:?}",
                self.caller.user(),
                self.kind,
                self.order,
                self.descending,
                self.link,
                self.filter
            );
            Sha256::digest(list).into()
        })
    }

    fn seal(&self, position: &Position) -> Result<String, AccessError> {
        self.caller.seal().seal(position, self.name())
    }
}
