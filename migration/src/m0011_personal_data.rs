//! Personal data of people: sealed, each with a digest by which it is found.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(
            manager,
            "alter table person add column identity_kind {text}",
        )
        .await?;
        for column in SEALED {
            let sql = format!(
                "alter table person add column {column} {{blob}};
                alter table person add column {column}_digest bigint;
                create index person_{column} on person ({column}_digest);"
            );
            dialect::run(manager, &sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in SEALED {
            let sql = format!(
                "drop index person_{column};
                alter table person drop column {column};
                alter table person drop column {column}_digest;"
            );
            dialect::run(manager, &sql).await?;
        }
        dialect::run(manager, "alter table person drop column identity_kind").await
    }
}

const SEALED: [&str; 3] = ["identity_number", "phone", "birth_date"];
