//! The audit trail: who did what to which record, when, by which right and from where.

mod chain;
mod reading;
mod retention;
mod right;
mod sealer;
mod verification;

use chrono::Utc;
use entity::{audit_event, enrollment, facility, program, staff_member};
use sea_orm::sea_query::{
    DynIden, Expr, ExprTrait, Func, Iden, InsertStatement, IntoIden, Query, SelectStatement,
};

use crate::{
    caller::Caller, error::AccessError, kind::Kind, statement::Plan, text, vocabulary::Action,
};

pub(crate) use right::{Gates, Right};
pub use sealer::Sealer;
pub use verification::{Fault, Verdict};

/// Where an operation comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Id of the request, under which the log has more.
    pub request: Option<String>,
    /// Network address that it came from.
    pub address: Option<String>,
}

/// What is written down.
pub(crate) struct Event<'a> {
    pub(crate) action: Action,
    pub(crate) kind: Kind,
    pub(crate) record: i64,
    pub(crate) columns: &'a [usize],
    /// Division that the record belonged to.
    pub(crate) division: i64,
    /// The bindings by which it was allowed.
    pub(crate) bindings: &'a [i64],
    pub(crate) purpose: Option<&'a str>,
    pub(crate) origin: &'a Origin,
}

impl Event<'_> {
    /// The statement that writes it down, if the condition holds.
    pub(crate) fn insert(
        &self,
        caller: &Caller,
        condition: Option<Expr>,
    ) -> Result<InsertStatement, AccessError> {
        let fields = Fields {
            user: caller.user(),
            action: self.action,
            kind: Expr::val(self.kind.name()),
            record: Expr::val(self.record),
            records: Expr::val(None::<String>),
            columns: Expr::val(names(self.kind, self.columns)),
            division: Expr::val(self.division),
            bindings: Expr::val(keys(self.bindings)),
            purpose: self.purpose,
            origin: self.origin,
        };
        fields.insert(Query::select().and_where_option(condition).take())
    }
}

/// What events are made of: of all that one statement writes the same, or what each of
/// the rows that it goes by says.
struct Fields<'a> {
    user: i64,
    action: Action,
    kind: Expr,
    record: Expr,
    records: Expr,
    columns: Expr,
    division: Expr,
    bindings: Expr,
    purpose: Option<&'a str>,
    origin: &'a Origin,
}

impl Fields<'_> {
    /// The statement that writes them down for each of the rows.
    fn insert(self, mut rows: SelectStatement) -> Result<InsertStatement, AccessError> {
        use audit_event::Column;

        let values = [
            (Column::At, Expr::val(Utc::now())),
            (Column::UserId, Expr::val(self.user)),
            (Column::Action, Expr::val(self.action.name())),
            (Column::Kind, self.kind),
            (Column::RecordId, self.record),
            (Column::Records, self.records),
            (Column::Columns, self.columns),
            (Column::DivisionId, self.division),
            (Column::Bindings, self.bindings),
            (Column::Purpose, Expr::val(self.purpose)),
            (Column::RequestId, Expr::val(self.origin.request.clone())),
            (Column::Address, Expr::val(self.origin.address.clone())),
        ];
        let mut columns = Vec::with_capacity(values.len());
        for (column, value) in values {
            columns.push(column);
            rows.expr(value);
        }
        let insert = Query::insert()
            .into_table(audit_event::Entity)
            .columns(columns)
            .select_from(rows)
            .map_err(AccessError::internal)?
            .to_owned();
        Ok(insert)
    }
}

/// Runs a statement that writes events down if the guard in it holds.
pub(crate) async fn write(caller: &Caller, mut insert: InsertStatement) -> Result<(), AccessError> {
    insert.returning_col(audit_event::Column::Id);
    let insert = text::build(caller.backend(), &insert);
    let written = caller.select_built(Plan::Kept, insert).await?;
    match written.is_empty() {
        true => Err(AccessError::Stale),
        false => Ok(()),
    }
}

/// The names of a kind's columns, separated by blanks.
fn names(kind: Kind, columns: &[usize]) -> String {
    let known = &kind.table().columns;
    let names: Vec<&str> = columns.iter().map(|column| known[*column].name).collect();
    names.join(" ")
}

/// Keys, separated by blanks.
fn keys(keys: &[i64]) -> String {
    let keys: Vec<String> = keys.iter().map(i64::to_string).collect();
    keys.join(" ")
}

/// The division whose auditors are told what happens to a record: the nation's where it
/// belongs to none.
pub(crate) fn division_of(kind: Kind, table: &DynIden) -> Expr {
    let nation = || Expr::cust("CAST(0 AS bigint)");
    let own = |column: &'static str| Expr::col((table.clone(), column));
    let or_nation = |expression: Expr| Func::coalesce([expression, nation()]).into();
    match kind {
        Kind::Division => own("id"),
        Kind::Organization => or_nation(own("division_id")),
        Kind::Person => {
            let person = || own("id");
            let staff = of_other(
                staff_member::Entity,
                staff_member::Column::AdministeredBy,
                staff_member::Column::PersonId,
                person(),
            );
            let enrolled = of_other(
                enrollment::Entity,
                enrollment::Column::DivisionId,
                enrollment::Column::PersonId,
                person(),
            );
            Func::coalesce([staff, enrolled, nation()]).into()
        }
        Kind::RoleBinding => {
            let administered_by = of_other(
                facility::Entity,
                facility::Column::AdministeredBy,
                facility::Column::Id,
                own("facility_id"),
            );
            let run_by = of_other(
                program::Entity,
                program::Column::DivisionId,
                program::Column::Id,
                own("program_id"),
            );
            Func::coalesce([own("division_id"), administered_by, run_by, nation()]).into()
        }
        _ => kind.division().map_or_else(nation, own),
    }
}

/// The column's value on the first of another table's rows that refer to this key.
fn of_other(
    table: impl Iden + 'static,
    column: impl IntoIden,
    link: impl IntoIden,
    key: Expr,
) -> Expr {
    let value: SelectStatement = Query::select()
        .expr(Func::min(Expr::col(column.into_iden())))
        .from(table.into_iden())
        .and_where(Expr::col(link.into_iden()).eq(key))
        .take();
    Expr::SubQuery(None, Box::new(value.into()))
}
