//! Records that were read together stay together: what one of them refers to is
//! loaded for all of them at once, so that the number of statements depends on
//! the operation and never on the number of rows.

use std::{
    any::Any,
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use access::{AccessError, Caller, FromDatum, Resource, Row, Rows};
use async_graphql::{Context, Positioned, parser::types::Field};
use tokio::sync::OnceCell;

use super::{
    connection::{Connection, Paging},
    error::{Gated, gated, visible},
    record::{Column, Record},
    selection::{Asked, Selection, Total},
};

/// One record among those that were read with it.
pub(crate) struct Member<E: Resource> {
    siblings: Arc<Siblings<E>>,
    place: usize,
}

/// Records that were read together, and what they were found to refer to.
pub(crate) struct Siblings<E: Resource> {
    caller: Caller,
    rows: Vec<Row<E>>,
    relations: Mutex<HashMap<Place, Arc<Relation>>>,
}

/// A field of the document, told from all others by where it is in memory: the
/// document stays where it is for the whole run. (Lines and columns don't tell:
/// there are line ends that the parser does not count.)
type Place = usize;

fn place_of(field: &Positioned<Field>) -> Place {
    std::ptr::from_ref(field).addr()
}

type Relation = OnceCell<Box<dyn Any + Send + Sync>>;

impl<E: Resource> Siblings<E> {
    pub(crate) fn new(caller: &Caller, rows: Vec<Row<E>>) -> Arc<Siblings<E>> {
        Arc::new(Siblings {
            caller: caller.clone(),
            rows,
            relations: Mutex::default(),
        })
    }

    pub(crate) fn member(self: &Arc<Self>, place: usize) -> Member<E> {
        Member {
            siblings: self.clone(),
            place,
        }
    }

    pub(crate) fn row(&self, place: usize) -> Option<&Row<E>> {
        self.rows.get(place)
    }

    fn relation(&self, place: Place) -> Arc<Relation> {
        let relations = self.relations.lock();
        let mut relations = relations.unwrap_or_else(PoisonError::into_inner);
        relations.entry(place).or_default().clone()
    }

    /// Loads a relation once for all siblings, whichever of them asks first. What loads
    /// it is large, and made for that one alone: the others wait, and stay small.
    async fn shared<T: Clone + Send + Sync + 'static, F>(
        &self,
        place: Place,
        load: impl FnOnce() -> Pin<Box<F>>,
    ) -> Result<T, AccessError>
    where
        F: Future<Output = Result<T, AccessError>>,
    {
        let relation = self.relation(place);
        let loaded = relation
            .get_or_init(|| {
                let load = load();
                async { Box::new(load.await) as Box<dyn Any + Send + Sync> }
            })
            .await;
        match loaded.downcast_ref::<Result<T, AccessError>>() {
            Some(loaded) => loaded.clone(),
            None => Err(AccessError::unexpected("a relation of another type")),
        }
    }
}

/// What siblings refer to: the records, and where each key is among them.
struct Referred<E: Resource> {
    siblings: Arc<Siblings<E>>,
    places: HashMap<i64, usize>,
}

impl<E: Resource> Clone for Member<E> {
    fn clone(&self) -> Member<E> {
        self.siblings.member(self.place)
    }
}

impl<E: Resource> Member<E> {
    /// The record alone, among no others.
    pub(crate) fn single(caller: &Caller, row: Row<E>) -> Member<E> {
        Siblings::new(caller, vec![row]).member(0)
    }

    fn row(&self) -> Result<&Row<E>, AccessError> {
        let row = self.siblings.row(self.place);
        row.ok_or_else(|| AccessError::unexpected("a record that is not among its siblings"))
    }

    /// The record's key.
    pub(crate) fn key(&self) -> i64 {
        self.siblings.row(self.place).map_or(0, Row::id)
    }

    /// A column's value.
    pub(crate) fn value<T: FromDatum>(&self, column: E::Column) -> Gated<T> {
        gated(self.row().and_then(|row| row.get(column)))
    }

    /// The row, for values that need more than its column.
    pub(crate) fn with<T>(
        &self,
        read: impl FnOnce(&Row<E>) -> Result<Option<T>, AccessError>,
    ) -> Gated<T> {
        gated(self.row().and_then(read))
    }

    /// The record that a column refers to, if the caller may open it.
    pub(crate) async fn one<T: Record>(&self, ctx: &Context<'_>, column: E::Column) -> Gated<T> {
        gated(self.referred(ctx, column).await)
    }

    async fn referred<T: Record>(
        &self,
        ctx: &Context<'_>,
        column: E::Column,
    ) -> Result<Option<T>, AccessError> {
        let Some(key) = self.row()?.get::<i64>(column)? else {
            return Ok(None);
        };
        let siblings = &self.siblings;
        let load = || {
            Box::pin(async {
                let rows = Selection::<T>::of(ctx)
                    .of_rows(Rows::of(&siblings.caller))
                    .referred(&siblings.rows, column)
                    .await?;
                let (places, rows): (Vec<_>, Vec<_>) = rows
                    .into_iter()
                    .enumerate()
                    .map(|(place, (key, row))| ((key, place), row))
                    .unzip();
                Ok(Arc::new(Referred {
                    siblings: Siblings::new(&siblings.caller, rows),
                    places: places.into_iter().collect(),
                }))
            })
        };
        let referred: Arc<Referred<T::Entity>> = siblings.shared(place_of(ctx.item), load).await?;
        let place = referred.places.get(&key);
        Ok(place.map(|place| T::of(referred.siblings.member(*place))))
    }

    /// The records that refer to this one by their column `link`.
    pub(crate) async fn many<T: Record>(
        &self,
        ctx: &Context<'_>,
        link: Column<T>,
        list: Result<(Rows<T::Entity>, Paging), AccessError>,
    ) -> Gated<Connection<T>> {
        Some(self.referring(ctx, link, list).await.map_err(visible))
    }

    async fn referring<T: Record>(
        &self,
        ctx: &Context<'_>,
        link: Column<T>,
        list: Result<(Rows<T::Entity>, Paging), AccessError>,
    ) -> Result<Connection<T>, AccessError> {
        let siblings = &self.siblings;
        let load = || {
            Box::pin(async {
                let (rows, paging) = list?;
                let asked = Asked::<T>::of(ctx);
                let rows = asked.records.of_rows(rows);
                let keys: Vec<i64> = siblings.rows.iter().map(Row::id).collect();
                let pages = async {
                    match asked.page {
                        true => rows.pages_of(link, &keys, &paging.window()).await.map(Some),
                        false => Ok(None),
                    }
                };
                let totals = async {
                    match asked.total {
                        Some(total) => {
                            let exact = total == Total::Exact;
                            rows.counts_of(link, &keys, exact).await.map(Some)
                        }
                        None => Ok(None),
                    }
                };
                let (pages, totals) = tokio::try_join!(pages, totals)?;
                let connections = Connection::of_parents(&siblings.caller, &keys, pages, totals);
                Ok(Arc::new(connections))
            })
        };
        let connections: Arc<HashMap<i64, Connection<T>>> =
            siblings.shared(place_of(ctx.item), load).await?;
        let connection = connections.get(&self.key()).cloned();
        connection.ok_or_else(|| AccessError::unexpected("a parent without a page"))
    }
}
