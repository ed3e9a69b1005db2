//! An ordered stage of a program.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stage")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The program.
    pub program_id: i64,
    /// The program's division, kept equal by a composite foreign key.
    pub division_id: i64,
    /// Place in the order, from 1.
    pub ordinal: i32,
    /// Name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
