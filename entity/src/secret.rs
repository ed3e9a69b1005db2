//! Random keys of this database, made when it is.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secret")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What the key is for.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The key.
    pub value: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
