//! The loading of data that goes table by table: one row, if any.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seeding")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// How much data, by the name that the command has for it.
    pub scale: String,
    /// Whether all of it is there.
    pub finished: bool,
}

crate::entity!(read);
