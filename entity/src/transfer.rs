//! A request that a person come to work in a division.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    mask::Mask,
    sealed::Sealed,
    term::{
        Education, IdentityKind, KeyPost, ProfessionCategory, Sex, Tenure, Title, TransferStatus,
    },
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Division that the person is to come to.
    pub division_id: i64,
    /// The person, where it is one of the staff who is let go; none who is to be hired.
    pub person_id: Option<i64>,
    /// The person's name: of staff kept equal by a composite foreign key, of others as given.
    pub name: String,
    /// Worksite that staff are let go from.
    pub from_id: Option<i64>,
    /// Division that administered the worksite when staff were let go.
    pub released_by: Option<i64>,
    /// First day at the new worksite.
    pub starts_on: Date,
    /// The new worksite, as soon as it is known.
    pub facility_id: Option<i64>,
    /// Kind of tenure there.
    pub tenure: Option<Tenure>,
    /// Key post that it fills there.
    pub key_post: Option<KeyPost>,
    /// Title engaged for there.
    pub title_engaged: Option<Title>,
    /// Sex of who is to be hired.
    pub sex: Option<Sex>,
    /// What identity document the number is of.
    pub identity_kind: Option<IdentityKind>,
    /// Number of the identity document of who is to be hired.
    pub identity_number: Option<Sealed>,
    /// By which the identity number is found.
    pub identity_number_digest: Option<i64>,
    /// Profession category of who is to be hired.
    pub profession_category: Option<ProfessionCategory>,
    /// Highest education of who is to be hired.
    pub education: Option<Education>,
    /// Title assessed of who is to be hired.
    pub title: Option<Title>,
    /// What has been decided.
    pub status: TransferStatus,
    /// How often it has been written.
    pub version: i32,
    /// Still to be decided; what is decided stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[Tie::Division("division_id"), Tie::Facility("facility_id")];
    const LINKS: &'static [Link] = &[
        Link::to(Kind::Division, "division_id"),
        Link::to(Kind::Division, "released_by"),
        Link::to(Kind::Person, "person_id")
            .copying(&[("name", "name")])
            .carrying("name"),
        Link::to(Kind::Facility, "from_id").fixing(&[("released_by", "administered_by")]),
        Link::to(Kind::Facility, "facility_id").fixing(&[("division_id", "administered_by")]),
    ];
    const MASKS: &'static [(&'static str, Mask)] =
        &[("name", Mask::Surname), ("identity_number", Mask::Document)];
}
