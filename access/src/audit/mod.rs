//! The audit trail: who did what to which record, when, by which right and from where.

mod chain;
mod retention;
mod sealer;
mod verification;

use chrono::Utc;
use entity::{audit_event, enrollment, facility, program, staff_member};
use sea_orm::sea_query::{
    DynIden, Expr, ExprTrait, Func, Iden, InsertStatement, IntoIden, Query, SelectStatement,
};

use crate::{caller::Caller, error::AccessError, kind::Kind, vocabulary::Action};

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
        use audit_event::Column;

        let table = self.kind.table();
        let columns = self
            .columns
            .iter()
            .map(|column| table.columns[*column].name);
        let columns: Vec<&str> = columns.collect();
        let bindings: Vec<String> = self.bindings.iter().map(i64::to_string).collect();
        let values: [(Column, Expr); 11] = [
            (Column::At, Expr::val(Utc::now())),
            (Column::UserId, Expr::val(caller.user())),
            (Column::Action, Expr::val(self.action.name())),
            (Column::Kind, Expr::val(self.kind.name())),
            (Column::RecordId, Expr::val(self.record)),
            (Column::Columns, Expr::val(columns.join(" "))),
            (Column::DivisionId, Expr::val(self.division)),
            (Column::Bindings, Expr::val(bindings.join(" "))),
            (Column::Purpose, Expr::val(self.purpose)),
            (Column::RequestId, Expr::val(self.origin.request.clone())),
            (Column::Address, Expr::val(self.origin.address.clone())),
        ];
        let mut event = Query::select();
        let mut names = Vec::with_capacity(values.len());
        for (column, value) in values {
            names.push(column);
            event.expr(value);
        }
        if let Some(condition) = condition {
            event.and_where(condition);
        }
        let insert = Query::insert()
            .into_table(audit_event::Entity)
            .columns(names)
            .select_from(event)
            .map_err(AccessError::internal)?
            .to_owned();
        Ok(insert)
    }
}

/// The division whose auditors are told what happens to a record: the nation's where it
/// belongs to none.
pub(crate) fn division_of(kind: Kind, table: &DynIden) -> Expr {
    let nation = || Expr::cust("CAST(0 AS bigint)");
    let own = |column: &'static str| Expr::col((table.clone(), column));
    let or_nation = |expression: Expr| Func::coalesce([expression, nation()]).into();
    match kind {
        Kind::Division => own("id"),
        Kind::Facility | Kind::StaffMember | Kind::Employment | Kind::PartnershipSite => {
            own("administered_by")
        }
        Kind::Program | Kind::Stage | Kind::Enrollment => own("division_id"),
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
        Kind::PartnershipProject
        | Kind::PartnershipParty
        | Kind::PartnershipModule
        | Kind::PartnershipActivity
        | Kind::User
        | Kind::PolicyRule => nation(),
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
