//! A person: staff, student or expert.

use sea_orm::entity::prelude::*;

use crate::term::Sex;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Sex.
    pub sex: Sex,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
