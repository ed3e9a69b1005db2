//! What the database's keys demand: rows refer to rows before them, and copies equal their originals.

use std::collections::{HashMap, HashSet};

use entity::term::DivisionKind;
use entity::{division, employment, facility, program};

use super::DATA;

fn divisions() -> HashMap<i64, &'static division::Model> {
    DATA.divisions.iter().map(|row| (row.id, row)).collect()
}

fn facility(id: i64) -> &'static facility::Model {
    &DATA.facilities[usize::try_from(id - 1).unwrap()]
}

fn employment(id: i64) -> &'static employment::Model {
    &DATA.employments[usize::try_from(id - 1).unwrap()]
}

fn program(id: i64) -> &'static program::Model {
    &DATA.programs[usize::try_from(id - 1).unwrap()]
}

fn person_name(id: i64) -> &'static str {
    &DATA.people[usize::try_from(id - 1).unwrap()].name
}

#[test]
fn keys_count_from_one() {
    macro_rules! assert_sequential {
        ($($table:ident),+) => {$(
            let keys = DATA.$table.iter().map(|row| row.id);
            assert!(keys.eq(1..=DATA.$table.len() as i64), stringify!($table));
            assert!(!DATA.$table.is_empty(), stringify!($table));
        )+};
    }
    assert_sequential!(
        organizations,
        facilities,
        people,
        employments,
        staff,
        programs,
        stages,
        enrollments,
        projects,
        parties,
        modules,
        sites,
        activities,
        users,
        bindings
    );
}

#[test]
fn rows_refer_to_divisions_that_hold_rows() {
    let divisions = divisions();
    let held = DATA
        .facilities
        .iter()
        .flat_map(|row| [row.located_in, row.administered_by])
        .chain(DATA.organizations.iter().filter_map(|row| row.division_id))
        .chain(DATA.programs.iter().map(|row| row.division_id))
        .chain(DATA.enrollments.iter().map(|row| row.division_id))
        .chain(DATA.bindings.iter().filter_map(|row| row.division_id));
    for id in held {
        assert_ne!(divisions[&id].kind, DivisionKind::Placeholder, "{id}");
    }
}

#[test]
fn nothing_stands_in_an_authority() {
    let divisions = divisions();
    let kinds = DATA
        .facilities
        .iter()
        .map(|row| divisions[&row.located_in].kind);
    assert!(
        kinds
            .into_iter()
            .all(|kind| kind != DivisionKind::Authority)
    );
    let administered = DATA
        .facilities
        .iter()
        .filter(|row| divisions[&row.administered_by].kind == DivisionKind::Authority);
    let authorities: HashSet<&str> = administered
        .map(|row| divisions[&row.administered_by].code.as_str())
        .collect();
    assert_eq!(authorities, HashSet::from(["01", "02", "119101"]));
}

#[test]
fn trees_list_parents_first() {
    let facilities = DATA.facilities.iter();
    let facilities = facilities
        .flat_map(|row| [row.branch_of, row.integrated_under].map(|parent| (row.id, parent)));
    let programs = DATA.programs.iter().map(|row| (row.id, row.parent_id));
    let projects = DATA.projects.iter().map(|row| (row.id, row.parent_id));
    for (id, parent) in facilities.chain(programs).chain(projects) {
        assert!(parent.is_none_or(|parent| (1..id).contains(&parent)));
    }
    let organizations = 1..=DATA.organizations.len() as i64;
    let referred = DATA
        .facilities
        .iter()
        .filter_map(|row| row.organization_id)
        .chain(DATA.programs.iter().map(|row| row.host_id))
        .chain(DATA.parties.iter().map(|row| row.organization_id));
    assert!(referred.into_iter().all(|id| organizations.contains(&id)));
}

#[test]
fn an_employment_repeats_its_person_and_its_worksite() {
    let mut main = HashSet::new();
    for row in &DATA.employments {
        let site = facility(row.facility_id);
        assert_eq!(row.person_name, person_name(row.person_id));
        assert_eq!(row.administered_by, site.administered_by);
        assert_eq!(row.located_in, site.located_in);
        assert!(row.employer_id <= DATA.facilities.len() as i64);
        assert!(
            row.ended_on.is_none_or(|end| end > row.started_on),
            "{}",
            row.id
        );
        if row.main && row.ended_on.is_none() {
            assert!(
                main.insert(row.person_id),
                "two main employments: {}",
                row.person_id
            );
        }
    }
}

#[test]
fn a_staff_record_repeats_its_main_employment() {
    let mut people = HashSet::new();
    for row in &DATA.staff {
        let main = employment(row.main_employment_id);
        assert!(people.insert(row.person_id));
        assert!(main.main);
        assert_eq!(row.person_id, main.person_id);
        assert_eq!(row.name, main.person_name);
        assert_eq!(row.facility_id, main.facility_id);
        assert_eq!(row.administered_by, main.administered_by);
        assert_eq!(row.located_in, main.located_in);
        assert_eq!(row.key_post, main.key_post);
    }
}

#[test]
fn stages_and_enrollments_fit_their_program() {
    let mut places = HashSet::new();
    for row in &DATA.stages {
        assert_eq!(row.division_id, program(row.program_id).division_id);
        assert!(places.insert((row.program_id, row.ordinal)));
    }
    let stages: HashMap<i64, i64> = DATA
        .stages
        .iter()
        .map(|row| (row.id, row.program_id))
        .collect();
    let mut entered = HashSet::new();
    for row in &DATA.enrollments {
        assert!(entered.insert((row.program_id, row.person_id)));
        assert_eq!(row.participant_name, person_name(row.person_id));
        assert!(
            row.stage_id
                .is_none_or(|stage| stages[&stage] == row.program_id)
        );
        assert!(row.ended_on.is_none_or(|end| end > row.entered_on));
        let administered = row.facility_id.map(|id| facility(id).administered_by);
        assert!(administered.is_none_or(|division| division == row.division_id));
    }
    let codes: HashSet<&str> = DATA.programs.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.len(), DATA.programs.len());
}

#[test]
fn partnership_rows_fit_their_project() {
    let projects = 1..=DATA.projects.len() as i64;
    let mut parties = HashSet::new();
    for row in &DATA.parties {
        assert!(projects.contains(&row.project_id));
        assert!(parties.insert((
            row.project_id,
            row.organization_id,
            format!("{:?}", row.role)
        )));
    }
    let mut sites = HashSet::new();
    for row in &DATA.sites {
        let site = facility(row.facility_id);
        assert!(projects.contains(&row.project_id));
        assert!(sites.insert((row.project_id, row.facility_id)));
        assert_eq!(row.administered_by, site.administered_by);
        assert_eq!(row.located_in, site.located_in);
    }
    let modules: HashMap<i64, i64> = DATA
        .modules
        .iter()
        .map(|row| (row.id, row.project_id))
        .collect();
    for row in &DATA.activities {
        assert!(projects.contains(&row.project_id));
        assert!(
            row.module_id
                .is_none_or(|module| modules[&module] == row.project_id)
        );
    }
}
