//! Donggang, the one county that is held in full: its central hospital, township
//! centers and village clinics.

use std::ops::Range;

use entity::facility;
use entity::term::{Deployment, DivisionLevel, FacilityType, ProfessionCategory};

use super::Dataset;
use super::calendar::day;
use super::chance::Chance;
use super::contract::{long_ago, sometime, usual};
use super::division::Tree;
use super::error::SeedError;
use super::organization::Organizations;
use super::profile::{Profile, hospital};
use super::register::{Contract, Site, facility};
use super::township::{open_center, open_clinics};

/// The hospital's staff and the branch's: demonstration assumptions.
const HOSPITAL_STAFF: i64 = 120;
const BRANCH_STAFF: i64 = 6;
/// Staff who retired: their record stays with the last employment.
const RETIRED: i64 = 3;

/// What programs and projects refer to.
pub(super) struct Donggang {
    pub(super) hospital: Site,
    /// Positions of the hospital's present staff.
    pub(super) staff: Range<usize>,
}

/// Opens the county's facilities and hires their staff.
pub(super) fn open(
    data: &mut Dataset,
    tree: &Tree,
    organizations: &Organizations,
) -> Result<Donggang, SeedError> {
    let county = tree.at("210681")?;
    // The sources give the hospital's name alone, so its level stays open.
    let hospital = facility::Model {
        organization_id: Some(organizations.donggang_hospital),
        ..facility(
            "东港市中心医院".to_owned(),
            FacilityType::GeneralHospital,
            county.id,
            county.id,
        )
    };
    let site = data.open(hospital.clone());
    let branch = data.open(facility::Model {
        name: "东港市中心医院大东街道门诊部(示例)".to_owned(),
        facility_type: FacilityType::OutpatientClinic,
        located_in: tree.at("210681001")?.id,
        branch_of: Some(site.facility_id),
        ..hospital
    });
    let staff = hire(data, site, HOSPITAL_STAFF, present);
    hire(data, branch, BRANCH_STAFF, present);
    hire(data, site, RETIRED, retired);

    let mut centers = Vec::new();
    // State farms (4xx) have no center of their own here.
    for place in tree
        .ordinary(county, DivisionLevel::Township)
        .filter(|row| !is_farm(&row.code))
    {
        let center = open_center(data, county, place);
        open_clinics(data, county, place, county, center);
        centers.push(center);
    }
    post(data, site, staff.clone(), &centers);
    Ok(Donggang {
        hospital: site,
        staff,
    })
}

fn is_farm(code: &str) -> bool {
    code.chars().nth(6) == Some('4')
}

/// Hires staff on terms that follow from who they are.
fn hire(
    data: &mut Dataset,
    site: Site,
    number: i64,
    terms: fn(&mut Chance, &Profile) -> Contract,
) -> Range<usize> {
    let first = data.staff.len();
    for _ in 0..number {
        let mut chance = Chance::of("donggang hospital", data.staff.len() as i64);
        let profile = hospital::staff(&mut chance);
        let contract = terms(&mut chance, &profile);
        data.join(site, &profile, contract);
    }
    first..data.staff.len()
}

fn present(chance: &mut Chance, profile: &Profile) -> Contract {
    let started_on = sometime(chance);
    usual(chance, profile, started_on)
}

fn retired(chance: &mut Chance, profile: &Profile) -> Contract {
    let started_on = long_ago(chance);
    Contract {
        ended_on: Some(day(2023, 6, 30)),
        ..usual(chance, profile, started_on)
    }
}

/// Posts (派驻) one physician to each of the first centers: a further site, the main one stays the hospital.
fn post(data: &mut Dataset, hospital: Site, staff: Range<usize>, centers: &[Site]) {
    let physicians: Vec<_> = data
        .staff
        .iter()
        .take(staff.end)
        .skip(staff.start)
        .filter(|one| one.profession_category == ProfessionCategory::LicensedPhysician)
        .take(6)
        .cloned()
        .collect();
    for (physician, center) in physicians.iter().zip(centers) {
        let mut chance = Chance::of("posted", physician.person_id);
        let profile = Profile {
            category: physician.profession_category,
            education: physician.education,
            title: physician.title,
            key_post: physician.key_post,
        };
        let contract = Contract {
            employer_id: Some(hospital.facility_id),
            deployment: Some(Deployment::Posted),
            ..usual(&mut chance, &profile, day(2024, 3, 1))
        };
        data.employ(physician.person_id, *center, false, &profile, contract);
    }
}
