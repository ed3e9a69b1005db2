//! A health facility, with the two divisions that it belongs to.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    term::{FacilityClass, FacilityLevel, FacilityType, SponsorBody},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "facility")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Name.
    pub name: String,
    /// Type.
    pub facility_type: FacilityType,
    /// Assessed level.
    pub level: FacilityLevel,
    /// Class within the level.
    pub class: FacilityClass,
    /// Body that runs it.
    pub sponsor_body: SponsorBody,
    /// 属地: division where it stands; drives statistics.
    pub located_in: i64,
    /// 隶属: division or authority that administers it; drives record rights.
    pub administered_by: i64,
    /// Its legal person.
    pub organization_id: Option<i64>,
    /// Facility that runs it as a branch.
    pub branch_of: Option<i64>,
    /// Township center under whose integrated management (一体化管理) it stands.
    pub integrated_under: Option<i64>,
    /// Beds approved.
    pub beds_approved: Option<i32>,
    /// Beds in use.
    pub beds_actual: Option<i32>,
    /// Day of opening.
    pub opened_on: Option<Date>,
    /// Day of closing; none while open.
    pub closed_on: Option<Date>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Division("administered_by"), Tie::Place("located_in")];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::Division, "located_in"),
        Link::to(Kind::Division, "administered_by"),
        Link::to(Kind::Organization, "organization_id"),
        Link::to(Kind::Facility, "branch_of").carrying("branch_of"),
        Link::to(Kind::Facility, "integrated_under").carrying("integrated_under"),
    ];
    const PERIODS: &'static [(&'static str, &'static str)] = &[("opened_on", "closed_on")];
}
