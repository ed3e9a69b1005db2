-- Indexes for a province's facilities and for a program's participants by name.

-- Of a division key's 13 digits the first two are the province's: what a province sees
-- besides what it administers itself is what others administer there.
create index facility_other_province on facility (located_in, administered_by, id)
    where located_in / 100000000000 <> administered_by / 100000000000;
create index enrollment_program_name on enrollment (program_id, participant_name, id);

-- down

drop index facility_other_province;
drop index enrollment_program_name;
