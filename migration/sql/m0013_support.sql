-- Which partnership project supports a program.

-- One project at most: what two of them tell of a program could be set against each other.
alter table program add column supported_by bigint references partnership_project (id);
create index program_supported_by on program (supported_by, id);

-- down

drop index program_supported_by;
alter table program drop column supported_by;
