-- The audit trail.

-- Events refer to nothing: they outlast what they are about.
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

-- down

drop table audit_event;
