//! How rows enter the data: each table numbers its own from 1, and the columns
//! that repeat another row's are copied from it, since the database's composite
//! foreign keys hold them equal.

use chrono::NaiveDate;
use entity::term::{
    Deployment, EnrollmentStatus, FacilityClass, FacilityLevel, FacilityType, SponsorBody, Tenure,
    Title,
};
use entity::{employment, enrollment, facility, staff_member, stage};

use super::Dataset;
use super::person;
use super::profile::Profile;

/// Appends a row under the table's next key, where `before` others have been given out.
pub(super) fn append_after<T>(before: i64, rows: &mut Vec<T>, row: impl FnOnce(i64) -> T) -> i64 {
    let id = before + rows.len() as i64 + 1;
    rows.push(row(id));
    id
}

/// Appends a row under the table's next key.
pub(super) fn append<T>(rows: &mut Vec<T>, row: impl FnOnce(i64) -> T) -> i64 {
    append_after(0, rows, row)
}

/// A facility as other rows repeat it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    pub(super) facility_id: i64,
    pub(super) located_in: i64,
    pub(super) administered_by: i64,
}

/// Terms of an employment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contract {
    /// None where the worksite itself employs.
    pub(super) employer_id: Option<i64>,
    pub(super) deployment: Option<Deployment>,
    pub(super) tenure: Tenure,
    pub(super) title_engaged: Title,
    pub(super) started_on: NaiveDate,
    pub(super) ended_on: Option<NaiveDate>,
}

/// How far somebody has come in a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) program_id: i64,
    pub(super) stage_id: Option<i64>,
    pub(super) status: EnrollmentStatus,
    pub(super) entered_on: NaiveDate,
    pub(super) ended_on: Option<NaiveDate>,
    pub(super) score: Option<i32>,
}

/// A facility of which nothing is known beyond its name, type and divisions; its key is given when it opens.
pub(super) fn facility(
    name: String,
    facility_type: FacilityType,
    located_in: i64,
    administered_by: i64,
) -> facility::Model {
    facility::Model {
        id: 0,
        name,
        facility_type,
        level: FacilityLevel::Ungraded,
        class: FacilityClass::Ungraded,
        sponsor_body: SponsorBody::Government,
        located_in,
        administered_by,
        organization_id: None,
        branch_of: None,
        integrated_under: None,
        beds_approved: None,
        beds_actual: None,
        opened_on: None,
        closed_on: None,
        version: 1,
        active: true,
    }
}

impl Dataset {
    /// Adds a facility.
    pub(super) fn open(&mut self, facility: facility::Model) -> Site {
        let (located_in, administered_by) = (facility.located_in, facility.administered_by);
        let facility_id = append_after(self.before.facilities, &mut self.facilities, |id| {
            facility::Model { id, ..facility }
        });
        Site {
            facility_id,
            located_in,
            administered_by,
        }
    }

    /// Adds a person who is nobody's staff yet.
    pub(super) fn admit(&mut self) -> i64 {
        append_after(self.before.people, &mut self.people, person::invented)
    }

    /// Adds an employment of somebody who is already known.
    pub(super) fn employ(
        &mut self,
        person_id: i64,
        site: Site,
        main: bool,
        profile: &Profile,
        contract: Contract,
    ) -> i64 {
        append_after(self.before.employments, &mut self.employments, |id| {
            employment::Model {
                id,
                person_id,
                person_name: person::name(person_id),
                facility_id: site.facility_id,
                employer_id: contract.employer_id.unwrap_or(site.facility_id),
                administered_by: site.administered_by,
                located_in: site.located_in,
                main,
                tenure: contract.tenure,
                deployment: contract.deployment,
                key_post: profile.key_post,
                title_engaged: contract.title_engaged,
                started_on: contract.started_on,
                ended_on: contract.ended_on,
                version: 1,
                active: true,
            }
        })
    }

    /// Adds a member of staff: the person, the main employment, the record.
    pub(super) fn join(&mut self, site: Site, profile: &Profile, contract: Contract) -> i64 {
        let person_id = self.admit();
        let main_employment_id = self.employ(person_id, site, true, profile, contract);
        append_after(self.before.staff, &mut self.staff, |id| {
            staff_member::Model {
                id,
                person_id,
                name: person::name(person_id),
                main_employment_id,
                facility_id: site.facility_id,
                administered_by: site.administered_by,
                located_in: site.located_in,
                profession_category: profile.category,
                education: profile.education,
                title: profile.title,
                key_post: profile.key_post,
                version: 1,
                active: true,
            }
        });
        person_id
    }

    /// Adds a program's stages in their order and returns their keys.
    pub(super) fn stages<const N: usize>(
        &mut self,
        program_id: i64,
        division_id: i64,
        names: [&str; N],
    ) -> [i64; N] {
        let mut ordinal = 0;
        names.map(|name| {
            ordinal += 1;
            append(&mut self.stages, |id| stage::Model {
                id,
                program_id,
                division_id,
                ordinal,
                name: name.to_owned(),
                version: 1,
                active: true,
            })
        })
    }

    /// Enters a member of staff: the division is the one that administers the facility.
    pub(super) fn enroll(&mut self, staff: &staff_member::Model, standing: Standing) {
        let (facility, division) = (Some(staff.facility_id), staff.administered_by);
        self.enter(staff.person_id, facility, division, standing);
    }

    /// Enters a student, whose division is the contract county.
    pub(super) fn enroll_student(&mut self, person_id: i64, county: i64, standing: Standing) {
        self.enter(person_id, None, county, standing);
    }

    fn enter(
        &mut self,
        person_id: i64,
        facility_id: Option<i64>,
        division_id: i64,
        standing: Standing,
    ) {
        append_after(self.before.enrollments, &mut self.enrollments, |id| {
            enrollment::Model {
                id,
                program_id: standing.program_id,
                stage_id: standing.stage_id,
                person_id,
                participant_name: person::name(person_id),
                facility_id,
                division_id,
                status: standing.status,
                entered_on: standing.entered_on,
                ended_on: standing.ended_on,
                score: standing.score,
                version: 1,
                active: true,
            }
        });
    }
}
