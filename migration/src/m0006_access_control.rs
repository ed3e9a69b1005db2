//! Users, role bindings, the policy and the keys of this database, with the
//! triggers that raise the epochs: a reader's decision names the epochs that it
//! was made under, so whoever changes what the decision rests on, by whatever
//! way, makes it void. A key that a deleted account leaves may be given again, so
//! that a deletion voids every decision.

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
            dialect::run(manager, &sqlite_triggers()).await
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggered = ["division", "policy_rule"];
        if dialect::is_postgres(manager) {
            for table in triggered {
                dialect::run(
                    manager,
                    &format!("drop trigger raise_policy_epoch on {table}"),
                )
                .await?;
            }
        } else {
            for event in EVENTS {
                dialect::run(manager, &format!("drop trigger division_{event}")).await?;
            }
        }
        let tables = [
            "secret",
            "policy_epoch",
            "policy_rule",
            "role_binding",
            "app_user",
        ];
        dialect::drop(manager, &tables).await?;
        if dialect::is_postgres(manager) {
            dialect::run(
                manager,
                "drop function raise_policy_epoch, raise_binding_epoch, raise_own_epoch",
            )
            .await?;
        }
        Ok(())
    }
}

const TABLES: &str = r#"
create table app_user (
    id {key},
    issuer {text} not null,
    subject {text} not null,
    name {text} not null,
    organization_id bigint references organization (id),
    active boolean not null default true,
    binding_epoch bigint not null default 0,
    unique (issuer, subject)
);
create table role_binding (
    id {key},
    user_id bigint not null references app_user (id) on delete cascade,
    role {text} not null,
    division_id bigint references division (id) on update cascade,
    facility_id bigint references facility (id),
    program_id bigint references program (id),
    partnership_id bigint references partnership_project (id),
    valid_from {instant},
    valid_until {instant},
    check (case when division_id is null then 0 else 1 end
        + case when facility_id is null then 0 else 1 end
        + case when program_id is null then 0 else 1 end
        + case when partnership_id is null then 0 else 1 end = 1)
);
create index role_binding_user on role_binding (user_id, id);
create table policy_rule (
    id {lasting key},
    ptype {text} not null,
    v0 {text} not null,
    v1 {text} not null,
    v2 {text},
    v3 {text},
    v4 {text},
    v5 {text}
);
create table policy_epoch (
    id bigint primary key check (id = 1),
    value bigint not null
);
insert into policy_epoch (id, value) values (1, 0);
create table secret (
    id {key},
    name {text} not null unique,
    value {blob} not null
);
"#;

const POSTGRES_TRIGGERS: &str = r#"
create function raise_policy_epoch() returns trigger language plpgsql as $$
begin
    update policy_epoch set value = value + 1;
    return null;
end $$;
create trigger raise_policy_epoch after insert or update or delete or truncate
    on policy_rule for each statement execute function raise_policy_epoch();
create trigger raise_policy_epoch after insert or update or delete or truncate
    on division for each statement execute function raise_policy_epoch();
create trigger raise_policy_epoch after delete or update of id or truncate
    on app_user for each statement execute function raise_policy_epoch();
create function raise_binding_epoch() returns trigger language plpgsql as $$
begin
    if tg_op = 'TRUNCATE' then
        update app_user set binding_epoch = binding_epoch + 1;
    end if;
    if tg_op in ('INSERT', 'UPDATE') then
        update app_user set binding_epoch = binding_epoch + 1 where id = new.user_id;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        update app_user set binding_epoch = binding_epoch + 1 where id = old.user_id;
    end if;
    return null;
end $$;
create trigger raise_binding_epoch after insert or update or delete
    on role_binding for each row execute function raise_binding_epoch();
create trigger raise_all_binding_epochs after truncate
    on role_binding for each statement execute function raise_binding_epoch();
create function raise_own_epoch() returns trigger language plpgsql as $$
begin
    new.binding_epoch = old.binding_epoch + 1;
    return new;
end $$;
create trigger raise_own_epoch before update of issuer, subject, name, active
    on app_user for each row execute function raise_own_epoch();
"#;

const EVENTS: [&str; 3] = ["insert", "update", "delete"];

fn sqlite_triggers() -> String {
    let mut sql = String::new();
    for event in EVENTS {
        for table in ["policy_rule", "division"] {
            sql += &format!(
                "create trigger {table}_{event} after {event} on {table} begin
                    update policy_epoch set value = value + 1;
                end;\n"
            );
        }
        let users = match event {
            "insert" => "new.user_id",
            "delete" => "old.user_id",
            _ => "new.user_id, old.user_id",
        };
        sql += &format!(
            "create trigger role_binding_{event} after {event} on role_binding begin
                update app_user set binding_epoch = binding_epoch + 1 where id in ({users});
            end;\n"
        );
    }
    // A row that INSERT OR REPLACE takes away fires no delete.
    sql += "create trigger role_binding_replace before insert on role_binding begin
        update app_user set binding_epoch = binding_epoch + 1
        where id = (select user_id from role_binding where id = new.id);
    end;
    create trigger app_user_replace before insert on app_user
    when exists (select 1 from app_user where id = new.id
        or (issuer = new.issuer and subject = new.subject))
    begin
        update policy_epoch set value = value + 1;
    end;\n";
    sql += "create trigger app_user_delete after delete on app_user begin
        update policy_epoch set value = value + 1;
    end;
    create trigger app_user_key after update of id on app_user begin
        update policy_epoch set value = value + 1;
    end;\n";
    sql + "create trigger app_user_identity after update of issuer, subject, name, active on app_user begin
        update app_user set binding_epoch = binding_epoch + 1 where id = new.id;
    end;\n"
}
