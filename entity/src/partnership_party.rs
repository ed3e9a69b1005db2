//! An organization's part in a partnership project.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    term::PartyRole,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_party")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The organization.
    pub organization_id: i64,
    /// Its role.
    pub role: PartyRole,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Project("project_id")];
}
