//! A module of a partnership project.

use sea_orm::entity::prelude::*;

use crate::facts::{Facts, Tie};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_module")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// Place in the order, from 1.
    pub ordinal: i32,
    /// Name.
    pub name: String,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Project("project_id")];
}
