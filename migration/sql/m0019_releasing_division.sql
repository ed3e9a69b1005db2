-- Which division let somebody go: what it agreed to is not to be filled from another that
-- administers the worksite since.

alter table transfer add column released_by bigint references division (id);
update transfer set released_by =
    (select administered_by from facility where facility.id = transfer.from_id);

-- down

alter table transfer drop column released_by;
