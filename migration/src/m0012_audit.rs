//! The audit trail.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::drop(manager, &["audit_event"]).await
    }
}

// Events refer to nothing: they outlast what they are about.
const TABLE: &str = r#"
create table audit_event (
    id {key},
    at {instant} not null,
    user_id bigint not null,
    action {text} not null,
    kind {text} not null,
    record_id bigint not null,
    columns {text} not null,
    purpose {text},
    request_id {text}
);
create index audit_event_record on audit_event (kind, record_id, id);
create index audit_event_user on audit_event (user_id, id);
"#;
