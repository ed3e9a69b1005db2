//! Training of county hospitals in the prevention and treatment of tumors, hosted
//! by the national center. The sources name the theme and the host; code, stages,
//! edition and participants are demonstration assumptions.

use entity::program;
use entity::staff_member;
use entity::term::{EnrollmentStatus, ProfessionCategory, ProgramKind, ProgramTier};

use crate::seed::Dataset;
use crate::seed::calendar::{after, day};
use crate::seed::chance::Chance;
use crate::seed::county_hospital::CountyHospitals;
use crate::seed::division::NATION;
use crate::seed::donggang::Donggang;
use crate::seed::organization::Organizations;
use crate::seed::register::{Standing, append};
use crate::seed::share::chosen;

const STAGES: [&str; 2] = ["线上理论培训(示例)", "现场实训与考核(示例)"];
/// Participants, one in five of them of the program itself, the others of its edition.
const PARTICIPANTS: u64 = 150;

/// Sets up the program and its edition, enters participants and returns the keys
/// of both.
pub(in crate::seed) fn run(
    data: &mut Dataset,
    organizations: &Organizations,
    counties: &CountyHospitals,
    donggang: &Donggang,
) -> [i64; 2] {
    let host_id = organizations.capacity_center;
    let mut add = |parent_id, code: &str, name: &str, tier, starts_on, ends_on| {
        append(&mut data.programs, |id| program::Model {
            id,
            parent_id,
            code: code.to_owned(),
            name: name.to_owned(),
            kind: ProgramKind::CountyCapability,
            tier,
            host_id,
            division_id: NATION,
            starts_on,
            ends_on,
            target: None,
            supported_by: None,
            version: 1,
            active: true,
        })
    };
    let (root_code, root_name) = ("ONCOLOGY", "县级肿瘤防治能力培训");
    let root = add(None, root_code, root_name, ProgramTier::Plan, None, None);
    let edition = add(
        Some(root),
        "ONCOLOGY-2024",
        "县级肿瘤防治能力培训2024年度班(示例)",
        ProgramTier::Edition,
        Some(day(2024, 3, 1)),
        Some(day(2024, 11, 30)),
    );
    let programs = [root, edition].map(|id| (id, data.stages(id, NATION, STAGES)));
    let [of_root, of_edition] = programs;

    let candidates = clinicians(data, counties, donggang);
    let whole = candidates.len() as u64;
    let participants: Vec<_> = (0..)
        .zip(candidates)
        .filter(|(position, _)| chosen(*position, PARTICIPANTS, whole))
        .map(|(_, participant)| participant)
        .collect();
    for (number, participant) in (0..).zip(&participants) {
        let program = if number % 5 == 0 { of_root } else { of_edition };
        data.enroll(participant, standing(program, number));
    }
    [root, edition]
}

/// Physicians and nurses of the county hospitals, Donggang's among them.
fn clinicians(
    data: &Dataset,
    counties: &CountyHospitals,
    donggang: &Donggang,
) -> Vec<staff_member::Model> {
    (0..)
        .zip(&data.staff)
        .filter(|(position, _)| {
            counties.staff.contains(position) || donggang.staff.contains(position)
        })
        .map(|(_, one)| one)
        .filter(|one| {
            matches!(
                one.profession_category,
                ProfessionCategory::LicensedPhysician | ProfessionCategory::RegisteredNurse
            )
        })
        .cloned()
        .collect()
}

fn standing((program_id, [theory, practice]): (i64, [i64; 2]), number: i64) -> Standing {
    let mut chance = Chance::of("county oncology", number);
    let (stage_id, status) = match chance.below(10) {
        0 => (theory, EnrollmentStatus::Withdrawn),
        1..5 => (theory, EnrollmentStatus::Entered),
        5 => (practice, EnrollmentStatus::Failed),
        _ => (practice, EnrollmentStatus::Passed),
    };
    let score = match status {
        EnrollmentStatus::Passed => Some(60 + chance.below(41) as i32),
        EnrollmentStatus::Failed => Some(40 + chance.below(20) as i32),
        EnrollmentStatus::Entered | EnrollmentStatus::Withdrawn => None,
    };
    let ended = status != EnrollmentStatus::Entered;
    Standing {
        program_id,
        stage_id: Some(stage_id),
        status,
        entered_on: after(day(2024, 3, 1), chance.below(60)),
        ended_on: ended.then(|| after(day(2024, 6, 1), chance.below(180))),
        score,
    }
}
