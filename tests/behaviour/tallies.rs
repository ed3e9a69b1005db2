//! Counts that are kept, and statistics made of them.

use std::sync::atomic::{AtomicBool, Ordering};

use access::{Interval, boot};
use grassroots_tests::settings;
use serde_json::{Value, json};
use support::Backend;

use crate::{
    database::Sql,
    world::{EAST, EAST_CENTER, EAST_CLINIC, FAR, PROGRAM_CHILD, WEST, WEST_CENTER, World},
};

on_both_databases!(
    counts_equal_a_recount_while_writers_run,
    statistics_are_exact_for_who_sees_the_records_and_nothing_for_others,
    staff_of_a_larger_division_count_there,
    counts_of_one_division_are_one,
    a_long_list_is_counted_to_the_last_only_where_that_is_asked_for,
);

/// What each kind is counted by.
const COUNTED: [(&str, &[&str], &[&str]); 3] = [
    (
        "facility",
        &["administered_by", "located_in"],
        &["facility_type"],
    ),
    (
        "staff_member",
        &["administered_by", "located_in"],
        &["title", "education", "key_post"],
    ),
    ("enrollment", &["division_id"], &["status"]),
];

/// How many counts differ, at any level, from those of the records at this moment.
fn differences() -> String {
    let mut each = Vec::new();
    for (table, places, dimensions) in COUNTED {
        for (level, name) in (0..).zip(["NATION", "PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP"]) {
            let node = |place: &&str| {
                format!(
                    "coalesce((select id from division where level = '{name}'
                        and {place} between id and last), {place}) as {place}"
                )
            };
            let nodes = places.iter().map(node).collect::<Vec<_>>().join(", ");
            let own = places.join(", ");
            let mut counts = vec![
                format!(
                    "select dimension, value, {own}, count from {table}_tally where level = {level}"
                ),
                format!("select dimension, value, {nodes}, count from {table}_delta"),
            ];
            for dimension in dimensions {
                counts.push(format!(
                    "select '{dimension}', {dimension}, {nodes}, -1 from {table}"
                ));
            }
            each.push(format!(
                "select 1 from ({}) counted group by dimension, value, {own}
                    having sum(count) <> 0",
                counts.join(" union all ")
            ));
        }
    }
    format!(
        "select count(*) from ({}) differing",
        each.join(" union all ")
    )
}

/// Changes of every sort, in an order in which they can happen.
fn changes() -> Vec<String> {
    let key = |code| Interval::of_code(code).unwrap().first;
    let mut changes = Vec::new();
    for id in 100..130 {
        changes.push(format!(
            "insert into person (id, name, sex) values ({id}, 'New {id}', 'FEMALE')"
        ));
        changes.push(format!(
            "insert into employment (id, person_id, person_name, facility_id, employer_id,
                administered_by, located_in, main, tenure, key_post, title_engaged, started_on)
            select {id}, {id}, 'New {id}', id, id, administered_by, located_in, true,
                'CONTRACT', 'NURSING', 'JUNIOR', '2024-01-01' from facility
            where id = {}",
            1 + id % 4
        ));
        changes.push(format!(
            "insert into staff_member (id, person_id, name, main_employment_id, facility_id,
                administered_by, located_in, profession_category, education, title, key_post)
            select {id}, {id}, 'New {id}', {id}, facility_id, administered_by, located_in,
                'REGISTERED_NURSE', 'BACHELOR', 'JUNIOR', 'NURSING' from employment
            where id = {id}"
        ));
        let title = ["SENIOR", "UNTITLED"][id % 2];
        changes.push(format!(
            "update staff_member set title = '{title}' where id = {}",
            id - 5
        ));
        changes.push(format!("delete from staff_member where id = {}", id - 10));
        let county = [EAST, WEST, FAR][id % 3];
        changes.push(format!(
            "update facility set administered_by = {} where id = {EAST_CLINIC}",
            key(county)
        ));
        changes.push(format!(
            "update enrollment set status = '{}'",
            ["PASSED", "FAILED"][id % 2]
        ));
    }
    // A county that gets another key takes all that is in it along.
    for (from, to) in [(FAR, "320109"), ("320109", FAR)] {
        let Interval { first, last } = Interval::of_code(to).unwrap();
        changes.push(format!(
            "update division set id = {first}, last = {last}, code = '{to}' where code = '{from}'"
        ));
    }
    changes
}

async fn counts_equal_a_recount_while_writers_run(backend: Backend) {
    let world = World::make(backend).await;
    let system = boot(&settings(&world.url)).await.unwrap();
    let differences = differences();
    assert_eq!(world.sql.number(&differences).await, 0);

    let is_over = AtomicBool::new(false);
    let write = async {
        let sql = Sql::connect(&world.url).await;
        for change in changes() {
            sql.run(&change).await;
        }
        is_over.store(true, Ordering::Relaxed);
    };
    let fold = async {
        let folder = system.folder();
        while !is_over.load(Ordering::Relaxed) {
            folder.fold().await.unwrap();
        }
    };
    let look = async {
        let mut looks = 0;
        while !is_over.load(Ordering::Relaxed) {
            assert_eq!(world.sql.number(&differences).await, 0);
            looks += 1;
        }
        looks
    };
    let ((), (), looks) = tokio::join!(write, fold, look);
    assert!(looks >= 5, "{looks}");

    assert_eq!(world.sql.number(&differences).await, 0);
    system.folder().fold().await.unwrap();
    let appended = "select (select count(*) from facility_delta)
        + (select count(*) from staff_member_delta) + (select count(*) from enrollment_delta)";
    assert_eq!(world.sql.number(appended).await, 0);
    assert_eq!(world.sql.number(&differences).await, 0);

    let staff = world.sql.number("select count(*) from staff_member").await;
    let all = "{ staff { totalCount } staffStatistics(level: NATION, by: TITLE) { count } }";
    let answer = world.instance.ask("administrator", all).await;
    assert_eq!(answer.total("staff"), staff);
    let counts = answer.good()["staffStatistics"].as_array().unwrap();
    let counts = counts.iter().map(|count| count["count"].as_i64().unwrap());
    assert_eq!(counts.sum::<i64>(), staff);
}

const BY_COUNTY: &str = "{ staffStatistics(level: COUNTY, by: KEY_POST) {
    division { code } title education keyPost count } }";

fn count(code: &str, key_post: &str, count: i64) -> Value {
    json!({
        "division": { "code": code }, "title": null, "education": null,
        "keyPost": key_post, "count": count,
    })
}

async fn statistics_are_exact_for_who_sees_the_records_and_nothing_for_others(backend: Backend) {
    let world = World::make(backend).await;
    let sql = "update employment set key_post = 'NURSING' where id = 1";
    world.sql.run(sql).await;

    let east = [
        count(EAST, "GENERAL_PRACTICE", 2),
        count(EAST, "NURSING", 1),
    ];
    let nation = [
        &east[..],
        &[
            count(WEST, "GENERAL_PRACTICE", 1),
            count(FAR, "GENERAL_PRACTICE", 1),
        ],
    ]
    .concat();
    for (subject, expected) in [
        ("administrator", &nation[..]),
        ("analyst", &nation),
        ("steward", &east),
        // Not of a division: counted from the records themselves.
        ("manager", &east),
    ] {
        let answer = world.instance.ask(subject, BY_COUNTY).await;
        assert_eq!(
            answer.good()["staffStatistics"],
            json!(expected),
            "{subject}"
        );
    }
    let near = "{ staffStatistics(level: PROVINCE, by: EDUCATION, within: \"3101\") {
        division { code } education count } }";
    let answer = world.instance.ask("administrator", near).await;
    let expected = json!([{ "division": { "code": "31" }, "education": "BACHELOR", "count": 4 }]);
    assert_eq!(answer.good()["staffStatistics"], expected);

    for subject in ["host", "sponsor", "newcomer"] {
        let answer = world.instance.ask(subject, BY_COUNTY).await;
        assert_eq!(answer.good()["staffStatistics"], json!([]), "{subject}");
    }
    let wrong = "{ staffStatistics(level: COUNTY, by: TITLE, within: \"31x\") { count } }";
    let answer = world.instance.ask("administrator", wrong).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"]);
}

/// A facility of the province itself belongs to none of its counties.
async fn staff_of_a_larger_division_count_there(backend: Backend) {
    let world = World::make(backend).await;
    let province = Interval::of_code("31").unwrap().first;
    let sql = format!("update facility set located_in = {province} where id = {EAST_CENTER}");
    world.sql.run(&sql).await;
    let expected = [
        count("31", "GENERAL_PRACTICE", 2),
        count(EAST, "GENERAL_PRACTICE", 1),
    ];
    for subject in ["steward", "manager"] {
        let answer = world.instance.ask(subject, BY_COUNTY).await;
        assert_eq!(
            answer.good()["staffStatistics"],
            json!(expected),
            "{subject}"
        );
    }
}

/// A county directly under its province has no prefecture: it counts for the province, as
/// one with what is the province's own, though other prefectures come in between.
async fn counts_of_one_division_are_one(backend: Backend) {
    let world = World::make(backend).await;
    let [province, county] = ["31", "319101"].map(|code| Interval::of_code(code).unwrap());
    for sql in [
        format!(
            "insert into division (id, last, code, name, level, kind, parent_id)
            values ({}, {}, '319101', 'Zone', 'COUNTY', 'ORDINARY', {})",
            county.first, county.last, province.first
        ),
        format!(
            "update facility set located_in = {} where id = {WEST_CENTER}",
            county.first
        ),
        format!(
            "update facility set located_in = {} where id = {EAST_CLINIC}",
            province.first
        ),
    ] {
        world.sql.run(&sql).await;
    }
    let query = "{ staffStatistics(level: PREFECTURE, by: TITLE, within: \"31\") {
        division { code } count } }";
    let answer = world.instance.ask("administrator", query).await;
    let expected = json!([
        { "division": { "code": "31" }, "count": 2 },
        { "division": { "code": "3101" }, "count": 2 },
    ]);
    assert_eq!(answer.good()["staffStatistics"], expected);
}

async fn a_long_list_is_counted_to_the_last_only_where_that_is_asked_for(backend: Backend) {
    let world = World::make(backend).await;
    let enroll = |from: i64, to: i64| {
        format!(
            "insert into enrollment (id, program_id, person_id, participant_name, facility_id,
                division_id, status, entered_on)
            with recursive numbers(n) as (select {from} union all
                select n + 1 from numbers where n < {to})
            select n, {PROGRAM_CHILD}, 1, 'Ann', {EAST_CENTER}, administered_by, 'ENTERED',
                '2024-01-01' from numbers join facility on facility.id = {EAST_CENTER}"
        )
    };
    let list = "{ enrollments { totalCount } programs { nodes { name
        enrollments { totalCount } } } }";
    let child = |answer: &Value| {
        let nodes = answer["programs"]["nodes"].as_array().unwrap();
        let child = nodes.iter().find(|node| node["name"] == "Child").unwrap();
        child["enrollments"]["totalCount"].clone()
    };
    // With Ann's and, for the administrator, Dan's.
    world.sql.run(&enroll(11, 10_009)).await;
    let answer = world.instance.ask("host", list).await;
    assert_eq!(answer.total("enrollments"), 10_000);
    assert_eq!(child(answer.good()), json!(10_000));

    world.sql.run(&enroll(10_010, 10_010)).await;
    let answer = world.instance.ask("host", list).await;
    assert_eq!(answer.good()["enrollments"]["totalCount"], Value::Null);
    assert_eq!(child(answer.good()), Value::Null);
    let exact = list.replace("totalCount", "totalCount(exact: true)");
    let answer = world.instance.ask("host", &exact).await;
    assert_eq!(answer.total("enrollments"), 10_001);
    assert_eq!(child(answer.good()), json!(10_001));
    let exact = "query ($exact: Boolean!) { enrollments { ...Count } }
        fragment Count on EnrollmentConnection { totalCount(exact: $exact) }";
    for (variable, expected) in [(true, json!(10_001)), (false, Value::Null)] {
        let variables = json!({ "exact": variable });
        let answer = world.instance.ask_with("host", exact, variables).await;
        assert_eq!(answer.good()["enrollments"]["totalCount"], expected);
    }

    // Of all divisions' lists count is kept, unless a filter leaves out some.
    let answer = world.instance.ask("administrator", list).await;
    assert_eq!(answer.total("enrollments"), 10_002);
    let some = "{ enrollments(filter: { status: { eq: ENTERED } }) { totalCount } }";
    let answer = world.instance.ask("administrator", some).await;
    assert_eq!(answer.good()["enrollments"]["totalCount"], Value::Null);
}
