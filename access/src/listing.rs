//! A page's statement: where rows are covered in several ways, each way gives a page of
//! its own, read in an index's order, and the page is the start of all of these together.

use sea_orm::{
    DbBackend,
    sea_query::{
        CommonTableExpression, DynIden, Expr, ExprTrait, Func, JoinType, Query, SelectStatement,
        UnionType, WithClause,
    },
};

use crate::{
    cover::Part,
    expression::truth,
    frame::Frame,
    keyset::Keyset,
    projection::{Projection, name},
};

/// What every part of a page has in common.
pub(crate) struct Listing<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) keyset: Keyset,
    pub(crate) projection: Projection,
    pub(crate) conditions: Vec<Expr>,
    pub(crate) backward: bool,
    pub(crate) most: u64,
    pub(crate) backend: DbBackend,
}

const KEYS: &str = "keys";
const KEY: &str = "key";
const PART: &str = "part";

impl Listing<'_> {
    /// The page of a statement over the table that selects nothing yet.
    pub(crate) fn page(&self, select: SelectStatement) -> SelectStatement {
        let mut page = self.narrowed(select);
        self.projection.select(&mut page);
        self.cut(page)
    }

    /// The same by way of the page's keys. For an order of the client's own more rows may
    /// have to be looked at than the page gives: an index that holds what filter and order
    /// are about is enough for that, and the records follow of those that are left.
    pub(crate) fn page_by_keys(&self, select: SelectStatement) -> SelectStatement {
        let frame = &self.frame;
        let keys = self.cut(self.narrowed(select)).expr(frame.raw(0)).take();
        let mut page = frame.rows_of(self.one_of(keys));
        self.projection.select(&mut page);
        self.keyset.order(&mut page, frame.raw(0), self.backward);
        page
    }

    /// The page of what the parts cover.
    pub(crate) fn of_parts(&self, parts: Vec<Part>) -> SelectStatement {
        let parts = parts.into_iter().map(|part| {
            // Each within another: SQLite takes no LIMIT inside a union.
            let mut select = Query::select();
            select.expr(Expr::cust("*"));
            select.from_subquery(self.part(part), PART);
            select
        });
        let union = |mut before: SelectStatement, next| {
            // A row of two parts is one.
            before.union(UnionType::Distinct, next).take()
        };
        let mut page = Query::select();
        for number in 0..self.projection.expressions.len() {
            page.column(name(number));
        }
        page.from_subquery(parts.reduce(union).unwrap_or_default(), PART);
        let value = self.keyset.key().map(|_| Expr::col(name(1)));
        self.keyset
            .order_by(&mut page, value, Expr::col(name(0)), self.backward);
        page.limit(self.most);
        page
    }

    fn part(&self, part: Part) -> SelectStatement {
        let frame = &self.frame;
        let covered = match part {
            Part::Among {
                column,
                keys,
                condition,
            } if column != frame.key() => return self.of_keys(column, *keys, condition),
            Part::Rest(condition) => {
                self.one_of(frame.rows_of(condition).expr(frame.raw(0)).take())
            }
            part => part.whole(&frame.table),
        };
        self.page(frame.rows_of(covered))
    }

    /// The rows of few keys, which an index holds and which are looked up one by one,
    /// however many of them a plan for any values expects.
    fn one_of(&self, keys: SelectStatement) -> Expr {
        let key = self.frame.raw(0);
        if self.backend != DbBackend::Postgres {
            return key.in_subquery(keys);
        }
        let keys = Func::cust("ARRAY").arg(Expr::SubQuery(None, Box::new(keys.into())));
        key.eq(Func::cust("ANY").arg(keys))
    }

    /// A page for each key that rows refer to: none reads more rows than it gives. That
    /// they are those of one key is said as a range, and the column comes first in their
    /// order: an index that begins with it is then the only one in this order. PostgreSQL
    /// takes all keys for equally frequent, and would go through the records by their own
    /// keys, past those of all others, to find the few of a rare one.
    fn of_keys(
        &self,
        column: DynIden,
        keys: SelectStatement,
        condition: Option<Expr>,
    ) -> SelectStatement {
        let frame = &self.frame;
        let column = Expr::col((frame.table.clone(), column));
        let key = || Expr::col((KEYS, KEY));
        let mut rows = frame.rows_of(column.clone().between(key(), key()));
        rows.and_where_option(condition)
            .order_by_expr(column, self.keyset.direction(self.backward));
        let mut pages = Query::select();
        let each = Query::select().distinct().column(KEY).from(KEYS).take();
        pages.from_subquery(each, KEYS);
        let keys = CommonTableExpression::new()
            .table_name(KEYS)
            .column(KEY)
            .query(keys)
            .to_owned();
        pages.with_cte(WithClause::new().cte(keys).to_owned());
        let mut page = self.cut(self.narrowed(rows));
        page.expr_as(frame.raw(0), name(0));
        if self.backend == DbBackend::Postgres {
            let value = self.keyset.key().map(|key| {
                page.expr_as(key.value.clone(), name(1));
                Expr::col((PART, name(1)))
            });
            let key = || Expr::col((PART, name(0)));
            pages.expr(key());
            pages.join_lateral(JoinType::InnerJoin, page, PART, truth());
            // Of all the pages' records only those of this one are read as a whole.
            self.keyset
                .order_by(&mut pages, value, key(), self.backward);
            pages = frame.rows_of(self.one_of(pages.limit(self.most).take()));
        } else {
            let within = frame.raw(0).in_subquery(page);
            let table = frame.kind.table().name;
            pages.join_as(JoinType::InnerJoin, table, frame.table.clone(), within);
        }
        self.projection.select(&mut pages);
        pages
    }

    fn narrowed(&self, mut select: SelectStatement) -> SelectStatement {
        for condition in &self.conditions {
            select.and_where(condition.clone());
        }
        select
    }

    fn cut(&self, mut select: SelectStatement) -> SelectStatement {
        self.keyset
            .order(&mut select, self.frame.raw(0), self.backward);
        select.limit(self.most);
        select
    }
}
