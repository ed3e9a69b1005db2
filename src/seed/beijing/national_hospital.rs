//! The China-Japan Friendship Hospital: it stands in Chaoyang and the national
//! commission runs it. Its staff here are few and invented.

use entity::facility;
use entity::term::{FacilityClass, FacilityLevel, FacilityType};

use super::facilities::Weighted;
use crate::seed::Dataset;
use crate::seed::calendar::{after, before, day};
use crate::seed::chance::Chance;
use crate::seed::contract::{long_ago, sometime, usual};
use crate::seed::division::{Tree, authority};
use crate::seed::error::SeedError;
use crate::seed::organization::Organizations;
use crate::seed::profile::hospital;
use crate::seed::register::{Contract, Site, facility};

/// Health technicians who left community health for the hospital since 2020: a demonstration assumption, so that growth is a difference.
pub(in crate::seed) const FORMER_COMMUNITY_STAFF: u64 = 40;
/// Everybody else.
const OTHERS: i64 = 20;

/// Opens the hospital and hires its staff.
pub(in crate::seed) fn open(
    data: &mut Dataset,
    tree: &Tree,
    organizations: &Organizations,
    community: &[Weighted],
) -> Result<(), SeedError> {
    // The source names the district at most, so it stands in no sub-district.
    let (chaoyang, commission) = (tree.at("110105")?, tree.at(authority::NATIONAL_COMMISSION)?);
    let site = data.open(facility::Model {
        level: FacilityLevel::Third,
        class: FacilityClass::A,
        organization_id: Some(organizations.friendship_hospital),
        ..facility(
            "中日友好医院".to_owned(),
            FacilityType::GeneralHospital,
            chaoyang.id,
            commission.id,
        )
    });
    let step = community.len() / FORMER_COMMUNITY_STAFF as usize;
    for former in community
        .iter()
        .step_by(step.max(1))
        .take(FORMER_COMMUNITY_STAFF as usize)
    {
        hire_from(data, site, former.site);
    }
    for number in 0..OTHERS {
        let mut chance = Chance::of("national hospital", number);
        let profile = hospital::staff(&mut chance);
        let started_on = sometime(&mut chance);
        let contract = usual(&mut chance, &profile, started_on);
        data.join(site, &profile, contract);
    }
    Ok(())
}

/// Hires a health technician whose employment in the community was there at the end of 2019 and ended since.
fn hire_from(data: &mut Dataset, site: Site, former: Site) {
    let mut chance = Chance::of("former community staff", former.facility_id);
    let profile = hospital::technician(&mut chance);
    let started_on = after(day(2020, 2, 1), chance.below(1_400));
    let contract = usual(&mut chance, &profile, started_on);
    let past = Contract {
        started_on: long_ago(&mut chance),
        ended_on: Some(before(started_on, 1)),
        ..contract
    };
    let person = data.join(site, &profile, contract);
    data.employ(person, former, true, &profile, past);
}
