-- The administrative tree and the organizations.

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

-- down

drop table organization;
drop table division;
