//! The figures that the sources report, counted.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::term::{Education, FacilityType, ProfessionCategory, Title};
use entity::{employment, staff_member};

use super::DATA;
use crate::seed::calendar::day;
use crate::seed::profile::is_health_technician;

/// Community health facilities that stand in Beijing.
fn community() -> HashSet<i64> {
    let beijing = DATA.divisions.iter().find(|row| row.code == "11").unwrap();
    DATA.facilities
        .iter()
        .filter(|row| (beijing.id..=beijing.last).contains(&row.located_in))
        .filter(|row| {
            matches!(
                row.facility_type,
                FacilityType::CommunityHealthCenter | FacilityType::CommunityHealthStation
            )
        })
        .map(|row| row.id)
        .collect()
}

/// Main employments at the community facilities on a day.
fn employed(on: NaiveDate) -> Vec<&'static employment::Model> {
    let community = community();
    DATA.employments
        .iter()
        .filter(|row| row.main && community.contains(&row.facility_id))
        .filter(|row| row.started_on <= on && row.ended_on.is_none_or(|end| end > on))
        .collect()
}

fn technicians() -> Vec<&'static staff_member::Model> {
    let community = community();
    DATA.staff
        .iter()
        .filter(|row| community.contains(&row.facility_id))
        .filter(|row| is_health_technician(row.profession_category))
        .collect()
}

#[test]
fn beijing_has_44_400_community_health_staff() {
    let community = community();
    let current = |row: &&employment::Model| row.main && row.ended_on.is_none();
    let here = |row: &&employment::Model| community.contains(&row.facility_id);
    assert_eq!(
        DATA.employments.iter().filter(current).filter(here).count(),
        44_400
    );
    let records = DATA
        .staff
        .iter()
        .filter(|row| community.contains(&row.facility_id));
    assert_eq!(records.count(), 44_400);
}

#[test]
fn of_the_health_technicians_57_percent_are_graduates_and_9_1_percent_hold_a_senior_title() {
    let technicians = technicians();
    assert_eq!(technicians.len(), 40_000);
    let graduates = technicians
        .iter()
        .filter(|row| matches!(row.education, Education::Postgraduate | Education::Bachelor));
    assert_eq!(graduates.count() * 100, 57 * technicians.len());
    let seniors = technicians
        .iter()
        .filter(|row| matches!(row.title, Title::Senior | Title::AssociateSenior));
    assert_eq!(seniors.count() * 1_000, 91 * technicians.len());
}

#[test]
fn the_shares_are_spread_over_the_districts() {
    let mut districts = HashMap::<i64, (usize, usize)>::new();
    for row in technicians() {
        let (seniors, all) = districts.entry(row.administered_by).or_default();
        *seniors += usize::from(matches!(row.title, Title::Senior | Title::AssociateSenior));
        *all += 1;
    }
    // 16 districts, the university and the zone's committee.
    assert_eq!(districts.len(), 18);
    for (seniors, all) in districts.into_values().filter(|(_, all)| *all > 500) {
        let share = seniors * 1_000 / all;
        assert!((80..=102).contains(&share), "{seniors} of {all}");
    }
}

#[test]
fn health_technicians_grew_by_5_649_since_2019() {
    let categories: HashMap<i64, ProfessionCategory> = DATA
        .staff
        .iter()
        .map(|row| (row.person_id, row.profession_category))
        .collect();
    let technicians = |on| {
        employed(on)
            .into_iter()
            .filter(|row| is_health_technician(categories[&row.person_id]))
            .count()
    };
    assert_eq!(
        technicians(day(2024, 12, 31)) - technicians(day(2019, 12, 31)),
        5_649
    );
}

#[test]
fn the_post_skills_training_narrows_to_228() {
    let tracks: Vec<i64> = DATA
        .programs
        .iter()
        .filter(|row| row.code.starts_with("BJ-POST-2024-"))
        .map(|row| row.id)
        .collect();
    assert_eq!(tracks.len(), 6);
    let ordinals: HashMap<i64, i32> = DATA
        .stages
        .iter()
        .map(|row| (row.id, row.ordinal))
        .collect();
    let entered: Vec<_> = DATA
        .enrollments
        .iter()
        .filter(|row| tracks.contains(&row.program_id))
        .collect();
    let reached = |ordinal| {
        let reached = |stage: i64| ordinals[&stage] >= ordinal;
        entered
            .iter()
            .filter(|row| row.stage_id.is_some_and(reached))
            .count()
    };
    assert_eq!([reached(1), reached(2), reached(3)], [39_986, 6_149, 228]);
    let people: HashSet<i64> = entered.iter().map(|row| row.person_id).collect();
    assert_eq!(people.len(), entered.len());
    let community = community();
    assert!(
        entered
            .iter()
            .all(|row| row.facility_id.is_some_and(|id| community.contains(&id)))
    );
    for track in tracks {
        assert!(entered.iter().filter(|row| row.program_id == track).count() > 1_000);
    }
}

#[test]
fn the_county_oncology_training_has_150_participants_of_three_provinces() {
    let programs: Vec<i64> = DATA
        .programs
        .iter()
        .filter(|row| row.code.starts_with("ONCOLOGY"))
        .map(|row| row.id)
        .collect();
    let entered = DATA
        .enrollments
        .iter()
        .filter(|row| programs.contains(&row.program_id));
    assert_eq!(entered.clone().count(), 150);
    let provinces: HashSet<i64> = entered
        .map(|row| row.division_id / 100_000_000_000)
        .collect();
    assert_eq!(provinces, HashSet::from([13, 21, 41]));
}
