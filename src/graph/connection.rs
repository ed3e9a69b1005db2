//! Connections: pages of lists in the form that Relay's clients expect.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use access::{AccessError, Caller, Count, Page, Rows, Window};
use async_graphql::{Context, Object, SimpleObject, TypeName};

use super::{
    error::{Gated, invalid, visible},
    member::Siblings,
    record::Record,
    selection::{Asked, Total},
};

/// Rows of a page where the operation doesn't say.
const USUAL: i32 = 20;
/// The most rows of a page.
const MOST: i32 = 200;

/// What a list weighs among the values of a response, given what one record of
/// it does.
pub(crate) fn weight(first: Option<i32>, last: Option<i32>, record: usize) -> usize {
    let size = last.or(first).unwrap_or(USUAL).clamp(0, MOST);
    let size = usize::try_from(size).unwrap_or_default();
    size.saturating_mul(record).saturating_add(1)
}

/// The arguments of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// Refuses what makes no page.
    pub(crate) fn checked(self) -> Result<Paging, AccessError> {
        if self.first.is_some() && self.last.is_some() {
            return Err(invalid("a page takes `first` or `last`, not both"));
        }
        for (name, size) in [("first", self.first), ("last", self.last)] {
            if let Some(size) = size.filter(|size| !(0..=MOST).contains(size)) {
                return Err(invalid(format!("`{name}` is {size}; it takes 0 to {MOST}")));
            }
        }
        Ok(self)
    }

    pub(crate) fn window(&self) -> Window {
        let size = self.last.or(self.first).unwrap_or(USUAL);
        Window {
            size: u64::try_from(size).unwrap_or_default(),
            backward: self.last.is_some(),
            after: self.after.clone(),
            before: self.before.clone(),
        }
    }
}

/// A page of a list.
pub(crate) struct Connection<T: Record> {
    siblings: Arc<Siblings<T::Entity>>,
    places: Range<usize>,
    page: Option<Arc<Page<T::Entity>>>,
    total: Option<Count>,
}

impl<T: Record> Clone for Connection<T> {
    fn clone(&self) -> Connection<T> {
        Connection {
            siblings: self.siblings.clone(),
            places: self.places.clone(),
            page: self.page.clone(),
            total: self.total,
        }
    }
}

impl<T: Record> Connection<T> {
    /// The page of a list that stands by itself.
    pub(crate) async fn root(
        ctx: &Context<'_>,
        list: Result<(Rows<T::Entity>, Paging), AccessError>,
    ) -> Gated<Connection<T>> {
        let load = async {
            let (rows, paging) = list?;
            let asked = Asked::<T>::of(ctx);
            let rows = asked.records.of_rows(rows);
            let page = async {
                match asked.page {
                    true => rows.page(&paging.window()).await.map(Some),
                    false => Ok(None),
                }
            };
            let total = async {
                match asked.total {
                    Some(total) => rows.count(total == Total::Exact).await.map(Some),
                    None => Ok(None),
                }
            };
            let (mut page, total) = tokio::try_join!(page, total)?;
            let rows = page.as_mut().map(|page| std::mem::take(&mut page.rows));
            let rows = rows.unwrap_or_default();
            Ok(Connection {
                places: 0..rows.len(),
                siblings: Siblings::new(ctx.data_unchecked::<Caller>(), rows),
                page: page.map(Arc::new),
                total,
            })
        };
        Some(Box::pin(load).await.map_err(visible))
    }

    /// The pages of many parents. Their records are siblings across the parents.
    pub(crate) fn of_parents(
        caller: &Caller,
        parents: &[i64],
        mut pages: Option<HashMap<i64, Page<T::Entity>>>,
        totals: Option<HashMap<i64, Count>>,
    ) -> HashMap<i64, Connection<T>> {
        let mut rows = Vec::new();
        let mut parts = Vec::with_capacity(parents.len());
        for parent in parents {
            let page = pages.as_mut().and_then(|pages| pages.remove(parent));
            let start = rows.len();
            let page = page.map(|mut page| {
                rows.append(&mut page.rows);
                Arc::new(page)
            });
            let total = totals
                .as_ref()
                .and_then(|totals| totals.get(parent).copied());
            parts.push((*parent, start..rows.len(), page, total));
        }
        let siblings = Siblings::new(caller, rows);
        let connection = |(parent, places, page, total)| {
            let siblings = siblings.clone();
            (
                parent,
                Connection {
                    siblings,
                    places,
                    page,
                    total,
                },
            )
        };
        parts.into_iter().map(connection).collect()
    }

    fn cursor(&self, place: usize) -> Result<String, AccessError> {
        match (&self.page, self.siblings.row(place)) {
            (Some(page), Some(row)) => page.cursor(row),
            _ => Err(AccessError::unexpected(
                "a cursor of a row that is not there",
            )),
        }
    }
}

impl<T: Record> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: Record> Connection<T> {
    /// The records of this page.
    async fn nodes(&self) -> Vec<T> {
        self.places
            .clone()
            .map(|place| T::of(self.siblings.member(place)))
            .collect()
    }

    /// The records of this page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<T>> {
        let edge = |place| Edge {
            connection: self.clone(),
            place,
        };
        self.places.clone().map(edge).collect()
    }

    /// Where the page begins and ends in the list.
    async fn page_info(&self) -> async_graphql::Result<PageInfo> {
        let cursor = |place: Option<usize>| place.map(|place| self.cursor(place)).transpose();
        let ends = (self.places.clone().next(), self.places.clone().next_back());
        Ok(PageInfo {
            has_next_page: self.page.as_ref().is_some_and(|page| page.has_next),
            has_previous_page: self.page.as_ref().is_some_and(|page| page.has_previous),
            start_cursor: cursor(ends.0).map_err(visible)?,
            end_cursor: cursor(ends.1).map_err(visible)?,
        })
    }

    /// How many records the list holds on all its pages; null for "more than 10,000"
    /// where nobody keeps count. Counted only when asked for.
    async fn total_count(
        &self,
        #[graphql(
            default = false,
            desc = "Count to the last record, however many there are: never null then."
        )]
        exact: bool,
    ) -> async_graphql::Result<Option<i64>> {
        let missing = || visible(AccessError::unexpected("a count that was not asked for"));
        let count = self.total.ok_or_else(missing)?.exact();
        match exact && count.is_none() {
            true => Err(missing()),
            false => Ok(count),
        }
    }
}

/// A record of a page and its place in the list.
pub(crate) struct Edge<T: Record> {
    connection: Connection<T>,
    place: usize,
}

impl<T: Record> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }
}

/// A record of a page and its place in the list.
#[Object(name_type)]
impl<T: Record> Edge<T> {
    /// The record.
    async fn node(&self) -> T {
        T::of(self.connection.siblings.member(self.place))
    }

    /// The record's place in the list, for `after` and `before`. Opaque; good for
    /// the same user, order and filter alone.
    async fn cursor(&self) -> async_graphql::Result<String> {
        self.connection.cursor(self.place).map_err(visible)
    }
}

/// Where a page begins and ends in its list.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether records come behind this page.
    has_next_page: bool,
    /// Whether records come before this page.
    has_previous_page: bool,
    /// Cursor of the page's first record; null on an empty page.
    start_cursor: Option<String>,
    /// Cursor of the page's last record; null on an empty page.
    end_cursor: Option<String>,
}
