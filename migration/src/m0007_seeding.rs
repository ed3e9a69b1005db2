//! How far the loading of data has come.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::drop(manager, &["seeding"]).await
    }
}

const TABLES: &str = r#"
create table seeding (
    id bigint primary key check (id = 1),
    scale {text} not null,
    finished boolean not null
);
"#;
