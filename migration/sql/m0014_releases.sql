-- Counts that were published, as they were published.

create table release (
    year integer primary key,
    published_at {instant} not null
);
create table released_count (
    id {key},
    year integer not null references release (year),
    kind {text} not null,
    dimension {text} not null,
    level integer not null,
    project_id bigint references partnership_project (id),
    division_id bigint not null references division (id) on update cascade,
    term {text} not null,
    count bigint
);
create index released_count_place
    on released_count (kind, dimension, year, level, project_id, division_id);
create index released_count_division on released_count (division_id);

-- down

drop table released_count;
drop table release;
