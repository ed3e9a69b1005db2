-- Public-private partnership projects: parties, modules, sites and activities.

create table partnership_project (
    id {key},
    parent_id bigint references partnership_project (id),
    name {text} not null,
    tier {text} not null,
    agreement_kind {text} not null,
    signed_on date,
    signed_at {text},
    agreement_ends_on date
);
create index partnership_project_parent on partnership_project (parent_id, id);
create table partnership_party (
    id {key},
    project_id bigint not null references partnership_project (id),
    organization_id bigint not null references organization (id),
    role {text} not null,
    unique (project_id, organization_id, role)
);
create index partnership_party_organization on partnership_party (organization_id, id);
create table partnership_module (
    id {key},
    project_id bigint not null references partnership_project (id),
    ordinal integer not null,
    name {text} not null,
    unique (project_id, ordinal),
    unique (id, project_id)
);
create table partnership_site (
    id {key},
    project_id bigint not null references partnership_project (id),
    facility_id bigint not null,
    administered_by bigint not null,
    located_in bigint not null,
    joined_on date,
    unique (project_id, facility_id),
    foreign key (facility_id, administered_by, located_in)
        references facility (id, administered_by, located_in) on update cascade
);
create index partnership_site_facility on partnership_site (facility_id, id);
create index partnership_site_administered_by on partnership_site (administered_by, id);
create table partnership_activity (
    id {key},
    project_id bigint not null references partnership_project (id),
    module_id bigint,
    kind {text} not null,
    name {text} not null,
    held_on date not null,
    place {text} not null,
    foreign key (module_id, project_id) references partnership_module (id, project_id)
);
create index partnership_activity_project on partnership_activity (project_id, id);
create index partnership_activity_module on partnership_activity (module_id, id);

-- down

drop table partnership_activity;
drop table partnership_site;
drop table partnership_module;
drop table partnership_party;
drop table partnership_project;
