-- Requests that people come to work in a division: of those who are let go elsewhere, and
-- of those who are to be hired by their identity number.

create table transfer (
    id {key},
    division_id bigint not null references division (id),
    person_id bigint,
    name {text} not null,
    from_id bigint references facility (id),
    starts_on date not null,
    facility_id bigint references facility (id),
    tenure {text},
    key_post {text},
    title_engaged {text},
    sex {text},
    identity_kind {text},
    identity_number {blob},
    identity_number_digest bigint,
    profession_category {text},
    education {text},
    title {text},
    status {text} not null default 'PENDING',
    version integer not null default 1,
    active boolean not null default true,
    foreign key (person_id, name)
        references person (id, name) on update cascade,
    check ((person_id is null) = (from_id is null))
);
create index transfer_division on transfer (division_id, id);
create index transfer_from on transfer (from_id, id);
create index transfer_facility on transfer (facility_id, id);
create index transfer_person on transfer (person_id, id);
create index transfer_identity_number on transfer (identity_number_digest);
create table clash (
    id bigint primary key,
    transfer_id bigint not null references transfer (id),
    person_id bigint not null references person (id)
);
create index clash_transfer on clash (transfer_id, id);
create index clash_person on clash (person_id, id);

-- down

drop table clash;
drop table transfer;
