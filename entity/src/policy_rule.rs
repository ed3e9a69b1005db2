//! One line of the Casbin policy.

use sea_orm::entity::prelude::*;

use crate::facts::{Facts, Tie};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_rule")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Section of the line: `p`, `g` or `g2`.
    #[sea_orm(column_type = "Text")]
    pub ptype: String,
    /// First value.
    #[sea_orm(column_type = "Text")]
    pub v0: String,
    /// Second value.
    #[sea_orm(column_type = "Text")]
    pub v1: String,
    /// Third value.
    #[sea_orm(column_type = "Text", nullable)]
    pub v2: Option<String>,
    /// Fourth value.
    #[sea_orm(column_type = "Text", nullable)]
    pub v3: Option<String>,
    /// Fifth value.
    #[sea_orm(column_type = "Text", nullable)]
    pub v4: Option<String>,
    /// Sixth value.
    #[sea_orm(column_type = "Text", nullable)]
    pub v5: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
}
