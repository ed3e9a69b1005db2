-- Clashes without a reference to the person: whoever asks for somebody would wait for who
-- changes the same, and know by it that there is one.

alter table clash rename to known;
create table clash (
    id bigint primary key,
    transfer_id bigint not null references transfer (id),
    person_id bigint not null
);
insert into clash select id, transfer_id, person_id from known;
drop table known;
create index clash_transfer on clash (transfer_id, id);
create index clash_person on clash (person_id, id);

-- down

alter table clash rename to known;
create table clash (
    id bigint primary key,
    transfer_id bigint not null references transfer (id),
    person_id bigint not null references person (id)
);
insert into clash select id, transfer_id, person_id from known;
drop table known;
create index clash_transfer on clash (transfer_id, id);
create index clash_person on clash (person_id, id);
