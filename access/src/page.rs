//! Pages of a list.

use std::sync::{Arc, OnceLock};

use sea_orm::sea_query::Expr;
use sha2::{Digest, Sha256};

use crate::{
    caller::Caller,
    draft::{Draft, Wanted},
    error::AccessError,
    filter::{Compiler, Node},
    frame::Frame,
    keyset::{Keyset, Window},
    kind::{self, Kind, Resource},
    listing::Listing,
    projection::Projection,
    reference::Reading,
    row::Row,
    rows::{Rows, read},
    scope::Way,
    seal::Position,
};

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
    /// A page of the list.
    ///
    /// # Errors
    /// [`AccessError::Forbidden`] if the filter or order uses a column that is
    /// open to the caller on no row, [`AccessError::InvalidInput`] for a cursor
    /// of another list, [`AccessError::Stale`], [`AccessError::Internal`].
    pub async fn page(&self, window: &Window) -> Result<Page<E>, AccessError> {
        let list = self.list(None);
        let drafted = self.draft_of_page(window, &list);
        let Some(draft) = self.settled(drafted).await? else {
            return Ok(Page::of(Vec::new(), window, list));
        };
        let statement = draft.statement(&[]);
        let results = self.caller.select_built(self.plan(), statement).await?;
        let rows = read(&draft.projection, &results, &self.caller)?;
        Ok(Page::of(rows, window, list))
    }

    fn draft_of_page(
        &self,
        window: &Window,
        list: &List,
    ) -> Result<Option<Arc<Draft>>, AccessError> {
        let make = || {
            let built = self.page_statement(window, list)?;
            Ok(built.map(|reading| Draft::of(self.caller.backend(), reading)))
        };
        let is_at_end = window.after.is_none() && window.before.is_none();
        if !is_at_end || !self.is_whole() || self.order.column.is_some() {
            return Ok(make()?.map(Arc::new));
        }
        let subject = self.subject(Wanted::Page {
            most: window.most(),
            backward: window.backward,
            descending: self.order.descending,
        });
        self.caller.drafts().get(subject, make)
    }

    fn page_statement(&self, window: &Window, list: &List) -> Result<Option<Reading>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let Some(select) = frame.rows() else {
            return Ok(None);
        };
        let keyset = Keyset::resolve::<E>(&frame, &self.order)?;
        let projection = Projection::new(&frame, &self.columns, keyset.key());
        let mut conditions = self.cuts(&keyset, &frame, window, list)?;
        conditions.extend(self.condition(&compiler, &frame)?);
        let listing = Listing {
            frame,
            keyset,
            projection,
            conditions,
            backward: window.backward,
            most: window.most(),
            backend: self.caller.backend(),
        };
        let parts = listing.frame.parts();
        let mut select = match (parts.is_empty(), self.order.column) {
            (true, None) => listing.page(select),
            (true, Some(_)) => listing.page_by_keys(select),
            (false, _) => listing.of_parts(parts),
        };
        select.and_where(self.guard());
        let Listing {
            keyset, projection, ..
        } = listing;
        let reading = Reading {
            select,
            projection,
            order: Some((keyset, window.backward)),
            of_parents: false,
        };
        Ok(Some(reading.bring(
            &self.references,
            &compiler,
            self.caller.backend(),
        )))
    }

    /// The conditions that a window's cursors come to.
    pub(crate) fn cuts(
        &self,
        keyset: &Keyset,
        frame: &Frame<'_>,
        window: &Window,
        list: &List,
    ) -> Result<Vec<Expr>, AccessError> {
        let cursors = [(&window.after, false), (&window.before, true)];
        let given = cursors
            .into_iter()
            .filter_map(|(cursor, before)| Some((cursor.as_ref()?, before)));
        let cuts = given.map(|(cursor, before)| {
            let position = self.caller.seal().open(cursor, list.name())?;
            Ok(keyset.beyond(position, frame.raw(0), before))
        });
        cuts.collect()
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
