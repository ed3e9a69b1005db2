-- Programs, their stages, and the people enrolled.

create table program (
    id {key},
    parent_id bigint references program (id),
    code {text} not null,
    name {text} not null,
    kind {text} not null,
    tier {text} not null,
    host_id bigint not null references organization (id),
    division_id bigint not null references division (id) on update cascade,
    starts_on date,
    ends_on date,
    target integer,
    unique (id, division_id),
    unique (division_id, code)
);
create index program_parent on program (parent_id, id);
create index program_division on program (division_id, id);
create table stage (
    id {key},
    program_id bigint not null,
    division_id bigint not null,
    ordinal integer not null,
    name {text} not null,
    unique (program_id, ordinal),
    unique (id, program_id),
    foreign key (program_id, division_id)
        references program (id, division_id) on update cascade
);
create table enrollment (
    id {key},
    program_id bigint not null references program (id),
    stage_id bigint,
    person_id bigint not null,
    participant_name {text} not null,
    facility_id bigint references facility (id),
    division_id bigint not null references division (id) on update cascade,
    status {text} not null,
    entered_on date not null,
    ended_on date,
    score integer,
    foreign key (stage_id, program_id) references stage (id, program_id),
    foreign key (person_id, participant_name)
        references person (id, name) on update cascade,
    check (ended_on is null or ended_on >= entered_on)
);
create index enrollment_program on enrollment (program_id, division_id, id);
create index enrollment_division on enrollment (division_id, id);
create index enrollment_facility on enrollment (facility_id, id);
create index enrollment_person on enrollment (person_id, id);
create index enrollment_stage on enrollment (stage_id, id);

-- down

drop table enrollment;
drop table stage;
drop table program;
