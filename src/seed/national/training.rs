//! Training of the whole country's staff: a program of the nation with a track for each
//! province. All of it is invented.

use std::collections::HashMap;

use entity::division;
use entity::program;
use entity::term::{DivisionLevel, EnrollmentStatus, ProgramKind, ProgramTier};

use crate::seed::Dataset;
use crate::seed::calendar::{after, day};
use crate::seed::chance::Chance;
use crate::seed::division::{NATION, Tree};
use crate::seed::organization::Organizations;
use crate::seed::register::{Standing, append};

use super::account;

const STAGES: [&str; 2] = ["线上学习(示例)", "集中培训与考核(示例)"];
/// Thousandths of the staff who take part: a million in the country.
const PARTICIPANTS: u64 = 238;

/// The tracks with their stages, by the first two digits of the province's code.
#[derive(Clone)]
pub(super) struct Training {
    tracks: HashMap<String, (i64, [i64; 2])>,
}

impl Training {
    /// Sets up the program and its tracks, with an account for the host of each.
    pub(super) fn set_up(data: &mut Dataset, tree: &Tree, organizations: &Organizations) -> Self {
        let add = |data: &mut Dataset, parent_id, code: String, name: String, tier, division_id| {
            let mut program = program::Model {
                id: 0,
                parent_id,
                code,
                name,
                kind: ProgramKind::ContinuingEducation,
                tier,
                host_id: organizations.capacity_center,
                division_id,
                starts_on: Some(day(2024, 1, 1)),
                ends_on: Some(day(2026, 12, 31)),
                target: None,
                supported_by: None,
                version: 1,
                active: true,
            };
            program.id = append(&mut data.programs, |id| program::Model {
                id,
                ..program.clone()
            });
            account::open_host(data, &program);
            program.id
        };
        let name = "全国基层卫生人员能力提升培训(示例)";
        let code = "NATIONAL".to_owned();
        let root = add(
            data,
            None,
            code,
            name.to_owned(),
            ProgramTier::Umbrella,
            NATION,
        );
        let provinces = tree.holding(DivisionLevel::Province);
        let tracks = provinces.map(|province| {
            let (code, name) = (
                format!("NATIONAL-{}", province.code),
                format!("{}{name}", province.name),
            );
            let track = add(
                data,
                Some(root),
                code,
                name,
                ProgramTier::Track,
                province.id,
            );
            let stages = data.stages(track, province.id, STAGES);
            (province.code.clone(), (track, stages))
        });
        Training {
            tracks: tracks.collect(),
        }
    }

    /// Enters some of the staff who are in the data.
    pub(super) fn enroll(&self, data: &mut Dataset, county: &division::Model) {
        let Some(track) = county.code.get(..2).and_then(|code| self.tracks.get(code)) else {
            return;
        };
        let staff = std::mem::take(&mut data.staff);
        for one in &staff {
            let mut chance = Chance::of("national training", one.id);
            if chance.below(1_000) < PARTICIPANTS {
                data.enroll(one, standing(*track, &mut chance));
            }
        }
        data.staff = staff;
    }
}

fn standing((program_id, [online, course]): (i64, [i64; 2]), chance: &mut Chance) -> Standing {
    let (stage_id, status) = match chance.below(10) {
        0 => (online, EnrollmentStatus::Withdrawn),
        1..5 => (online, EnrollmentStatus::Entered),
        5 => (course, EnrollmentStatus::Failed),
        _ => (course, EnrollmentStatus::Passed),
    };
    let entered_on = after(day(2024, 1, 1), chance.below(700));
    let ended = status != EnrollmentStatus::Entered;
    Standing {
        program_id,
        stage_id: Some(stage_id),
        status,
        entered_on,
        ended_on: ended.then(|| after(entered_on, 30 + chance.below(180))),
        score: (status == EnrollmentStatus::Passed).then(|| 60 + chance.below(41) as i32),
    }
}
