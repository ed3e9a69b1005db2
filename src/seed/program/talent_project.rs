//! Henan's 369 Grassroots Health Talent Project: three ways, nine plans, three of
//! them named. What the '6' and the other plans are, no source says.

use chrono::NaiveDate;
use entity::program;
use entity::term::{EnrollmentStatus, ProgramKind, ProgramTier};

use crate::seed::Dataset;
use crate::seed::calendar::{after, day};
use crate::seed::chance::Chance;
use crate::seed::county_hospital::counties;
use crate::seed::division::Tree;
use crate::seed::error::SeedError;
use crate::seed::organization::Organizations;
use crate::seed::register::{Standing, append};

/// The sources give years alone: a year begins on its first day.
const SINCE_2010: NaiveDate = day(2010, 1, 1);
const SINCE_2015: NaiveDate = day(2015, 1, 1);

const STUDENT_STAGES: [&str; 3] = ["招录", "完成学业", "完成规范化培训并到岗"];
/// Students held as a sample: a demonstration assumption, far fewer than the reported 4,200.
const STUDENTS: usize = 48;

/// What the project's programs have in common.
struct Project {
    host_id: i64,
    henan: i64,
}

/// Sets up the project and enters the students.
pub(in crate::seed) fn run(
    data: &mut Dataset,
    tree: &Tree,
    organizations: &Organizations,
) -> Result<(), SeedError> {
    let henan = tree.at("41")?;
    let project = Project {
        host_id: organizations.henan_commission,
        henan: henan.id,
    };
    let students = set_up(data, &project);
    let stages = data.stages(students, henan.id, STUDENT_STAGES);
    for (number, county) in (0..).zip(counties(tree, henan).step_by(2).take(STUDENTS)) {
        let person = data.admit();
        data.enroll_student(person, county.id, standing(students, stages, number));
    }
    Ok(())
}

/// Adds the tree of programs; returns the plan of the order-oriented students.
fn set_up(data: &mut Dataset, project: &Project) -> i64 {
    use ProgramKind::{OrderOriented, SpecialPost, SpecialRecruitment, Umbrella};
    let mut add = |parent_id, code: &str, name: &str, kind, tier, starts_on| {
        append(&mut data.programs, |id| program::Model {
            id,
            parent_id,
            code: code.to_owned(),
            name: name.to_owned(),
            kind,
            tier,
            host_id: project.host_id,
            division_id: project.henan,
            starts_on,
            ends_on: None,
            target: None,
            supported_by: None,
            version: 1,
            active: true,
        })
    };
    let since = Some(SINCE_2015);
    let umbrella = add(
        None,
        "HA-369",
        "369基层卫生人才工程",
        Umbrella,
        ProgramTier::Umbrella,
        since,
    );
    let mut way = |code, name| {
        add(
            Some(umbrella),
            code,
            name,
            Umbrella,
            ProgramTier::Way,
            since,
        )
    };
    // That the named plans are of the first way is our reading.
    let introduction = Some(way("HA-369-1", "引进培养"));
    way("HA-369-2", "在岗培训");
    way("HA-369-3", "帮扶支援");
    let mut plan = |code, name, kind, starts_on| {
        add(introduction, code, name, kind, ProgramTier::Plan, starts_on)
    };
    // Order-oriented training is older than the project.
    let students = plan(
        "HA-369-ORDER",
        "农村订单定向医学生培养",
        OrderOriented,
        Some(SINCE_2010),
    );
    let recruitment = plan(
        "HA-369-RECRUIT",
        "医学毕业生特招计划",
        SpecialRecruitment,
        since,
    );
    plan("HA-369-POST", "全科医生特设岗位计划", SpecialPost, since);
    let others = "其余六项计划(来源未列名)";
    add(
        Some(umbrella),
        "HA-369-OTHERS",
        others,
        Umbrella,
        ProgramTier::Plan,
        since,
    );
    append(&mut data.programs, |id| program::Model {
        id,
        parent_id: Some(recruitment),
        code: "HA-369-RECRUIT-2024".to_owned(),
        name: "2024年医学毕业生特招计划".to_owned(),
        kind: SpecialRecruitment,
        tier: ProgramTier::Edition,
        host_id: project.host_id,
        division_id: project.henan,
        starts_on: Some(day(2024, 1, 1)),
        ends_on: Some(day(2024, 12, 31)),
        // As reported: medical graduates to be recruited in the year.
        target: Some(2_600),
        supported_by: None,
        version: 1,
        active: true,
    });
    students
}

/// Five years of study and three of residency, counted from the year of entry.
fn standing(program_id: i64, [entered, studied, arrived]: [i64; 3], number: i64) -> Standing {
    let mut chance = Chance::of("order-oriented student", number);
    let year = 2012 + chance.below(12);
    let entered_on = after(day(2012, 9, 1), (year - 2012) * 365);
    let (stage_id, status) = match 2024 - year {
        8.. => (arrived, EnrollmentStatus::Passed),
        5.. => (studied, EnrollmentStatus::Entered),
        _ => (entered, EnrollmentStatus::Entered),
    };
    let ended_on = match status {
        EnrollmentStatus::Passed => Some(after(entered_on, 8 * 365)),
        _ => None,
    };
    Standing {
        program_id,
        stage_id: Some(stage_id),
        status,
        entered_on,
        ended_on,
        score: None,
    }
}
