-- How far the loading of data has come.

create table seeding (
    id bigint primary key check (id = 1),
    scale {text} not null,
    finished boolean not null
);

-- down

drop table seeding;
