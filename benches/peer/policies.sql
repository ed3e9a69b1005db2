-- What PostGraphile needs on the same tables and indexes: roles whose rows the database
-- itself restricts, by settings of the request, and names for relations that the tables
-- don't declare as keys.
do $$
begin
    create role peer login;
    create role peer_division;
    create role peer_host;
exception when duplicate_object then null;
end $$;
grant peer_division, peer_host to peer;
grant usage on schema public to peer, peer_division, peer_host;
grant select on all tables in schema public to peer_division, peer_host;

alter table facility enable row level security;
alter table staff_member enable row level security;
alter table employment enable row level security;
alter table enrollment enable row level security;

create policy division_facility on facility for select to peer_division using (
    administered_by between current_setting('scope.first')::bigint
        and current_setting('scope.last')::bigint
    or located_in between current_setting('scope.first')::bigint
        and current_setting('scope.last')::bigint);
create policy division_staff on staff_member for select to peer_division using (
    administered_by between current_setting('scope.first')::bigint
        and current_setting('scope.last')::bigint);
create policy host_enrollment on enrollment for select to peer_host using (
    program_id in (
        select id from program
        where id = current_setting('scope.program')::bigint
            or parent_id = current_setting('scope.program')::bigint));
create policy host_facility on facility for select to peer_host using (exists (
    select from enrollment
    join program on program.id = program_id
    where facility_id = facility.id
        and (program.id = current_setting('scope.program')::bigint
            or program.parent_id = current_setting('scope.program')::bigint)));

comment on table facility is
    E'@foreignKey (administered_by) references division (id)|@fieldName administrator|@foreignFieldName administered';
comment on table staff_member is
    E'@foreignKey (administered_by) references division (id)|@fieldName administrator|@foreignFieldName administeredStaff\n@foreignKey (facility_id) references facility (id)|@fieldName worksite|@foreignFieldName workers';
comment on table enrollment is
    E'@foreignKey (facility_id) references facility (id)|@fieldName worksite|@foreignFieldName entered\n@foreignKey (stage_id) references stage (id)|@fieldName reached|@foreignFieldName reachedBy';
