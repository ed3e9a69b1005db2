//! What the small country has no case of: a value in every column, since one can't
//! tell whether an absent value would be masked, and rows of which somebody may read
//! only a part.

use chrono::NaiveDate;
use entity::{
    clash, employment, enrollment, facility, organization, partnership_activity,
    partnership_module, partnership_party, partnership_project, partnership_site, person, program,
    staff_member, stage, term::*, transfer,
};
use grassroots::seed::Dataset;
use grassroots_tests::country::{
    EAST, EAST_CENTER, EAST_CLINIC, FAR, FAR_CENTER, PROGRAM_CHILD, PROJECT, WEST, WEST_CENTER, key,
};

/// The company that everyone acts for who has a seat.
pub(crate) const COMPANY: i64 = 2;
const RIVAL: i64 = 3;

/// Stands in the east, and the nation administers it.
const NATIONAL_HOSPITAL: i64 = 5;
/// Its one member of staff.
const NURSE: i64 = 6;
/// Of the east, where nobody employs him yet.
const STUDENT: i64 = 7;
const DAN: i64 = 4;

const EAST_PROGRAM: i64 = 4;
const FAR_PROGRAM: i64 = 5;

/// Below the country's own project.
const EDITION: i64 = 2;
const OTHER_PROJECT: i64 = 3;

pub(crate) fn fill(data: &mut Dataset) {
    divisions(data);
    organizations(data);
    facilities(data);
    people(data);
    employments(data);
    transfers(data);
    programs(data);
    enrollments(data);
    projects(data);
    sites(data);
    for project in [PROJECT, EDITION, OTHER_PROJECT] {
        work(data, project);
    }
}

fn divisions(data: &mut Dataset) {
    for row in &mut data.divisions {
        row.village_count = Some(12);
    }
}

fn organizations(data: &mut Dataset) {
    let template = data.organizations[0].clone();
    for (id, name) in [(COMPANY, "Company"), (RIVAL, "Rival")] {
        data.organizations.push(organization::Model {
            id,
            name: name.to_owned(),
            kind: OrganizationKind::Company,
            ..template.clone()
        });
    }
    for row in &mut data.organizations {
        row.credit_code = Some(format!("CODE{}", row.id));
    }
}

fn facilities(data: &mut Dataset) {
    let template = data.facilities[0].clone();
    data.facilities.push(facility::Model {
        id: NATIONAL_HOSPITAL,
        name: "National Hospital".to_owned(),
        administered_by: key("0"),
        ..template
    });
    for row in &mut data.facilities {
        row.organization_id = Some(COMPANY);
        row.beds_approved = Some(50);
        row.opened_on = Some(day(2000));
        row.closed_on = Some(day(2030));
        if row.id == EAST_CLINIC {
            row.branch_of = Some(EAST_CENTER);
        }
    }
}

fn people(data: &mut Dataset) {
    let (person, staff) = (data.people[0].clone(), data.staff[0].clone());
    let name = "Fay".to_owned();
    data.people.push(person::Model {
        id: NURSE,
        name: name.clone(),
        ..person.clone()
    });
    data.people.push(person::Model {
        id: STUDENT,
        name: "Gus".to_owned(),
        ..person
    });
    data.staff.push(staff_member::Model {
        id: NURSE,
        person_id: NURSE,
        name,
        main_employment_id: NURSE,
        facility_id: NATIONAL_HOSPITAL,
        administered_by: key("0"),
        ..staff
    });
}

/// The nurse's, and a former one of Dan's in the east, which may not know him.
fn employments(data: &mut Dataset) {
    let template = data.employments[0].clone();
    data.employments.push(employment::Model {
        id: NURSE,
        person_id: NURSE,
        person_name: "Fay".to_owned(),
        facility_id: NATIONAL_HOSPITAL,
        employer_id: NATIONAL_HOSPITAL,
        administered_by: key("0"),
        ..template.clone()
    });
    data.employments.push(employment::Model {
        id: NURSE + 1,
        person_id: DAN,
        person_name: "Dan".to_owned(),
        facility_id: EAST_CLINIC,
        employer_id: EAST_CENTER,
        main: false,
        ended_on: Some(day(2022)),
        ..template
    });
    for row in &mut data.employments {
        row.deployment = Some(Deployment::Posted);
    }
}

/// From the east to the west and to the far county, from there to the east, and one that
/// the east knows nothing of.
fn transfers(data: &mut Dataset) {
    for (id, (from, facility_id, code)) in (1..).zip([
        (EAST_CENTER, WEST_CENTER, WEST),
        (EAST_CLINIC, FAR_CENTER, FAR),
        (FAR_CENTER, EAST_CENTER, EAST),
        (WEST_CENTER, FAR_CENTER, FAR),
    ]) {
        let mut staff = data.staff.iter();
        let person = staff.find(|row| row.facility_id == from).unwrap();
        data.transfers.push(transfer::Model {
            id,
            division_id: key(code),
            person_id: Some(person.person_id),
            name: person.name.clone(),
            from_id: Some(from),
            released_by: Some(person.administered_by),
            starts_on: day(2026),
            facility_id: Some(facility_id),
            tenure: Some(Tenure::Contract),
            key_post: Some(KeyPost::Nursing),
            title_engaged: Some(Title::Junior),
            sex: Some(Sex::Female),
            identity_kind: Some(IdentityKind::ResidentIdentityCard),
            identity_number: Some("GOLDEN-0".to_owned().into()),
            identity_number_digest: None,
            profession_category: Some(ProfessionCategory::RegisteredNurse),
            education: Some(Education::Bachelor),
            title: Some(Title::Junior),
            status: TransferStatus::Pending,
            version: 1,
            active: true,
        });
        let clash = clash::Model::of(id, person.person_id);
        data.clashes.push(clash);
    }
}

/// One of the east and one of the far county.
fn programs(data: &mut Dataset) {
    let template = data.programs[0].clone();
    for (id, code, host_id) in [(EAST_PROGRAM, EAST, 1), (FAR_PROGRAM, FAR, COMPANY)] {
        data.programs.push(program::Model {
            id,
            code: format!("OF-{code}"),
            name: format!("Of {code}"),
            host_id,
            division_id: key(code),
            ..template.clone()
        });
        data.stages.push(stage::Model {
            id,
            program_id: id,
            division_id: key(code),
            ordinal: 1,
            name: "Practice".to_owned(),
            version: 1,
            active: true,
        });
    }
    for row in &mut data.programs {
        row.starts_on = Some(day(2024));
        row.ends_on = Some(day(2026));
        row.target = Some(100);
        row.supported_by = Some(match row.id {
            FAR_PROGRAM => OTHER_PROJECT,
            EAST_PROGRAM => EDITION,
            _ => PROJECT,
        });
    }
}

/// Dan's, from when he was in the east, and the student's, whom the east knows by
/// nothing else; one in the far county.
fn enrollments(data: &mut Dataset) {
    let template = data.enrollments[0].clone();
    data.enrollments.push(enrollment::Model {
        id: 3,
        program_id: PROGRAM_CHILD,
        person_id: DAN,
        participant_name: "Dan".to_owned(),
        facility_id: Some(EAST_CLINIC),
        ..template.clone()
    });
    data.enrollments.push(enrollment::Model {
        id: 4,
        program_id: EAST_PROGRAM,
        stage_id: Some(EAST_PROGRAM),
        person_id: STUDENT,
        participant_name: "Gus".to_owned(),
        facility_id: None,
        ..template.clone()
    });
    data.enrollments.push(enrollment::Model {
        id: 5,
        program_id: FAR_PROGRAM,
        stage_id: Some(FAR_PROGRAM),
        person_id: 5,
        participant_name: "Eve".to_owned(),
        facility_id: Some(FAR_CENTER),
        division_id: key(FAR),
        ..template
    });
    for row in &mut data.enrollments {
        row.ended_on = Some(day(2025));
    }
}

fn projects(data: &mut Dataset) {
    let template = data.projects[0].clone();
    for (id, name, parent_id) in [
        (EDITION, "First Edition", Some(PROJECT)),
        (OTHER_PROJECT, "Other Project", None),
    ] {
        data.projects.push(partnership_project::Model {
            id,
            parent_id,
            name: name.to_owned(),
            ..template.clone()
        });
    }
    for row in &mut data.projects {
        row.signed_on = Some(day(2021));
        row.signed_at = Some("Nation Hall".to_owned());
        row.agreement_ends_on = Some(day(2029));
    }
}

fn sites(data: &mut Dataset) {
    for (project_id, facility_id, code) in [
        (EDITION, EAST_CLINIC, EAST),
        (OTHER_PROJECT, FAR_CENTER, FAR),
    ] {
        data.sites.push(partnership_site::Model {
            id: data.sites.len() as i64 + 1,
            project_id,
            facility_id,
            administered_by: key(code),
            located_in: key(code),
            joined_on: None,
        });
    }
    for row in &mut data.sites {
        row.joined_on = Some(day(2022));
    }
}

/// The parties, a module and an activity of a project.
fn work(data: &mut Dataset, project_id: i64) {
    for (organization_id, role) in [
        (1, PartyRole::Initiator),
        (COMPANY, PartyRole::Supporter),
        (RIVAL, PartyRole::Supporter),
    ] {
        data.parties.push(partnership_party::Model {
            id: data.parties.len() as i64 + 1,
            project_id,
            organization_id,
            role,
        });
    }
    data.modules.push(partnership_module::Model {
        id: project_id,
        project_id,
        ordinal: 1,
        name: "Courses".to_owned(),
    });
    data.activities.push(partnership_activity::Model {
        id: project_id,
        project_id,
        module_id: Some(project_id),
        kind: ActivityKind::Training,
        name: "Opening".to_owned(),
        held_on: day(2023),
        place: "Nation Hall".to_owned(),
        version: 1,
        active: true,
    });
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 9, 1).unwrap()
}
