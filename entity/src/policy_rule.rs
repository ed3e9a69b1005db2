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
    pub ptype: String,
    /// First value.
    pub v0: String,
    /// Second value.
    pub v1: String,
    /// Third value.
    pub v2: Option<String>,
    /// Fourth value.
    pub v3: Option<String>,
    /// Fifth value.
    pub v4: Option<String>,
    /// Sixth value.
    pub v5: Option<String>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
}
