//! A county's hospitals, and the center and the clinics of each of its townships. How
//! many staff each has is assumed, so that the country has 4.2 million.

use entity::division;
use entity::term::FacilityType;

use crate::seed::Dataset;
use crate::seed::chance::Chance;
use crate::seed::contract::{sometime, usual};
use crate::seed::division::Tree;
use crate::seed::profile::hospital;
use crate::seed::register::{Site, facility};
use crate::seed::township::{open_center, open_clinics};

/// The county's hospitals and what stands beside them, with how many staff each has on
/// average.
const HOSPITALS: [(FacilityType, &str, u64); 4] = [
    (FacilityType::GeneralHospital, "第一人民医院(示例)", 420),
    (FacilityType::TcmHospital, "中医医院(示例)", 200),
    (
        FacilityType::MaternalAndChildHospital,
        "妇幼保健院(示例)",
        125,
    ),
    (
        FacilityType::DiseaseControlCenter,
        "疾病预防控制中心(示例)",
        80,
    ),
];

/// What there is in a county.
pub(super) struct Opened {
    pub(super) hospitals: Vec<Site>,
    pub(super) centers: Vec<Site>,
    pub(super) townships: Vec<division::Model>,
}

/// Opens the county's facilities and hires their staff. Townships administer their
/// clinics, so that they have something of their own.
pub(super) fn open(data: &mut Dataset, tree: &Tree, county: &division::Model) -> Opened {
    let mut opened = Opened {
        hospitals: HOSPITALS
            .map(|hospital| open_hospital(data, county, hospital))
            .into(),
        centers: Vec::new(),
        townships: Vec::new(),
    };
    for place in tree.children(county) {
        let center = open_center(data, county, place);
        open_clinics(data, county, place, place, center);
        opened.centers.push(center);
        opened.townships.push(place.clone());
    }
    opened
}

fn open_hospital(
    data: &mut Dataset,
    county: &division::Model,
    (facility_type, name, staff): (FacilityType, &str, u64),
) -> Site {
    let name = format!("{}{name}", county.name);
    let site = data.open(facility(name, facility_type, county.id, county.id));
    let mut chance = Chance::of("national hospital", site.facility_id);
    // Half as many to half as many again.
    for _ in 0..staff / 2 + chance.below(staff + 1) {
        let profile = hospital::staff(&mut chance);
        let started_on = sometime(&mut chance);
        let contract = usual(&mut chance, &profile, started_on);
        data.join(site, &profile, contract);
    }
    site
}
