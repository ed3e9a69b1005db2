//! A program that trains or places people; programs form trees.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    term::{ProgramKind, ProgramTier},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "program")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Program that it is part of.
    pub parent_id: Option<i64>,
    /// Short code, unique in its division.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: ProgramKind,
    /// Place in the tree.
    pub tier: ProgramTier,
    /// Organization that hosts it.
    pub host_id: i64,
    /// Division that runs it.
    pub division_id: i64,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// Persons aimed at.
    pub target: Option<i32>,
    /// Partnership project that supports it; one at most.
    pub supported_by: Option<i64>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Division("division_id"), Tie::Above("division_id")];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::Program, "parent_id").carrying("parent_id"),
        Link::to(Kind::Organization, "host_id"),
        Link::to(Kind::Division, "division_id"),
        Link::to(Kind::PartnershipProject, "supported_by"),
    ];
    const PERIODS: &'static [(&'static str, &'static str)] = &[("starts_on", "ends_on")];
}
