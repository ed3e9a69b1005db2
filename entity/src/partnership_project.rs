//! A public-private partnership project; line, project and edition form a tree.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    term::{AgreementKind, ProjectTier},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_project")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Project that it is part of.
    pub parent_id: Option<i64>,
    /// Name.
    pub name: String,
    /// Place in the tree.
    pub tier: ProjectTier,
    /// Kind of agreement.
    pub agreement_kind: AgreementKind,
    /// Day of signing, where the source gives it.
    pub signed_on: Option<Date>,
    /// Where it was signed.
    pub signed_at: Option<String>,
    /// Last day of the agreement.
    pub agreement_ends_on: Option<Date>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Project("id")];
    const LINKS: &'static [Link] =
        &[Link::to(Kind::PartnershipProject, "parent_id").carrying("parent_id")];
    const PERIODS: &'static [(&'static str, &'static str)] = &[("signed_on", "agreement_ends_on")];
}
