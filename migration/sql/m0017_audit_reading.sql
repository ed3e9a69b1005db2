-- Reading the audit trail: what was read together is one event, and auditors find events by
-- time, and who acted in their division.

-- Lists of a division's events have their index already.
alter table audit_event add column records {text};
create index audit_event_actor on audit_event (user_id, division_id);
create index audit_event_time on audit_event (at, id);

-- down

drop index audit_event_actor;
drop index audit_event_time;
alter table audit_event drop column records;
