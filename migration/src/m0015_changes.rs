//! What changing a record takes: how often it has been written, so that nobody overwrites
//! what somebody else wrote meanwhile, and whether it is in use.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in CHANGED {
            let sql = format!(
                "alter table {table} add column version integer not null default 1;
                alter table {table} add column active boolean not null default true;"
            );
            dialect::run(manager, &sql).await?;
        }
        dialect::run(manager, EVENT).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, "drop index audit_event_division").await?;
        for column in ["division_id", "bindings", "address"] {
            let sql = format!("alter table audit_event drop column {column}");
            dialect::run(manager, &sql).await?;
        }
        for table in CHANGED {
            let sql = format!(
                "alter table {table} drop column version;
                alter table {table} drop column active;"
            );
            dialect::run(manager, &sql).await?;
        }
        Ok(())
    }
}

const CHANGED: [&str; 9] = [
    "facility",
    "person",
    "staff_member",
    "employment",
    "program",
    "stage",
    "enrollment",
    "partnership_project",
    "partnership_activity",
];

// Of a division that is no more an event keeps the key.
const EVENT: &str = r#"
alter table audit_event add column division_id bigint not null default 0;
alter table audit_event add column bindings {text} not null default '';
alter table audit_event add column address {text};
create index audit_event_division on audit_event (division_id, id);
"#;
