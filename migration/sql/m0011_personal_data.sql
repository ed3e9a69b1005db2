-- Personal data of people: sealed, each with a digest by which it is found.

alter table person add column identity_kind {text};
alter table person add column identity_number {blob};
alter table person add column identity_number_digest bigint;
create index person_identity_number on person (identity_number_digest);
alter table person add column phone {blob};
alter table person add column phone_digest bigint;
create index person_phone on person (phone_digest);
alter table person add column birth_date {blob};
alter table person add column birth_date_digest bigint;
create index person_birth_date on person (birth_date_digest);

-- down

drop index person_identity_number;
alter table person drop column identity_number;
alter table person drop column identity_number_digest;
drop index person_phone;
alter table person drop column phone;
alter table person drop column phone_digest;
drop index person_birth_date;
alter table person drop column birth_date;
alter table person drop column birth_date_digest;
alter table person drop column identity_kind;
