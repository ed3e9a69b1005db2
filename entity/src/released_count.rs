//! A count of a release: how many records of a kind a division had of a term.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "released_count")]
pub struct Model {
    /// Key of the count, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The release.
    pub year: i32,
    /// Kind of the records, by the policy's name for it.
    pub kind: String,
    /// Column that they are told apart by.
    pub dimension: String,
    /// Level of the divisions, from the nation's 0 to a county's 3.
    pub level: i32,
    /// Partnership project that supports what is counted; none where all is.
    pub project_id: Option<i64>,
    /// The division, or one above the level: what belongs to it as a whole.
    pub division_id: i64,
    /// The term.
    pub term: String,
    /// How many; none where it is withheld.
    pub count: Option<i64>,
}

crate::entity!(read);
