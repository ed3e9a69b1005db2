-- Indexes for lists that are wanted at every level of divisions.

-- By name: of the nation and its provinces the names are read in order until the page is
-- full, of smaller divisions all of theirs are sorted; hence two indexes by post and title.
create index facility_located_elsewhere on facility (located_in, administered_by, id)
    where located_in <> administered_by;
create index facility_name on facility (name, id, administered_by);
create index staff_member_name on staff_member (name, id, administered_by);
create index staff_member_post_name on staff_member
    (key_post, title, name, id, administered_by);
create index staff_member_post on staff_member
    (key_post, title, administered_by, name, id);
create index enrollment_program_entry on enrollment (program_id, id);

-- down

drop index facility_located_elsewhere;
drop index facility_name;
drop index staff_member_name;
drop index staff_member_post_name;
drop index staff_member_post;
drop index enrollment_program_entry;
