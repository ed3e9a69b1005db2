//! Someone who may call: an (issuer, subject) pair of a token.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "app_user")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Issuer of the tokens (`iss`).
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    /// Subject of the tokens (`sub`).
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Name to show.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The organization that the user acts for.
    pub organization_id: Option<i64>,
    /// A user that is not active is refused.
    pub active: bool,
    /// Raised by a trigger whenever one of the user's bindings changes.
    pub binding_epoch: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
    const LINKS: &'static [Link] = &[Link::to(Kind::Organization, "organization_id")];
}
