//! Indexes for lists that are wanted at every level of divisions.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, INDEXES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in [
            "facility_located_elsewhere",
            "facility_name",
            "staff_member_name",
            "staff_member_post_name",
            "staff_member_post",
            "enrollment_program_entry",
        ] {
            dialect::run(manager, &format!("drop index {index}")).await?;
        }
        Ok(())
    }
}

// By name: of the nation and its provinces the names are read in order until the page is
// full, of smaller divisions all of theirs are sorted; hence two indexes by post and title.
const INDEXES: &str = r#"
create index facility_located_elsewhere on facility (located_in, administered_by, id)
    where located_in <> administered_by;
create index facility_name on facility (name, id, administered_by);
create index staff_member_name on staff_member (name, id, administered_by);
create index staff_member_post_name on staff_member
    (key_post, title, name, id, administered_by);
create index staff_member_post on staff_member
    (key_post, title, administered_by, name, id);
create index enrollment_program_entry on enrollment (program_id, id);
"#;
