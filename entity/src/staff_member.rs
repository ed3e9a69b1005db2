//! A person's professional record, at the facility of the one current main employment.

use sea_orm::entity::prelude::*;

use crate::{
    facts::{Facts, Tie},
    kind::Kind,
    link::Link,
    mask::Mask,
    term::{Education, KeyPost, ProfessionCategory, Title},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_member")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The person.
    pub person_id: i64,
    /// The person's name, kept equal by a composite foreign key.
    pub name: String,
    /// Current main employment; after leaving, the last one.
    pub main_employment_id: i64,
    /// Worksite of that employment, kept equal by a composite foreign key.
    pub facility_id: i64,
    /// The facility's administering division, kept equal by a composite foreign key.
    pub administered_by: i64,
    /// The facility's location, kept equal by a composite foreign key.
    pub located_in: i64,
    /// Profession category.
    pub profession_category: ProfessionCategory,
    /// Highest education.
    pub education: Education,
    /// Title assessed (评).
    pub title: Title,
    /// Key post of the main employment, kept equal by a composite foreign key.
    pub key_post: KeyPost,
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
        // Who holds the record holds the person's.
        Link::to(Kind::Person, "person_id")
            .copying(&[("name", "name")])
            .carrying("name"),
        Link::to(Kind::Employment, "main_employment_id")
            .copying(&[
                ("facility_id", "facility_id"),
                ("key_post", "key_post"),
                ("administered_by", "administered_by"),
                ("located_in", "located_in"),
            ])
            .lasting(),
    ];
    const MASKS: &'static [(&'static str, Mask)] = &[("name", Mask::Surname)];
}
