//! Counts of year-ends: published once, told as they were published.

use grassroots_tests::{country::PROJECT, global_id};
use serde_json::{Value, json};
use support::Backend;

use crate::{
    policy::BUILT_IN,
    world::{EAST, FAR, World, give},
};

on_both_databases!(
    a_year_is_published_once_and_stays_as_it_was,
    what_is_asked_for_in_vain_is_told,
    facilities_are_counted_to_the_last_one_and_persons_are_not,
    whoever_was_there_at_the_years_end_counts_where_that_was,
    a_deny_takes_every_count_that_it_touches,
    an_enrollment_counts_in_the_year_in_which_it_began,
    a_project_without_anybody_is_told_of_like_one_with_a_few,
    who_has_records_is_not_told_counts_of_the_same,
    who_has_the_enrolled_is_not_told_how_many_they_are,
);

const STAFF: &str = "{ staffStatistics(level: PROVINCE, by: TITLE, year: 2024) {
    division { code } title count isWithheld share } }";

/// The country, with a statistician of the nation, and 40 more of Ann's sort.
async fn world(backend: Backend) -> World {
    let world = World::make(backend).await;
    give(&world, "newcomer", "statistician", "0").await;
    for id in 101..=140 {
        for sql in [
            format!(
                "insert into person (id, name, sex) select {id}, 'Ann {id}', sex
                 from person where id = 1"
            ),
            format!(
                "insert into employment (id, person_id, person_name, facility_id, employer_id,
                    administered_by, located_in, main, tenure, key_post, title_engaged, started_on)
                 select {id}, {id}, 'Ann {id}', facility_id, employer_id, administered_by,
                    located_in, main, tenure, key_post, title_engaged, started_on
                 from employment where id = 1"
            ),
            format!(
                "insert into staff_member (id, person_id, name, main_employment_id, facility_id,
                    administered_by, located_in, profession_category, education, title, key_post)
                 select {id}, {id}, 'Ann {id}', {id}, facility_id, administered_by, located_in,
                    profession_category, education, title, key_post
                 from staff_member where id = 1"
            ),
        ] {
            world.sql.run(&sql).await;
        }
    }
    world
}

async fn publish(world: &World, year: i32) -> Result<usize, String> {
    let published = world.instance.system.publish(year, &|_, _| {}).await;
    let published = published.map_err(|error| error.to_string())?;
    Ok(published.counts)
}

/// The counts of a term that are told, by the divisions' codes.
async fn told(world: &World, query: &str, field: &str, term: &str) -> Vec<(String, i64)> {
    let answer = world.instance.ask("newcomer", query).await;
    let counts = answer.good().as_object().unwrap().values().next().unwrap();
    let counts = counts.as_array().unwrap().iter();
    let counts = counts.filter(|count| count[field] == term);
    let told = |count: &Value| {
        let code = count["division"]["code"].as_str().unwrap().to_owned();
        Some((code, count["count"].as_i64()?))
    };
    counts.filter_map(told).collect()
}

async fn a_year_is_published_once_and_stays_as_it_was(backend: Backend) {
    let world = world(backend).await;
    publish(&world, 2024).await.unwrap();
    let before = world.instance.ask("newcomer", STAFF).await;
    world
        .sql
        .run("update staff_member set title = 'SENIOR' where id > 100")
        .await;
    let after = world.instance.ask("newcomer", STAFF).await;
    assert_eq!(before.good(), after.good());
    let again = publish(&world, 2024).await.unwrap_err();
    assert!(again.contains("2024 has been published"), "{again}");
    publish(&world, 2023).await.unwrap();
    let years = world.instance.system.published().await.unwrap();
    assert_eq!(years, [2023, 2024]);
}

async fn what_is_asked_for_in_vain_is_told(backend: Backend) {
    let world = world(backend).await;
    let early = publish(&world, 2999).await.unwrap_err();
    assert!(early.contains("2999 is not over"), "{early}");
    let asked = |arguments: &str| {
        let query = format!("{{ staffStatistics({arguments}) {{ count }} }}");
        let world = &world;
        async move { world.instance.ask("newcomer", &query).await }
    };
    let ask = |rest: &str| asked(&format!("level: NATION, by: TITLE, {rest}"));
    let none = ask("year: 2024").await;
    assert!(none.messages[0].contains("nothing has been published yet"));
    publish(&world, 2024).await.unwrap();
    for (answer, code, says) in [
        (
            ask("year: 2020").await,
            "INVALID_INPUT",
            "published years are 2024",
        ),
        (
            ask("year: 2024, filter: { title: { eq: SENIOR } }").await,
            "INVALID_INPUT",
            "can't be filtered",
        ),
        (
            asked("level: TOWNSHIP, by: TITLE, year: 2024").await,
            "INVALID_INPUT",
            "nothing is published of townships",
        ),
        (ask("within: \"0\"").await, "FORBIDDEN", "of which year"),
    ] {
        assert_eq!(answer.codes, [code]);
        assert!(answer.messages[0].contains(says), "{:?}", answer.messages);
    }
    // Who may see records and no published counts is told so.
    let answer = world.instance.ask("steward", STAFF).await;
    assert_eq!(answer.codes, ["FORBIDDEN"]);
}

async fn facilities_are_counted_to_the_last_one_and_persons_are_not(backend: Backend) {
    let world = world(backend).await;
    publish(&world, 2024).await.unwrap();
    let facilities = "{ facilityStatistics(level: PROVINCE, by: LEVEL, year: 2024) {
        division { code } level count } }";
    assert_eq!(
        told(&world, facilities, "level", "UNGRADED").await,
        [("31".to_owned(), 3), ("32".to_owned(), 1)]
    );
    // 44 in the one province, and one in the other.
    assert_eq!(
        told(&world, STAFF, "title", "JUNIOR").await,
        [("31".to_owned(), 45)]
    );
}

async fn whoever_was_there_at_the_years_end_counts_where_that_was(backend: Backend) {
    let world = world(backend).await;
    // Half of them left in the year; the record stays where the last employment was.
    world
        .sql
        .run("update employment set ended_on = '2024-06-30' where id between 101 and 120")
        .await;
    publish(&world, 2023).await.unwrap();
    publish(&world, 2024).await.unwrap();
    let before = STAFF.replace("2024", "2023");
    let near = |count| [("31".to_owned(), count)];
    assert_eq!(told(&world, &before, "title", "JUNIOR").await, near(45));
    assert_eq!(told(&world, STAFF, "title", "JUNIOR").await, near(25));
}

async fn a_deny_takes_every_count_that_it_touches(backend: Backend) {
    let world = world(backend).await;
    publish(&world, 2024).await.unwrap();
    let bar = "p, role:barred, res:facility, aggregate, located, cols:all, deny";
    let policy = format!("{BUILT_IN}\n{bar}");
    world.instance.system.replace_policy(&policy).await.unwrap();
    give(&world, "newcomer", "barred", EAST).await;
    let mut codes = Vec::new();
    for level in ["NATION", "PROVINCE", "PREFECTURE", "COUNTY"] {
        let query = format!(
            "{{ facilityStatistics(level: {level}, by: LEVEL, year: 2024) {{
                division {{ code }} level count }} }}"
        );
        let told = told(&world, &query, "level", "UNGRADED").await;
        codes.extend(told.into_iter().map(|(code, _)| code));
    }
    assert_eq!(json!(codes), json!(["32", "3201", "310102", FAR]));
}

/// Enrolls 20 of Ann's sort in the program that Ann is in.
async fn enroll(world: &World, entered_on: &str) {
    let enroll = format!(
        "insert into enrollment (program_id, stage_id, person_id, participant_name, facility_id,
            division_id, status, entered_on)
         select enrollment.program_id, enrollment.stage_id, person.id, person.name,
            enrollment.facility_id, enrollment.division_id, enrollment.status, '{entered_on}'
         from person, enrollment where enrollment.id = 1 and person.id between 101 and 120"
    );
    world.sql.run(&enroll).await;
}

const ENROLLMENTS: &str = "{ enrollmentStatistics(level: NATION, by: STATUS, year: 2024) {
    division { code } status count } }";

async fn an_enrollment_counts_in_the_year_in_which_it_began(backend: Backend) {
    let world = world(backend).await;
    enroll(&world, "2024-01-01").await;
    enroll(&world, "2024-12-31").await;
    for year in [2023, 2024, 2025] {
        publish(&world, year).await.unwrap();
    }
    let mut all = Vec::new();
    for year in ["2023", "2024", "2025"] {
        let query = ENROLLMENTS.replace("2024", year);
        all.push(told(&world, &query, "status", "ENTERED").await);
    }
    assert_eq!(all, [vec![], vec![("0".to_owned(), 40)], vec![]]);
}

async fn a_project_without_anybody_is_told_of_like_one_with_a_few(backend: Backend) {
    let world = world(backend).await;
    let support = format!("update program set supported_by = {PROJECT}");
    world.sql.run(&support).await;
    publish(&world, 2020).await.unwrap();
    enroll(&world, "2023-06-01").await;
    let delete = "delete from enrollment where person_id > 103";
    world.sql.run(delete).await;
    publish(&world, 2023).await.unwrap();
    let project = global_id("PartnershipProject", PROJECT);
    let mut told = Vec::new();
    for year in [2020, 2023] {
        let query = format!(
            "{{ enrollmentStatistics(level: PROVINCE, by: STATUS, year: {year},
                project: \"{project}\") {{ division {{ code }} status count isWithheld }} }}"
        );
        let answer = world.instance.ask("sponsor", &query).await;
        told.push(answer.good().clone());
    }
    assert_eq!(told[0], told[1]);
    let counts = told[0]["enrollmentStatistics"].as_array().unwrap();
    assert!(!counts.is_empty());
    assert!(
        counts
            .iter()
            .all(|count| count["isWithheld"] == json!(true))
    );
}

/// By whichever binding: what is withheld would be the difference.
async fn who_has_records_is_not_told_counts_of_the_same(backend: Backend) {
    let world = world(backend).await;
    publish(&world, 2024).await.unwrap();
    let facilities = STAFF.replace("staff", "facility").replace("TITLE", "LEVEL");
    let facilities = facilities.replace("title", "level");
    let ask = async |query: &str| world.instance.ask("newcomer", query).await.codes;
    for query in [STAFF, &facilities, ENROLLMENTS] {
        assert_eq!(ask(query).await, [""; 0], "{query}");
    }
    give(&world, "newcomer", "steward", EAST).await;
    assert_eq!(ask(STAFF).await, ["FORBIDDEN"]);
    for query in [&facilities, ENROLLMENTS] {
        assert_eq!(ask(query).await, [""; 0], "{query}");
    }
    give(&world, "newcomer", "analyst", EAST).await;
    assert_eq!(ask(ENROLLMENTS).await, ["FORBIDDEN"]);
}

async fn who_has_the_enrolled_is_not_told_how_many_they_are(backend: Backend) {
    let world = world(backend).await;
    publish(&world, 2024).await.unwrap();
    let line = "p, role:caller-up, res:person, list, enrolled, cols:all, allow";
    let policy = format!("{BUILT_IN}\n{line}");
    world.instance.system.replace_policy(&policy).await.unwrap();
    give(&world, "newcomer", "caller-up", EAST).await;
    let ask = async |query: &str| world.instance.ask("newcomer", query).await.codes;
    assert_eq!(ask(ENROLLMENTS).await, ["FORBIDDEN"]);
    assert_eq!(ask(STAFF).await, [""; 0]);
}
