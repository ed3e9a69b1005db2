//! Children of many parents in one statement, each parent with a page of its own.

use std::collections::HashMap;

use sea_orm::{
    DbBackend,
    sea_query::{
        DynIden, Expr, ExprTrait, Func, IntoIden, JoinType, Order as Direction, Query,
        SelectStatement,
    },
};

use crate::{
    datum::{Datum, array, json, one_of},
    error::AccessError,
    filter::Compiler,
    keyset::{Keyset, Window},
    kind::{self, Resource},
    row::{Projection, Row, name},
    rows::{List, Page, Rows},
    scope::Way,
};

const PARENT: &str = "parent";
const PAGE: &str = "page";

impl<E: Resource> Rows<E> {
    /// For each of the parents, a page of the rows whose column `link` refers to
    /// it. A row on which the link is not clear is in no page.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn pages_of(
        &self,
        link: E::Column,
        parents: &[i64],
        window: &Window,
    ) -> Result<HashMap<i64, Page<E>>, AccessError> {
        let link = kind::index::<E>(link);
        let list = self.list(Some(link));
        let mut rows: HashMap<i64, Vec<Row<E>>> = HashMap::new();
        let built = self.pages_statement(link, parents, window, &list);
        if let Some((statement, projection)) = self.settled(built).await? {
            for result in self.caller.select(&statement).await? {
                let parent = result.try_get_by_index(0)?;
                let row = projection.read(&result, 1)?;
                rows.entry(parent).or_default().push(row);
            }
        }
        let page = |parent: &i64| {
            let rows = rows.remove(parent).unwrap_or_default();
            (*parent, Page::of(rows, window, list.clone()))
        };
        Ok(parents.iter().map(page).collect())
    }

    /// For each of the parents, how many rows refer to it.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn counts_of(
        &self,
        link: E::Column,
        parents: &[i64],
    ) -> Result<HashMap<i64, i64>, AccessError> {
        let mut counts: HashMap<i64, i64> = parents.iter().map(|parent| (*parent, 0)).collect();
        let built = self.counts_statement(kind::index::<E>(link), parents);
        if let Some(statement) = self.settled(built).await? {
            for result in self.caller.select(&statement).await? {
                counts.insert(result.try_get_by_index(0)?, result.try_get_by_index(1)?);
            }
        }
        Ok(counts)
    }

    fn counts_statement(
        &self,
        link: usize,
        parents: &[i64],
    ) -> Result<Option<SelectStatement>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let (Some(mut select), Some(link)) = (self.start(&frame), frame.clear(link)) else {
            return Ok(None);
        };
        let keys = parents.iter().map(|parent| Datum::from(*parent)).collect();
        select
            .expr(link.clone())
            .expr(Func::count(Expr::cust("*")))
            .and_where(one_of(self.caller.backend(), link, keys))
            .and_where(self.guard())
            // By place: the expression's parameters would make two of it.
            .add_group_by([Expr::cust("1")]);
        self.narrow(&compiler, &frame, &mut select)?;
        Ok(Some(select))
    }

    fn pages_statement(
        &self,
        link: usize,
        parents: &[i64],
        window: &Window,
        list: &List,
    ) -> Result<Option<(SelectStatement, Projection)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let (Some(mut page), Some(link)) = (self.start(&frame), frame.clear(link)) else {
            return Ok(None);
        };
        let keyset = Keyset::resolve::<E>(&frame, &self.order)?;
        let postgres = self.caller.backend() == DbBackend::Postgres;
        page.and_where(link.eq(Expr::col(parent(postgres))));
        self.narrow(&compiler, &frame, &mut page)?;
        self.cut(&keyset, &frame, window, list, &mut page)?;
        keyset.order(&mut page, frame.raw(0), window.backward);
        page.limit(window.size + 1);

        let keys: Vec<Datum> = parents.iter().map(|parent| Datum::from(*parent)).collect();
        let mut select = Query::select();
        select.expr(Expr::col(parent(postgres)));
        let projection = if postgres {
            let projection = Projection::new(&frame, &self.columns, keyset.key());
            projection.select(&mut page);
            for number in 0..projection.expressions.len() {
                select.column((PAGE, name(number)));
            }
            select
                .from_function(Func::cust("unnest").arg(array(keys)), PARENT)
                .join_lateral(JoinType::InnerJoin, page, PAGE, Expr::cust("TRUE"));
            let value = keyset.key().map(|_| Expr::col((PAGE, name(1))));
            let id = Expr::col((PAGE, name(0)));
            select.order_by_expr(Expr::col(parent(postgres)), Direction::Asc);
            keyset.order_by(&mut select, value, id, window.backward);
            projection
        } else {
            page.expr(frame.raw(0));
            let outer = compiler.frame(E::KIND, Way::Listed);
            let keyset = Keyset::resolve::<E>(&outer, &self.order)?;
            let projection = Projection::new(&outer, &self.columns, keyset.key());
            projection.select(&mut select);
            select
                .from_function(Func::cust("json_each").arg(json(&keys)), PARENT)
                .join_as(
                    JoinType::InnerJoin,
                    E::KIND.table().name,
                    outer.table.clone(),
                    outer.raw(0).in_subquery(page),
                );
            select.order_by_expr(Expr::col(parent(postgres)), Direction::Asc);
            keyset.order(&mut select, outer.raw(0), window.backward);
            projection
        };
        select.and_where(self.guard());
        Ok(Some((select, projection)))
    }
}

/// The parents' keys: a function's only column bears the function's alias on
/// PostgreSQL, and the name `value` on SQLite.
fn parent(postgres: bool) -> (DynIden, DynIden) {
    let column = if postgres { PARENT } else { "value" };
    (PARENT.into_iden(), column.into_iden())
}
