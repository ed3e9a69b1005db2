//! Random keys of this database, made when it is.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secret")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What the key is for.
    pub name: String,
    /// The key.
    pub value: Vec<u8>,
}

crate::entity!(read);
