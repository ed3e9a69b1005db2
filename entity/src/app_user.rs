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
    pub issuer: String,
    /// Subject of the tokens (`sub`).
    pub subject: String,
    /// Name to show.
    pub name: String,
    /// The organization that the user acts for.
    pub organization_id: Option<i64>,
    /// A user that is not active is refused.
    pub active: bool,
    /// Raised by a trigger whenever one of the user's bindings changes.
    pub binding_epoch: i64,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
    const LINKS: &'static [Link] = &[Link::to(Kind::Organization, "organization_id")];
}
