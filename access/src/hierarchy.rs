//! Keys that hang on a target: a division's ancestors, a facility's managed
//! ones, a program's and a project's tree. They are subselects, read in the
//! statement that needs them, so that no decision holds a copy that goes stale.

use entity::{division, facility};
use sea_orm::sea_query::{
    CommonTableExpression, DynIden, Expr, ExprTrait, IntoIden, JoinType, Query, SelectStatement,
    UnionType, WithClause,
};

use crate::kind::Kind;

/// The facilities that `manager` runs as branches or manages in integration.
pub(crate) fn managed_by(manager: i64) -> SelectStatement {
    let run_by = |column: facility::Column| {
        Query::select()
            .column(facility::Column::Id)
            .from(facility::Entity)
            .and_where(Expr::col(column).eq(manager))
            .take()
    };
    run_by(facility::Column::BranchOf)
        .union(UnionType::All, run_by(facility::Column::IntegratedUnder))
        .take()
}

/// The program and all below it.
pub(crate) fn programs_under(root: i64) -> SelectStatement {
    below(Kind::Program, "parent_id", root)
}

/// The partnership project and all below it.
pub(crate) fn projects_under(root: i64) -> SelectStatement {
    below(Kind::PartnershipProject, "parent_id", root)
}

/// The record and all that hang on it by a column that refers to records of its own kind.
pub(crate) fn below(kind: Kind, parent: &'static str, key: i64) -> SelectStatement {
    let table = kind.table();
    let (name, id) = (table.name, table.columns[0].name);
    let start = Query::select()
        .column(id)
        .from(name)
        .and_where(Expr::col(id).eq(key))
        .take();
    descend(start, name.into_iden(), id.into_iden(), parent.into_iden())
}

/// The division with this key and all above it.
pub(crate) fn ancestors(key: i64) -> SelectStatement {
    ascend(Expr::col(division::Column::Id).eq(key))
}

/// The division that administers this facility and all above it.
pub(crate) fn ancestors_of_facility(id: i64) -> SelectStatement {
    let own = Query::select()
        .column(facility::Column::AdministeredBy)
        .from(facility::Entity)
        .and_where(Expr::col(facility::Column::Id).eq(id))
        .take();
    ascend(Expr::col(division::Column::Id).in_subquery(own))
}

const TREE: &str = "tree";
const NODE: &str = "node";

fn descend(
    start: SelectStatement,
    table: DynIden,
    id: DynIden,
    parent: DynIden,
) -> SelectStatement {
    let step = Query::select()
        .column((NODE, id.clone()))
        .from_as(table.clone(), NODE)
        .join(
            JoinType::InnerJoin,
            TREE,
            Expr::col((NODE, parent)).equals((TREE, id.clone())),
        )
        .take();
    recursive(start, step, std::slice::from_ref(&id), id.clone())
}

fn ascend(start: Expr) -> SelectStatement {
    let (id, parent) = (
        division::Column::Id.into_iden(),
        division::Column::ParentId.into_iden(),
    );
    let start = Query::select()
        .columns([division::Column::Id, division::Column::ParentId])
        .from(division::Entity)
        .and_where(start)
        .take();
    let step = Query::select()
        .column((NODE, id.clone()))
        .column((NODE, parent.clone()))
        .from_as(division::Entity, NODE)
        .join(
            JoinType::InnerJoin,
            TREE,
            Expr::col((NODE, id.clone())).equals((TREE, parent.clone())),
        )
        .take();
    recursive(start, step, &[id.clone(), parent], id)
}

/// `UNION` rather than `UNION ALL`: a cycle in the data ends the recursion.
fn recursive(
    mut start: SelectStatement,
    step: SelectStatement,
    columns: &[DynIden],
    wanted: DynIden,
) -> SelectStatement {
    let tree = CommonTableExpression::new()
        .table_name(TREE)
        .columns(columns.iter().cloned())
        .query(start.union(UnionType::Distinct, step).take())
        .to_owned();
    let with = WithClause::new().recursive(true).cte(tree).to_owned();
    let found = Query::select()
        .column((TREE, wanted.clone()))
        .from(TREE)
        .with_cte(with)
        .take();
    // Wrapped, since SQLite takes no WITH inside a union.
    Query::select()
        .column((NODE, wanted))
        .from_subquery(found, NODE)
        .take()
}
