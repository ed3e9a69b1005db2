//! A legal party: government body, public center, association, company, university, a hospital's legal person.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    term::OrganizationKind,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// What kind of party it is.
    pub kind: OrganizationKind,
    /// Unified social credit code (统一社会信用代码), 18 characters.
    pub credit_code: Option<String>,
    /// Division of its seat.
    pub division_id: Option<i64>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
}
