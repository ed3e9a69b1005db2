//! The audit trail as a chain: each event is sealed soon after it was written, under a key
//! that is not in the database and together with the seal before it, so that whoever
//! changes, takes away or moves an event breaks the chain. What is written stays: only what
//! lies before an anchor may be deleted.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, TABLES).await?;
        if dialect::is_postgres(manager) {
            dialect::run(manager, POSTGRES_TRIGGERS).await
        } else {
            dialect::run(manager, SQLITE_TRIGGERS).await
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if dialect::is_postgres(manager) {
            let sql = "
                drop trigger audit_event_waits on audit_event;
                drop trigger audit_event_stays on audit_event;
                drop trigger audit_event_is_not_emptied on audit_event;";
            dialect::run(manager, sql).await?;
        } else {
            for trigger in ["waits", "stays", "goes"] {
                dialect::run(manager, &format!("drop trigger audit_event_{trigger}")).await?;
            }
        }
        let tables = ["audit_pending", "audit_seal", "audit_anchor", "audit_head"];
        dialect::drop(manager, &tables).await?;
        if dialect::is_postgres(manager) {
            let sql = "drop function audit_waits, audit_stays, audit_is_not_emptied";
            dialect::run(manager, sql).await?;
        }
        Ok(())
    }
}

const TABLES: &str = r#"
create table audit_pending (
    event_id bigint primary key
);
create table audit_seal (
    number bigint primary key,
    event_id bigint not null unique,
    hash {blob} not null
);
create table audit_anchor (
    number bigint primary key,
    hash {blob} not null,
    proof {blob} not null
);
create table audit_head (
    id bigint primary key check (id = 1),
    number bigint not null,
    proof {blob} not null
);
insert into audit_pending (event_id) select id from audit_event;
"#;

const POSTGRES_TRIGGERS: &str = r#"
create function audit_waits() returns trigger language plpgsql as $$
begin
    insert into audit_pending (event_id) values (new.id);
    return null;
end $$;
create trigger audit_event_waits after insert on audit_event
    for each row execute function audit_waits();
create function audit_stays() returns trigger language plpgsql as $$
declare
    anchored bigint := coalesce((select max(number) from audit_anchor), 0);
begin
    if tg_op = 'DELETE' and tg_table_name = 'audit_event' then
        if exists (select from audit_seal where event_id = old.id and number <= anchored) then
            return old;
        end if;
    elsif tg_op = 'DELETE' and tg_table_name = 'audit_seal' then
        if old.number <= anchored then
            return old;
        end if;
    end if;
    raise exception 'the audit trail stays as it is';
end $$;
create trigger audit_event_stays before update or delete on audit_event
    for each row execute function audit_stays();
create trigger audit_seal_stays before update or delete on audit_seal
    for each row execute function audit_stays();
create trigger audit_anchor_stays before update or delete on audit_anchor
    for each row execute function audit_stays();
create function audit_is_not_emptied() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail stays as it is';
end $$;
create trigger audit_event_is_not_emptied before truncate on audit_event
    for each statement execute function audit_is_not_emptied();
create trigger audit_seal_is_not_emptied before truncate on audit_seal
    for each statement execute function audit_is_not_emptied();
create trigger audit_anchor_is_not_emptied before truncate on audit_anchor
    for each statement execute function audit_is_not_emptied();
"#;

const SQLITE_TRIGGERS: &str = r#"
create trigger audit_event_waits after insert on audit_event begin
    insert into audit_pending (event_id) values (new.id);
end;
create trigger audit_event_stays before update on audit_event begin
    select raise(abort, 'the audit trail stays as it is');
end;
create trigger audit_event_goes before delete on audit_event
when not exists (select 1 from audit_seal where event_id = old.id
    and number <= coalesce((select max(number) from audit_anchor), 0))
begin
    select raise(abort, 'the audit trail stays as it is');
end;
create trigger audit_seal_stays before update on audit_seal begin
    select raise(abort, 'the audit trail stays as it is');
end;
create trigger audit_seal_goes before delete on audit_seal
when old.number > coalesce((select max(number) from audit_anchor), 0)
begin
    select raise(abort, 'the audit trail stays as it is');
end;
create trigger audit_anchor_stays before update on audit_anchor begin
    select raise(abort, 'the audit trail stays as it is');
end;
create trigger audit_anchor_goes before delete on audit_anchor begin
    select raise(abort, 'the audit trail stays as it is');
end;
"#;
