//! What is asked, of each contender in its own words. Aliases make the answers alike.

use crate::tenant::{NATION, Tenant};

/// A question for records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    /// In GraphQL, for the server.
    pub(crate) server: &'static str,
    /// In SQL, for the floor: `$1` and `$2` are the tenant's subtree, or `$1` the host's
    /// program; `$3` and `$4` the keys of the record that is meant or gone on from.
    pub(crate) floor: &'static str,
    /// In GraphQL, for PostGraphile; none where it has no words for it.
    pub(crate) peer: Option<&'static str>,
    pub(crate) aim: Aim,
}

/// What a question says besides who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    Nothing,
    Record,
    Cursor,
    /// Administrators ask it.
    Administration,
    /// It is the nation's.
    Statistics,
    /// Hosts ask it.
    Program,
}

/// The questions, each about as a page of an application would put it.
pub(crate) const ALL: [Question; 8] = [
    Question {
        name: "Q1",
        meaning: "20 staff with facility and division",
        server: "{ staff(first: 20) { nodes { name facility { name } administeredBy { name } } } }",
        floor: "
            select json_build_object('data', json_build_object('staff', json_build_object('nodes',
                coalesce(json_agg(json_build_object(
                    'name', page.name,
                    'facility', json_build_object('name', page.facility),
                    'administeredBy', json_build_object('name', page.division)
                ) order by page.administered_by, page.id), '[]'))))::text
            from (
                select staff_member.id, staff_member.administered_by, staff_member.name,
                    facility.name as facility, division.name as division
                from staff_member
                join facility on facility.id = staff_member.facility_id
                join division on division.id = staff_member.administered_by
                where staff_member.administered_by between $1 and $2
                order by staff_member.administered_by, staff_member.id
                limit 20
            ) page",
        peer: Some("{ staff: allStaffMembers(first: 20, orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) {
            nodes { name facility: worksite { name } administeredBy: administrator { name } } } }"),
        aim: Aim::Nothing,
    },
    Question {
        name: "Q2",
        meaning: "10 facilities with 5 staff each",
        server: "{ facilities(first: 10) { nodes { name staff(first: 5) { nodes { name } } } } }",
        floor: "
            select json_build_object('data', json_build_object('facilities', json_build_object('nodes',
                coalesce(json_agg(json_build_object(
                    'name', page.name,
                    'staff', json_build_object('nodes', (
                        select coalesce(json_agg(json_build_object('name', worker.name)
                            order by worker.administered_by, worker.id), '[]')
                        from (
                            select id, administered_by, name
                            from staff_member
                            where facility_id = page.id and administered_by between $1 and $2
                            order by administered_by, id
                            limit 5
                        ) worker))
                ) order by page.administered_by, page.id), '[]'))))::text
            from (
                (
                    select id, administered_by, name
                    from facility
                    where administered_by between $1 and $2
                    order by administered_by, id
                    limit 10
                )
                union
                (
                    select id, administered_by, name
                    from facility
                    where id = any(array(
                        select id
                        from facility
                        where $1 > 0 and located_in between $1 and $2
                            and located_in <> administered_by
                            and administered_by not between $1 and $2
                    ))
                )
                order by administered_by, id
                limit 10
            ) page",
        peer: Some("{ facilities: allFacilities(first: 10, orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) {
            nodes { name staff: workers(first: 5, orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) {
                nodes { name } } } } }"),
        aim: Aim::Nothing,
    },
    Question {
        name: "Q3",
        meaning: "one member of staff by id",
        server: "query ($id: ID!) { staffMember(id: $id) {
            name title facility { name } administeredBy { name } } }",
        floor: "
            select json_build_object('data', json_build_object('staffMember', json_build_object(
                'name', staff_member.name,
                'title', staff_member.title,
                'facility', json_build_object('name', facility.name),
                'administeredBy', json_build_object('name', division.name))))::text
            from staff_member
            join facility on facility.id = staff_member.facility_id
            join division on division.id = staff_member.administered_by
            where staff_member.administered_by between $1 and $2
                and $3 = staff_member.administered_by and staff_member.id = $4",
        peer: Some("query ($id: BigInt!) { staffMember: staffMemberByRowId(rowId: $id) {
            name title facility: worksite { name } administeredBy: administrator { name } } }"),
        aim: Aim::Record,
    },
    Question {
        name: "Q4",
        meaning: "50 staff by key post and title, by name",
        server: "{ staff(first: 50, orderBy: NAME_ASC,
            filter: { keyPost: { eq: NURSING }, title: { eq: JUNIOR } }) {
                nodes { name facility { name } } } }",
        floor: "
            select json_build_object('data', json_build_object('staff', json_build_object('nodes',
                coalesce(json_agg(json_build_object(
                    'name', page.name,
                    'facility', json_build_object('name', page.facility)
                ) order by page.name, page.id), '[]'))))::text
            from (
                select page.id, page.name, facility.name as facility
                from (
                    select id, name, facility_id
                    from staff_member
                    where key_post = 'NURSING' and title = 'JUNIOR'
                        and administered_by between $1 and $2
                    order by name, id
                    limit 50
                ) page
                join facility on facility.id = page.facility_id
            ) page",
        peer: Some("{ staff: allStaffMembers(first: 50, orderBy: [NAME_ASC, PRIMARY_KEY_ASC],
            condition: { keyPost: \"NURSING\", title: \"JUNIOR\" }) {
                nodes { name facility: worksite { name } } } }"),
        aim: Aim::Administration,
    },
    Question {
        name: "Q5",
        meaning: "Q1 with the count of all",
        server: "{ staff(first: 20) { totalCount
            nodes { name facility { name } administeredBy { name } } } }",
        floor: "
            select json_build_object('data', json_build_object('staff', json_build_object(
                'totalCount', (
                    select count(*) from staff_member where administered_by between $1 and $2),
                'nodes', coalesce(json_agg(json_build_object(
                    'name', page.name,
                    'facility', json_build_object('name', page.facility),
                    'administeredBy', json_build_object('name', page.division)
                ) order by page.administered_by, page.id), '[]'))))::text
            from (
                select staff_member.id, staff_member.administered_by, staff_member.name,
                    facility.name as facility, division.name as division
                from staff_member
                join facility on facility.id = staff_member.facility_id
                join division on division.id = staff_member.administered_by
                where staff_member.administered_by between $1 and $2
                order by staff_member.administered_by, staff_member.id
                limit 20
            ) page",
        peer: Some("{ staff: allStaffMembers(first: 20, orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) {
            totalCount
            nodes { name facility: worksite { name } administeredBy: administrator { name } } } }"),
        aim: Aim::Nothing,
    },
    Question {
        name: "Q6",
        meaning: "staff of the nation by province and title",
        server: "{ staffStatistics(level: PROVINCE, by: TITLE) {
            division { name } title count } }",
        floor: "
            select json_build_object('data', json_build_object('staffStatistics', json_agg(
                json_build_object(
                    'division', json_build_object('name', division.name),
                    'title', counted.title,
                    'count', counted.count
                ) order by division.id, counted.title)))::text
            from (
                select located_in / 100000000000 as province, title, count(*) as count
                from staff_member
                where administered_by between $1 and $2
                group by 1, 2
            ) counted
            join division on division.id = counted.province * 100000000000 + 1",
        peer: None,
        aim: Aim::Statistics,
    },
    Question {
        name: "Q7",
        meaning: "page 1,000 of Q1",
        server: "query ($after: String!) { staff(first: 20, after: $after) {
            nodes { name facility { name } administeredBy { name } } } }",
        floor: "
            select json_build_object('data', json_build_object('staff', json_build_object('nodes',
                coalesce(json_agg(json_build_object(
                    'name', page.name,
                    'facility', json_build_object('name', page.facility),
                    'administeredBy', json_build_object('name', page.division)
                ) order by page.administered_by, page.id), '[]'))))::text
            from (
                select staff_member.id, staff_member.administered_by, staff_member.name,
                    facility.name as facility, division.name as division
                from staff_member
                join facility on facility.id = staff_member.facility_id
                join division on division.id = staff_member.administered_by
                where staff_member.administered_by between $1 and $2
                    and (staff_member.administered_by, staff_member.id) > ($3, $4)
                order by staff_member.administered_by, staff_member.id
                limit 20
            ) page",
        peer: Some("query ($after: Cursor!) { staff: allStaffMembers(first: 20, after: $after,
            orderBy: [ADMINISTERED_BY_ASC, PRIMARY_KEY_ASC]) {
                nodes { name facility: worksite { name } administeredBy: administrator { name } } } }"),
        aim: Aim::Cursor,
    },
    Question {
        name: "Q8",
        meaning: "20 enrollments of a program, for its host",
        server: "{ enrollments(first: 20) { nodes {
            participant { name facility { name } stage { name } } } } }",
        floor: "
            select json_build_object('data', json_build_object('enrollments', json_build_object('nodes',
                coalesce(json_agg(json_build_object('participant', json_build_object(
                    'name', page.participant_name,
                    'facility', json_build_object('name', facility.name),
                    'stage', json_build_object('name', stage.name)
                )) order by page.id), '[]'))))::text
            from (
                select page.*
                from program
                cross join lateral (
                    select id, participant_name, facility_id, stage_id
                    from enrollment
                    where program_id = program.id
                    order by id
                    limit 20
                ) page
                where program.id = $1 or program.parent_id = $1
                order by page.id
                limit 20
            ) page
            join facility on facility.id = page.facility_id
            join stage on stage.id = page.stage_id",
        peer: Some("{ enrollments: allEnrollments(first: 20, orderBy: [PRIMARY_KEY_ASC]) {
            nodes { name: participantName facility: worksite { name } stage: reached { name } } } }"),
        aim: Aim::Program,
    },
];

/// The floor of the first question on SQLite.
pub(crate) const ON_SQLITE: &str = "
    select json_object('data', json_object('staff', json_object('nodes', json_group_array(
        json_object(
            'name', page.name,
            'facility', json_object('name', page.facility),
            'administeredBy', json_object('name', page.division))))))
    from (
        select staff_member.name, facility.name as facility, division.name as division
        from staff_member
        join facility on facility.id = staff_member.facility_id
        join division on division.id = staff_member.administered_by
        where staff_member.administered_by between $1 and $2
        order by staff_member.administered_by, staff_member.id
        limit 20
    ) page";

impl Question {
    /// Whether a tenant asks it.
    pub(crate) fn is_asked_by(&self, tenant: &Tenant) -> bool {
        match self.aim {
            Aim::Nothing | Aim::Record | Aim::Cursor => true,
            Aim::Administration => tenant.subject.contains("administrator"),
            Aim::Statistics => tenant.subject == NATION,
            Aim::Program => false,
        }
    }
}
