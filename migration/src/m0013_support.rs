//! Which partnership project supports a program.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, COLUMN).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, "drop index program_supported_by").await?;
        dialect::run(manager, "alter table program drop column supported_by").await
    }
}

// One project at most: what two of them tell of a program could be set against each other.
const COLUMN: &str = r#"
alter table program add column supported_by bigint references partnership_project (id);
create index program_supported_by on program (supported_by, id);
"#;
