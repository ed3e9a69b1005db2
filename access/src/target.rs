//! Records that a change has another refer to.

use entity::{
    division,
    employment::{self, Column},
    term::DivisionKind,
};
use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, Query, SelectStatement};

use crate::{
    arm::Decision,
    caller::Caller,
    cover::{Rule, rule},
    filter::Compiler,
    hierarchy::below,
    kind::{ACTIVE, Kind, index},
    link::Link,
    scope::Way,
};

/// Gives a row if the record is there, in use, and the caller's to open; nothing where
/// none is.
pub(crate) fn is_open(caller: &Caller, link: &Link, key: i64) -> Option<SelectStatement> {
    let compiler = Compiler::new(caller);
    let frame = compiler.frame(link.kind, Way::Opened);
    let mut target = frame.rows()?;
    target.expr(Expr::cust("1")).and_where(frame.raw(0).eq(key));
    if let Some(active) = link.kind.table().index(ACTIVE) {
        target.and_where(frame.raw(active));
    }
    if link.kind == Kind::Division {
        // Placeholders only group others.
        let kind = Expr::col((frame.table.clone(), division::Column::Kind));
        target.and_where(kind.ne(DivisionKind::Placeholder));
    }
    Some(target)
}

/// Gives a row if the decision covers the record; nothing where it covers none.
pub(crate) fn is_covered(link: &Link, key: i64, decision: &Decision) -> Option<SelectStatement> {
    let table = link.kind.table();
    let name: DynIden = table.name.into_iden();
    let mut target = Query::select();
    target
        .expr(Expr::cust("1"))
        .from(table.name)
        .and_where(Expr::col((name.clone(), table.columns[0].name)).eq(key));
    match rule(link.kind, &name, decision) {
        Rule::All => Some(target),
        Rule::None => None,
        Rule::Where(covered) => Some(target.and_where(covered).take()),
    }
}

/// Gives a row if the employment is a main one without a last day, as far as the caller
/// reads that; nothing where they read it of none.
pub(crate) fn lasts(caller: &Caller, link: &Link, key: i64) -> Option<SelectStatement> {
    let compiler = Compiler::new(caller);
    let frame = compiler.frame(link.kind, Way::Opened);
    let [main, ended_on] = [Column::Main, Column::EndedOn].map(index::<employment::Entity>);
    let without_end = frame.raw(ended_on).is_null();
    let without_end = frame.view.gates[ended_on].guard(link.kind, &frame.table, without_end)?;
    let is_main = frame.clear(main)?;
    let mut target = frame.rows()?;
    target
        .expr(Expr::cust("1"))
        .and_where(frame.raw(0).eq(key))
        .and_where(is_main)
        .and_where(without_end);
    Some(target)
}

/// Gives a row if `other` is the record itself or hangs on it by this link.
pub(crate) fn is_below(link: &Link, key: i64, other: i64) -> SelectStatement {
    let table = link.kind.table();
    Query::select()
        .expr(Expr::cust("1"))
        .from(table.name)
        .and_where(Expr::col(table.columns[0].name).eq(other))
        .and_where(Expr::col(table.columns[0].name).in_subquery(below(link.kind, link.column, key)))
        .take()
}
