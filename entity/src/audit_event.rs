//! Who did what to which record.

use sea_orm::entity::prelude::*;

use crate::facts::{Facts, Tie};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Key of the event, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Key of the account that acted.
    pub user_id: i64,
    /// What it did, by the policy's name for it.
    pub action: String,
    /// Kind of the record, by the policy's name for it.
    pub kind: String,
    /// Key of the record; of the first, where there are several.
    pub record_id: i64,
    /// Where there are several, the keys of all, each between two blanks.
    pub records: Option<String>,
    /// The columns, separated by blanks.
    pub columns: String,
    /// Division that the record belonged to; the nation's where it has none.
    pub division_id: i64,
    /// Keys of the bindings by which it was allowed, separated by blanks.
    pub bindings: String,
    /// What for, in the words of who acted.
    pub purpose: Option<String>,
    /// Id of the request, under which the log has more.
    pub request_id: Option<String>,
    /// Network address that the request came from.
    pub address: Option<String>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Division("division_id")];
}
