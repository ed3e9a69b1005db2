//! Indexes for a province's facilities and for a program's participants by name.

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
        for index in ["facility_other_province", "enrollment_program_name"] {
            dialect::run(manager, &format!("drop index {index}")).await?;
        }
        Ok(())
    }
}

// Of a division key's 13 digits the first two are the province's: what a province sees
// besides what it administers itself is what others administer there.
const INDEXES: &str = r#"
create index facility_other_province on facility (located_in, administered_by, id)
    where located_in / 100000000000 <> administered_by / 100000000000;
create index enrollment_program_name on enrollment (program_id, participant_name, id);
"#;
