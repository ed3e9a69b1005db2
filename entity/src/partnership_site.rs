//! A facility that takes part in a partnership project.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partnership_site")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The project.
    pub project_id: i64,
    /// The facility.
    pub facility_id: i64,
    /// The facility's administering division, kept equal by a composite foreign key.
    pub administered_by: i64,
    /// The facility's location, kept equal by a composite foreign key.
    pub located_in: i64,
    /// Day of joining.
    pub joined_on: Option<Date>,
}

crate::entity!(read);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Division("administered_by")];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::PartnershipProject, "project_id"),
        Link::to(Kind::Facility, "facility_id").copying(&[
            ("administered_by", "administered_by"),
            ("located_in", "located_in"),
        ]),
    ];
}
