//! An activity of a partnership project.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    term::ActivityKind,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_activity")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// Module that it belongs to, of the same project.
    pub module_id: Option<i64>,
    /// Kind.
    pub kind: ActivityKind,
    /// Title.
    pub name: String,
    /// Day.
    pub held_on: Date,
    /// Place.
    pub place: String,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Project("project_id")];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::PartnershipProject, "project_id"),
        Link::to(Kind::PartnershipModule, "module_id"),
    ];
}
