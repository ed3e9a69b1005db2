//! One employment of a person at a site, present or past.

use sea_orm::entity::prelude::*;

use crate::term::{Deployment, KeyPost, Tenure, Title};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment")]
pub struct Model {
    /// Key of the record, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The person.
    pub person_id: i64,
    /// The person's name, kept equal by a composite foreign key.
    #[sea_orm(column_type = "Text")]
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

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
