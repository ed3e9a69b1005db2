//! Reading the audit trail: what was read together is one event, and auditors find events by
//! time, and who acted in their division.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, EVENT).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["audit_event_actor", "audit_event_time"] {
            dialect::run(manager, &format!("drop index {index}")).await?;
        }
        dialect::run(manager, "alter table audit_event drop column records").await
    }
}

// Lists of a division's events have their index already.
const EVENT: &str = r#"
alter table audit_event add column records {text};
create index audit_event_actor on audit_event (user_id, division_id);
create index audit_event_time on audit_event (at, id);
"#;
