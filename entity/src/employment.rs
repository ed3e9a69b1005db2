//! One employment of a person at a site, present or past.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    mask::Mask,
    term::{Deployment, KeyPost, Tenure, Title},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The person.
    pub person_id: i64,
    /// The person's name, kept equal by a composite foreign key.
    pub person_name: String,
    /// Worksite, where heads are counted.
    pub facility_id: i64,
    /// Facility that employs; often the worksite itself.
    pub employer_id: i64,
    /// The worksite's administering division, kept equal by a composite foreign key.
    pub administered_by: i64,
    /// The worksite's location, kept equal by a composite foreign key.
    pub located_in: i64,
    /// Main site, rather than a further one (多机构执业).
    pub main: bool,
    /// Kind of tenure.
    pub tenure: Tenure,
    /// Arrangement where employer and worksite differ.
    pub deployment: Option<Deployment>,
    /// Key post that it fills.
    pub key_post: KeyPost,
    /// Title engaged for (聘), which may lag behind the one assessed.
    pub title_engaged: Title,
    /// First day.
    pub started_on: Date,
    /// Last day; none while it lasts.
    pub ended_on: Option<Date>,
    /// How often it has been written.
    pub version: i32,
    /// In use; what is not stays as it was.
    pub active: bool,
}

crate::entity!(written);

impl Facts for Entity {
    const TIES: &'static [Tie] = &[
        Tie::Division("administered_by"),
        Tie::Place("located_in"),
        Tie::Facility("facility_id"),
    ];
    const LINKS: &'static [Link] = &[
        // Some who open the person see the name masked.
        Link::to(Kind::Person, "person_id")
            .copying(&[("person_name", "name")])
            .carrying("name"),
        Link::to(Kind::Facility, "facility_id").copying(&[
            ("administered_by", "administered_by"),
            ("located_in", "located_in"),
        ]),
        Link::to(Kind::Facility, "employer_id"),
    ];
    const MASKS: &'static [(&'static str, Mask)] = &[("person_name", Mask::Surname)];
    const PERIODS: &'static [(&'static str, &'static str)] = &[("started_on", "ended_on")];
}
