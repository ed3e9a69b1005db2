//! A node of the administrative tree. Its key is the lower bound of its interval, so that a subtree is one range of keys.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    term::{DivisionKind, DivisionLevel},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "division")]
pub struct Model {
    /// Lower bound of the node's interval: the code padded to 12 digits, then the level's digit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Upper bound of the interval, inclusive: every descendant's key lies within.
    pub last: i64,
    /// Statistical code at its native length (2, 4, 6 or 9 digits); `0` for the nation. Nodes that the statistics don't list carry a code from a gap.
    pub code: String,
    /// Name, in Chinese.
    pub name: String,
    /// Tier in the tree.
    pub level: DivisionLevel,
    /// What kind of node it is.
    pub kind: DivisionKind,
    /// Key of the parent; none for the nation.
    pub parent_id: Option<i64>,
    /// Village-level units of a township; none above that level.
    pub village_count: Option<i32>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
}
