//! A role that a user holds at exactly one target, for a time.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_binding")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The user.
    pub user_id: i64,
    /// Role, without the policy's prefix.
    pub role: String,
    /// Target: a division.
    pub division_id: Option<i64>,
    /// Target: a facility.
    pub facility_id: Option<i64>,
    /// Target: a program.
    pub program_id: Option<i64>,
    /// Target: a partnership project.
    pub partnership_id: Option<i64>,
    /// First instant in force; none means always so far.
    pub valid_from: Option<DateTimeUtc>,
    /// First instant no longer in force; none means without end.
    pub valid_until: Option<DateTimeUtc>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::User, "user_id"),
        Link::to(Kind::Division, "division_id"),
        Link::to(Kind::Facility, "facility_id"),
        Link::to(Kind::Program, "program_id"),
        Link::to(Kind::PartnershipProject, "partnership_id"),
    ];
}
