-- What changing a record takes: how often it has been written, so that nobody overwrites
-- what somebody else wrote meanwhile, and whether it is in use.

alter table facility add column version integer not null default 1;
alter table facility add column active boolean not null default true;
alter table person add column version integer not null default 1;
alter table person add column active boolean not null default true;
alter table staff_member add column version integer not null default 1;
alter table staff_member add column active boolean not null default true;
alter table employment add column version integer not null default 1;
alter table employment add column active boolean not null default true;
alter table program add column version integer not null default 1;
alter table program add column active boolean not null default true;
alter table stage add column version integer not null default 1;
alter table stage add column active boolean not null default true;
alter table enrollment add column version integer not null default 1;
alter table enrollment add column active boolean not null default true;
alter table partnership_project add column version integer not null default 1;
alter table partnership_project add column active boolean not null default true;
alter table partnership_activity add column version integer not null default 1;
alter table partnership_activity add column active boolean not null default true;
-- Of a division that is no more an event keeps the key.
alter table audit_event add column division_id bigint not null default 0;
alter table audit_event add column bindings {text} not null default '';
alter table audit_event add column address {text};
create index audit_event_division on audit_event (division_id, id);

-- down

drop index audit_event_division;
alter table audit_event drop column division_id;
alter table audit_event drop column bindings;
alter table audit_event drop column address;
alter table facility drop column version;
alter table facility drop column active;
alter table person drop column version;
alter table person drop column active;
alter table staff_member drop column version;
alter table staff_member drop column active;
alter table employment drop column version;
alter table employment drop column active;
alter table program drop column version;
alter table program drop column active;
alter table stage drop column version;
alter table stage drop column active;
alter table enrollment drop column version;
alter table enrollment drop column active;
alter table partnership_project drop column version;
alter table partnership_project drop column active;
alter table partnership_activity drop column version;
alter table partnership_activity drop column active;
