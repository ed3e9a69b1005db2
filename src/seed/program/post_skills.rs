//! Beijing's post-skills training (岗位练兵) of 2024: six tracks, one a key post,
//! of three stages each. How many reached each stage is reported; who did, their
//! scores and days are demonstration assumptions.

use std::ops::Range;

use chrono::NaiveDate;
use entity::program;
use entity::staff_member;
use entity::term::{EnrollmentStatus, KeyPost, ProgramKind, ProgramTier};

use crate::seed::Dataset;
use crate::seed::beijing::staff::TECHNICIANS;
use crate::seed::calendar::{after, day};
use crate::seed::chance::Chance;
use crate::seed::division::Tree;
use crate::seed::error::SeedError;
use crate::seed::organization::Organizations;
use crate::seed::profile::is_health_technician;
use crate::seed::register::{Standing, append};
use crate::seed::share::chosen;

/// Participants in the online theory: reported as nearly 40,000, the number itself is assumed.
pub(in crate::seed) const ONLINE_THEORY: u64 = 39_986;
/// Participants in the hands-on practice, as reported.
pub(in crate::seed) const HANDS_ON_PRACTICE: u64 = 6_149;
/// Participants in the municipal training and assessment, as reported.
pub(in crate::seed) const MUNICIPAL: u64 = 228;

const STAGES: [&str; 3] = ["线上理论学习", "技能实操培训", "市级技能培训与考核"];
const TRACKS: [(KeyPost, &str, &str); 6] = [
    (
        KeyPost::GeneralPractice,
        "BJ-POST-2024-GP",
        "全科医疗岗位练兵",
    ),
    (KeyPost::Tcm, "BJ-POST-2024-TCM", "中医岗位练兵"),
    (
        KeyPost::Rehabilitation,
        "BJ-POST-2024-REHAB",
        "康复岗位练兵",
    ),
    (KeyPost::Nursing, "BJ-POST-2024-NURSING", "护理岗位练兵"),
    (
        KeyPost::PreventiveCare,
        "BJ-POST-2024-PREVENTION",
        "预防保健岗位练兵",
    ),
    (KeyPost::Pharmacy, "BJ-POST-2024-PHARMACY", "药学岗位练兵"),
];

/// The source gives the year, and the day of the closing event.
const BEGINS: NaiveDate = day(2024, 1, 1);
const ENDS: NaiveDate = day(2024, 12, 29);
/// Assumed ends of the stages, the last of them the closing event.
const STAGE_ENDS: [NaiveDate; 3] = [day(2024, 6, 30), day(2024, 9, 30), ENDS];

struct Track {
    key_post: KeyPost,
    program_id: i64,
    stages: [i64; 3],
}

/// Sets up the program and enters the community staff at these positions.
pub(in crate::seed) fn run(
    data: &mut Dataset,
    tree: &Tree,
    organizations: &Organizations,
    staff: Range<usize>,
) -> Result<(), SeedError> {
    let tracks = set_up(data, tree.at("11")?.id, organizations.beijing_commission);
    let candidates: Vec<staff_member::Model> = data
        .staff
        .iter()
        .take(staff.end)
        .skip(staff.start)
        .filter(|one| is_health_technician(one.profession_category))
        .cloned()
        .collect();
    let participants = (0..)
        .zip(&candidates)
        .filter(|(position, _)| chosen(*position, ONLINE_THEORY, TECHNICIANS));
    for (position, (_, participant)) in (0..).zip(participants) {
        if let Some(track) = track_of(&tracks, participant.key_post) {
            data.enroll(participant, standing(track, position));
        }
    }
    Ok(())
}

fn set_up(data: &mut Dataset, beijing: i64, host_id: i64) -> Vec<Track> {
    let mut add = |parent_id, code: &str, name: &str, tier| {
        append(&mut data.programs, |id| program::Model {
            id,
            parent_id,
            code: code.to_owned(),
            name: name.to_owned(),
            kind: ProgramKind::PostSkills,
            tier,
            host_id,
            division_id: beijing,
            starts_on: Some(BEGINS),
            ends_on: Some(ENDS),
            target: None,
            supported_by: None,
            version: 1,
            active: true,
        })
    };
    let root = add(
        None,
        "BJ-POST-2024",
        "2024年北京市基层卫生人员岗位练兵",
        ProgramTier::Plan,
    );
    let programs = TRACKS
        .map(|(key_post, code, name)| (key_post, add(Some(root), code, name, ProgramTier::Track)));
    programs
        .into_iter()
        .map(|(key_post, program_id)| Track {
            key_post,
            program_id,
            stages: data.stages(program_id, beijing, STAGES),
        })
        .collect()
}

/// The track of the key post. Technicians in no key post (laboratory, imaging) take general practice, the first: a demonstration assumption.
fn track_of(tracks: &[Track], key_post: KeyPost) -> Option<&Track> {
    tracks
        .iter()
        .find(|track| track.key_post == key_post)
        .or_else(|| tracks.first())
}

/// How far the participant at this position came.
fn standing(track: &Track, position: u64) -> Standing {
    let practised = chosen(position, HANDS_ON_PRACTICE, ONLINE_THEORY);
    let practitioner = position * HANDS_ON_PRACTICE / ONLINE_THEORY;
    let reached = match practised {
        true if chosen(practitioner, MUNICIPAL, HANDS_ON_PRACTICE) => 2,
        true => 1,
        false => 0,
    };
    let mut chance = Chance::of("post skills", position as i64);
    let (status, score) = match chance.below(100) {
        0 if reached == 0 => (EnrollmentStatus::Withdrawn, None),
        1..4 if reached == 0 => (EnrollmentStatus::Failed, Some(40 + chance.below(20) as i32)),
        _ => (EnrollmentStatus::Passed, Some(60 + chance.below(41) as i32)),
    };
    Standing {
        program_id: track.program_id,
        stage_id: track.stages.get(reached).copied(),
        status,
        entered_on: after(day(2024, 3, 1), chance.below(60)),
        ended_on: STAGE_ENDS.get(reached).copied(),
        score,
    }
}
