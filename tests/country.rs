//! A small country, so small that one can tell by heart who sees what:
//!
//! | facility | administered by | staff | managed by |
//! |---|---|---|---|
//! | East Center | East County | Ann, Bob | |
//! | East Clinic | East County | Cai | East Center |
//! | West Center | West County | Dan | |
//! | Far Center | Far County, of another province | Eve | |

use access::{Interval, LOCAL_ISSUER};
use chrono::NaiveDate;
use entity::{
    app_user, division, employment, enrollment, facility, organization, partnership_project,
    partnership_site, person, program, role_binding, staff_member, stage, term::*,
};
use grassroots::seed::Dataset;

/// Code of a county.
pub const EAST: &str = "310101";
/// Code of its neighbour in the same prefecture.
pub const WEST: &str = "310102";
/// Code of a county of another province.
pub const FAR: &str = "320101";

/// Center of the east, which manages the clinic.
pub const EAST_CENTER: i64 = 1;
/// Clinic of the east.
pub const EAST_CLINIC: i64 = 2;
/// Center of the west.
pub const WEST_CENTER: i64 = 3;
/// Center of the far county.
pub const FAR_CENTER: i64 = 4;

/// Top of a tree of two programs.
pub const PROGRAM_ROOT: i64 = 1;
/// The program below it.
pub const PROGRAM_CHILD: i64 = 2;
/// A program by itself.
pub const PROGRAM_OTHER: i64 = 3;

/// The partnership project.
pub const PROJECT: i64 = 1;

/// Its rows.
pub fn country() -> Dataset {
    let mut data = Dataset::default();
    divisions(&mut data);
    facilities(&mut data);
    people(&mut data);
    programs(&mut data);
    partnerships(&mut data);
    users(&mut data);
    data
}

/// Key of the division with this code.
pub fn key(code: &str) -> i64 {
    Interval::of_code(code).unwrap().first
}

fn divisions(data: &mut Dataset) {
    use DivisionLevel::{County, Nation, Prefecture, Province};

    for (code, name, level, parent) in [
        ("0", "Nation", Nation, None),
        ("31", "Near Province", Province, Some("0")),
        ("3101", "Near Prefecture", Prefecture, Some("31")),
        (EAST, "East County", County, Some("3101")),
        (WEST, "West County", County, Some("3101")),
        ("32", "Far Province", Province, Some("0")),
        ("3201", "Far Prefecture", Prefecture, Some("32")),
        (FAR, "Far County", County, Some("3201")),
    ] {
        let Interval { first, last } = Interval::of_code(code).unwrap();
        data.divisions.push(division::Model {
            id: first,
            last,
            code: code.to_owned(),
            name: name.to_owned(),
            level,
            kind: DivisionKind::Ordinary,
            parent_id: parent.map(key),
            village_count: None,
        });
    }
}

fn facilities(data: &mut Dataset) {
    for (id, name, code, integrated_under) in [
        (EAST_CENTER, "East Center", EAST, None),
        (EAST_CLINIC, "East Clinic", EAST, Some(EAST_CENTER)),
        (WEST_CENTER, "West Center", WEST, None),
        (FAR_CENTER, "Far Center", FAR, None),
    ] {
        data.facilities.push(facility::Model {
            id,
            name: name.to_owned(),
            facility_type: FacilityType::TownshipHealthCenter,
            level: FacilityLevel::Ungraded,
            class: FacilityClass::Ungraded,
            sponsor_body: SponsorBody::Government,
            located_in: key(code),
            administered_by: key(code),
            organization_id: None,
            branch_of: None,
            integrated_under,
            beds_approved: None,
            beds_actual: Some(10 * id as i32),
            opened_on: None,
            closed_on: None,
            version: 1,
            active: true,
        });
    }
}

/// What a person of the country is known by.
pub fn identity_number(person: i64) -> String {
    format!("99000019800101{person:03}X")
}

/// A telephone number.
pub fn phone(person: i64) -> String {
    format!("1001234567{person}")
}

/// A day of birth.
pub fn birth_date(person: i64) -> String {
    format!("1980-01-{person:02}")
}

fn people(data: &mut Dataset) {
    for (id, name, facility_id, code) in [
        (1, "Ann", EAST_CENTER, EAST),
        (2, "Bob", EAST_CENTER, EAST),
        (3, "Cai", EAST_CLINIC, EAST),
        (4, "Dan", WEST_CENTER, WEST),
        (5, "Eve", FAR_CENTER, FAR),
    ] {
        let (name, division) = (name.to_owned(), key(code));
        data.people.push(person::Model {
            id,
            name: name.clone(),
            sex: Sex::Female,
            identity_kind: Some(IdentityKind::ResidentIdentityCard),
            identity_number: Some(identity_number(id).into()),
            phone: Some(phone(id).into()),
            birth_date: Some(birth_date(id).into()),
            identity_number_digest: None,
            phone_digest: None,
            birth_date_digest: None,
            version: 1,
            active: true,
        });
        data.employments.push(employment::Model {
            id,
            person_id: id,
            person_name: name.clone(),
            facility_id,
            employer_id: facility_id,
            administered_by: division,
            located_in: division,
            main: true,
            tenure: Tenure::Contract,
            deployment: None,
            key_post: KeyPost::GeneralPractice,
            title_engaged: Title::Junior,
            started_on: day(2020),
            ended_on: None,
            version: 1,
            active: true,
        });
        data.staff.push(staff_member::Model {
            id,
            person_id: id,
            name,
            main_employment_id: id,
            facility_id,
            administered_by: division,
            located_in: division,
            profession_category: ProfessionCategory::LicensedPhysician,
            education: Education::Bachelor,
            title: Title::Junior,
            key_post: KeyPost::GeneralPractice,
            version: 1,
            active: true,
        });
    }
}

/// One tree of two programs and one program by itself; Ann is in the tree's
/// child, Dan in the other.
fn programs(data: &mut Dataset) {
    data.organizations.push(organization::Model {
        id: 1,
        name: "Training Center".to_owned(),
        kind: OrganizationKind::PublicCenter,
        credit_code: None,
        division_id: Some(key("0")),
    });
    for (id, name, parent_id) in [
        (PROGRAM_ROOT, "Root", None),
        (PROGRAM_CHILD, "Child", Some(PROGRAM_ROOT)),
        (PROGRAM_OTHER, "Other", None),
    ] {
        data.programs.push(program::Model {
            id,
            parent_id,
            code: name.to_uppercase(),
            name: name.to_owned(),
            kind: ProgramKind::PostSkills,
            tier: ProgramTier::Plan,
            host_id: 1,
            division_id: key("0"),
            starts_on: None,
            ends_on: None,
            target: None,
            supported_by: None,
            version: 1,
            active: true,
        });
        data.stages.push(stage::Model {
            id,
            program_id: id,
            division_id: key("0"),
            ordinal: 1,
            name: "Theory".to_owned(),
            version: 1,
            active: true,
        });
    }
    for (id, program_id, person_id, name, facility_id, code) in [
        (1, PROGRAM_CHILD, 1, "Ann", EAST_CENTER, EAST),
        (2, PROGRAM_OTHER, 4, "Dan", WEST_CENTER, WEST),
    ] {
        data.enrollments.push(enrollment::Model {
            id,
            program_id,
            stage_id: Some(program_id),
            person_id,
            participant_name: name.to_owned(),
            facility_id: Some(facility_id),
            division_id: key(code),
            status: EnrollmentStatus::Entered,
            entered_on: day(2024),
            ended_on: None,
            score: Some(80),
            version: 1,
            active: true,
        });
    }
}

/// A project with the centers of the east and the west as sites.
fn partnerships(data: &mut Dataset) {
    data.projects.push(partnership_project::Model {
        id: PROJECT,
        parent_id: None,
        name: "Hundred Counties".to_owned(),
        tier: ProjectTier::Project,
        agreement_kind: AgreementKind::Memorandum,
        signed_on: None,
        signed_at: None,
        agreement_ends_on: None,
        version: 1,
        active: true,
    });
    for (id, facility_id, code) in [(1, EAST_CENTER, EAST), (2, WEST_CENTER, WEST)] {
        data.sites.push(partnership_site::Model {
            id,
            project_id: PROJECT,
            facility_id,
            administered_by: key(code),
            located_in: key(code),
            joined_on: None,
        });
    }
}

/// A user for each sort of target, named by the role, and one with no role.
fn users(data: &mut Dataset) {
    type Target = (Option<&'static str>, Option<i64>, Option<i64>, Option<i64>);
    let division = |code| (Some(code), None, None, None);
    let users: [(&str, Option<Target>); 7] = [
        ("administrator", Some(division("0"))),
        ("analyst", Some(division("0"))),
        ("steward", Some(division(EAST))),
        ("manager", Some((None, Some(EAST_CENTER), None, None))),
        ("host", Some((None, None, Some(PROGRAM_ROOT), None))),
        ("sponsor", Some((None, None, None, Some(PROJECT)))),
        ("newcomer", None),
    ];
    for (id, (name, target)) in (1..).zip(users) {
        data.users.push(app_user::Model {
            id,
            issuer: LOCAL_ISSUER.to_owned(),
            subject: name.to_owned(),
            name: format!("The {name}"),
            organization_id: None,
            active: true,
            binding_epoch: 0,
        });
        let Some((code, facility_id, program_id, partnership_id)) = target else {
            continue;
        };
        data.bindings.push(role_binding::Model {
            id,
            user_id: id,
            role: name.to_owned(),
            division_id: code.map(key),
            facility_id,
            program_id,
            partnership_id,
            valid_from: None,
            valid_until: None,
        });
    }
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 9, 1).unwrap()
}
