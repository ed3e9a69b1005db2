-- People, their employments, and the professional records of staff.

create table person (
    id {key},
    name {text} not null,
    sex {text} not null,
    unique (id, name)
);
create table employment (
    id {key},
    person_id bigint not null,
    person_name {text} not null,
    facility_id bigint not null,
    employer_id bigint not null references facility (id),
    administered_by bigint not null,
    located_in bigint not null,
    main boolean not null,
    tenure {text} not null,
    deployment {text},
    key_post {text} not null,
    title_engaged {text} not null,
    started_on date not null,
    ended_on date,
    unique (id, person_id, facility_id, key_post),
    foreign key (person_id, person_name)
        references person (id, name) on update cascade,
    foreign key (facility_id, administered_by, located_in)
        references facility (id, administered_by, located_in) on update cascade,
    check (ended_on is null or ended_on >= started_on)
);
create unique index employment_current_main on employment (person_id)
    where main and ended_on is null;
create index employment_person on employment (person_id, id);
create index employment_facility on employment (facility_id, id);
create index employment_administered_by on employment (administered_by, id);
create table staff_member (
    id {key},
    person_id bigint not null unique,
    name {text} not null,
    main_employment_id bigint not null unique,
    facility_id bigint not null,
    administered_by bigint not null,
    located_in bigint not null,
    profession_category {text} not null,
    education {text} not null,
    title {text} not null,
    key_post {text} not null,
    foreign key (person_id, name)
        references person (id, name) on update cascade,
    foreign key (main_employment_id, person_id, facility_id, key_post)
        references employment (id, person_id, facility_id, key_post) on update cascade,
    foreign key (facility_id, administered_by, located_in)
        references facility (id, administered_by, located_in) on update cascade
);
create index staff_member_administered_by on staff_member (administered_by, id);
create index staff_member_facility on staff_member (facility_id, administered_by, id);
create index staff_member_located_in on staff_member (located_in, id);

-- down

drop table staff_member;
drop table employment;
drop table person;
