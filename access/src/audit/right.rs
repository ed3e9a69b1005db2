//! By which right a caller is told of a record, and whose auditors are told so.

use std::collections::HashMap;

use sea_orm::sea_query::Query;

use super::division_of;
use crate::{
    caller::Caller,
    cover::{Rule, rule},
    datum::{Datum, one_of},
    error::AccessError,
    filter::Compiler,
    gate::Gate,
    guard::guard,
    kind::Kind,
    scope::{View, Way, opened},
    statement::Plan,
};

/// What allows a caller to have some columns of a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Right {
    /// The division that the record belongs to.
    pub(crate) division: i64,
    /// The bindings by each of which alone some of the columns may be had.
    pub(crate) bindings: Vec<i64>,
}

/// Which of a column's gates lead to it.
pub(crate) type Gates = for<'a> fn(&'a View, usize) -> Vec<&'a Gate>;

impl Right {
    /// Those to have these columns of records of a kind, by the records' keys.
    pub(crate) async fn to(
        caller: &Caller,
        kind: Kind,
        keys: &[i64],
        columns: &[usize],
        gates: Gates,
    ) -> Result<HashMap<i64, Right>, AccessError> {
        let policy = caller.policy().await?;
        let (scope, backend) = (caller.scope(), caller.backend());
        let frame = Compiler::new(caller).frame(kind, Way::Opened);
        let (table, key) = (&frame.table, frame.raw(0));
        let among = keys.iter().copied().map(Datum::from).collect();
        let mut select = Query::select();
        select
            .expr(key.clone())
            .expr(division_of(kind, table))
            .from_as(kind.table().name, table.clone())
            .and_where(one_of(backend, key, among))
            .and_where(guard(scope, backend));
        for binding in &scope.bindings {
            let view = opened(kind, scope.user, &[binding], &policy);
            let had = columns.iter().flat_map(|column| gates(&view, *column));
            let had = had.map(|gate| gate.condition(kind, table));
            let had = had.fold(Rule::None, Rule::or);
            select.expr(rule(kind, table, &view.rows).and(had).flag());
        }
        let mut rights = HashMap::new();
        for row in caller.select(Plan::Kept, &select).await? {
            let mut bindings = Vec::new();
            for (place, binding) in (2..).zip(&scope.bindings) {
                if row.try_get_by_index::<i32>(place)? == 1 {
                    bindings.push(binding.id);
                }
            }
            let division = row.try_get_by_index(1)?;
            rights.insert(row.try_get_by_index(0)?, Right { division, bindings });
        }
        Ok(rights)
    }
}
