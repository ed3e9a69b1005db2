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
    count::Count,
    datum::{Datum, array, json, one_of},
    error::AccessError,
    filter::Compiler,
    keyset::{Keyset, Window},
    kind::{self, Resource},
    page::{List, Page},
    projection::{Projection, name},
    reference::{PAGE, PARENT, Reading},
    row::Row,
    rows::Rows,
    scope::Way,
};

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
        if let Some(Reading {
            select, projection, ..
        }) = self.settled(built).await?
        {
            for result in self.caller.select(self.plan(), &select).await? {
                let parent = result.try_get_by_index(0)?;
                let row = projection.read(&result, 1, &self.caller)?;
                rows.entry(parent).or_default().push(row.into());
            }
        }
        let page = |parent: &i64| {
            let rows = rows.remove(parent).unwrap_or_default();
            (*parent, Page::of(rows, window, list.clone()))
        };
        Ok(parents.iter().map(page).collect())
    }

    /// For each of the parents, how many rows refer to it: where it need not be `exact`,
    /// no more than 10,000 of each are counted.
    ///
    /// # Errors
    /// As [`Rows::page`].
    pub async fn counts_of(
        &self,
        link: E::Column,
        parents: &[i64],
        exact: bool,
    ) -> Result<HashMap<i64, Count>, AccessError> {
        let none = |parent: &i64| (*parent, Count::Exactly(0));
        let mut counts: HashMap<i64, Count> = parents.iter().map(none).collect();
        let built = self.counts_statement(kind::index::<E>(link), parents, exact);
        if let Some((statement, most)) = self.settled(built).await? {
            for result in self.caller.select(self.plan(), &statement).await? {
                let count = Count::of(result.try_get_by_index(1)?, most);
                counts.insert(result.try_get_by_index(0)?, count);
            }
        }
        Ok(counts)
    }

    /// The statement and, where it stops counting, at how many.
    fn counts_statement(
        &self,
        link: usize,
        parents: &[i64],
        exact: bool,
    ) -> Result<Option<(SelectStatement, Option<i64>)>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let (Some(mut select), Some(link)) = (frame.rows(), frame.clear(link)) else {
            return Ok(None);
        };
        select.and_where_option(self.condition(&compiler, &frame)?);
        let keys: Vec<Datum> = parents.iter().map(|parent| Datum::from(*parent)).collect();
        if exact {
            select
                .expr(link.clone())
                .expr(Func::count(Expr::cust("*")))
                .and_where(one_of(self.caller.backend(), link, keys))
                .and_where(self.guard())
                // By place: the expression's parameters would make two of it.
                .add_group_by([Expr::cust("1")]);
            return Ok(Some((select, None)));
        }
        let (postgres, mut counts) = self.parents(keys);
        let parent = Expr::col(parent(postgres));
        select.and_where(link.eq(parent.clone()));
        counts
            .expr(parent)
            .expr(Expr::SubQuery(None, Box::new(Count::capped(select).into())))
            .and_where(self.guard());
        Ok(Some((counts, Some(Count::CAP))))
    }

    /// A statement over parents' keys.
    fn parents(&self, keys: Vec<Datum>) -> (bool, SelectStatement) {
        let postgres = self.caller.backend() == DbBackend::Postgres;
        let function = if postgres {
            Func::cust("unnest").arg(array(keys))
        } else {
            Func::cust("json_each").arg(json(&keys))
        };
        let select = Query::select().from_function(function, PARENT).take();
        (postgres, select)
    }

    fn pages_statement(
        &self,
        link: usize,
        parents: &[i64],
        window: &Window,
        list: &List,
    ) -> Result<Option<Reading>, AccessError> {
        let compiler = Compiler::new(&self.caller);
        let frame = compiler.frame(E::KIND, Way::Listed);
        let (Some(mut page), Some(link)) = (frame.rows(), frame.clear(link)) else {
            return Ok(None);
        };
        let keyset = Keyset::resolve::<E>(&frame, &self.order)?;
        let keys: Vec<Datum> = parents.iter().map(|parent| Datum::from(*parent)).collect();
        let (postgres, mut select) = self.parents(keys);
        page.and_where(link.eq(Expr::col(parent(postgres))));
        page.and_where_option(self.condition(&compiler, &frame)?);
        for cut in self.cuts(&keyset, &frame, window, list)? {
            page.and_where(cut);
        }
        keyset.order(&mut page, frame.raw(0), window.backward);
        page.limit(window.most());

        select.expr_as(Expr::col(parent(postgres)), PARENT);
        select.order_by_expr(Expr::col(parent(postgres)), Direction::Asc);
        let (keyset, projection) = if postgres {
            let projection = Projection::new(&frame, &self.columns, keyset.key());
            projection.select(&mut page);
            for number in 0..projection.expressions.len() {
                select.column((PAGE, name(number)));
            }
            select.join_lateral(JoinType::InnerJoin, page, PAGE, Expr::cust("TRUE"));
            let value = keyset.key().map(|_| Expr::col((PAGE, name(1))));
            let id = Expr::col((PAGE, name(0)));
            keyset.order_by(&mut select, value, id, window.backward);
            (keyset, projection)
        } else {
            page.expr(frame.raw(0));
            let outer = compiler.frame(E::KIND, Way::Listed);
            let keyset = Keyset::resolve::<E>(&outer, &self.order)?;
            let projection = Projection::new(&outer, &self.columns, keyset.key());
            projection.select(&mut select);
            select.join_as(
                JoinType::InnerJoin,
                E::KIND.table().name,
                outer.table.clone(),
                outer.raw(0).in_subquery(page),
            );
            keyset.order(&mut select, outer.raw(0), window.backward);
            (keyset, projection)
        };
        select.and_where(self.guard());
        let reading = Reading {
            select,
            projection,
            order: Some((keyset, window.backward)),
            of_parents: true,
        };
        Ok(Some(reading.bring(
            &self.references,
            &compiler,
            self.caller.backend(),
        )))
    }
}

/// The parents' keys: a function's only column bears the function's alias on
/// PostgreSQL, and the name `value` on SQLite.
fn parent(postgres: bool) -> (DynIden, DynIden) {
    let column = if postgres { PARENT } else { "value" };
    (PARENT.into_iden(), column.into_iden())
}
