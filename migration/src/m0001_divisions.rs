//! The administrative tree and the organizations.

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
        dialect::drop(manager, &["organization", "division"]).await
    }
}

const TABLES: &str = r#"
create table division (
    id bigint primary key,
    last bigint not null,
    code {text} not null unique,
    name {text} not null,
    level {text} not null,
    kind {text} not null,
    parent_id bigint references division (id) on update cascade,
    village_count integer,
    check (id <= last)
);
create index division_parent on division (parent_id, id);
create table organization (
    id {key},
    name {text} not null,
    kind {text} not null,
    credit_code {text} unique,
    division_id bigint references division (id) on update cascade
);
"#;
