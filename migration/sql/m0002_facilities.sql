-- Facilities, each with the division where it stands and the one that administers it.

create table facility (
    id {key},
    name {text} not null,
    facility_type {text} not null,
    level {text} not null,
    class {text} not null,
    sponsor_body {text} not null,
    located_in bigint not null references division (id) on update cascade,
    administered_by bigint not null references division (id) on update cascade,
    organization_id bigint references organization (id),
    branch_of bigint references facility (id),
    integrated_under bigint references facility (id),
    beds_approved integer,
    beds_actual integer,
    opened_on date,
    closed_on date,
    unique (id, administered_by, located_in)
);
create index facility_administered_by on facility (administered_by, id);
create index facility_located_in on facility (located_in, id);
create index facility_branch_of on facility (branch_of) where branch_of is not null;
create index facility_integrated_under on facility (integrated_under)
    where integrated_under is not null;

-- down

drop table facility;
