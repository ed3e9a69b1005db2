//! County hospitals of Henan and Hebei, and a few of Henan's township centers.
//! The counties are real, the hospitals stand for those that exist: names, beds
//! and staff are demonstration assumptions and the names say so.

use std::ops::Range;

use entity::division;
use entity::facility;
use entity::term::{DivisionLevel, FacilityType};

use super::Dataset;
use super::chance::Chance;
use super::contract::{sometime, usual};
use super::division::Tree;
use super::error::SeedError;
use super::profile::hospital;
use super::register::{Site, facility};
use super::township::open_center;

const STAFF: usize = 8;
/// Henan's counties with township centers, and how many each has.
const COUNTIES_WITH_CENTERS: usize = 3;
const CENTERS: usize = 2;

/// What programs and projects refer to.
pub(super) struct CountyHospitals {
    pub(super) henan: Vec<Site>,
    pub(super) hebei: Vec<Site>,
    /// Positions of all the hospitals' staff.
    pub(super) staff: Range<usize>,
}

/// Opens a hospital in every county, autonomous county and city at county level.
pub(super) fn open(data: &mut Dataset, tree: &Tree) -> Result<CountyHospitals, SeedError> {
    let (henan, hebei) = (tree.at("41")?, tree.at("13")?);
    let first = data.staff.len();
    let hospitals = CountyHospitals {
        henan: counties(tree, henan)
            .map(|county| open_hospital(data, county))
            .collect(),
        hebei: counties(tree, hebei)
            .map(|county| open_hospital(data, county))
            .collect(),
        staff: first..data.staff.len(),
    };
    for county in counties(tree, henan).take(COUNTIES_WITH_CENTERS) {
        for place in tree
            .ordinary(county, DivisionLevel::Township)
            .filter(is_town)
            .take(CENTERS)
        {
            open_center(data, county, place);
        }
    }
    Ok(hospitals)
}

/// The ordinary counties of a province that aren't urban districts.
pub(super) fn counties<'a>(
    tree: &'a Tree,
    province: &'a division::Model,
) -> impl Iterator<Item = &'a division::Model> {
    tree.ordinary(province, DivisionLevel::County)
        .filter(|county| county.name.ends_with(['县', '市']))
}

fn is_town(place: &&division::Model) -> bool {
    place.code.chars().nth(6) == Some('1')
}

fn open_hospital(data: &mut Dataset, county: &division::Model) -> Site {
    let mut chance = Chance::of("county hospital", county.id);
    let beds = 100 + 20 * chance.below(21) as i32;
    let site = data.open(facility::Model {
        beds_approved: Some(beds),
        beds_actual: Some(beds + 10 * chance.below(6) as i32),
        ..facility(
            format!("{}人民医院(示例)", county.name),
            FacilityType::GeneralHospital,
            county.id,
            county.id,
        )
    });
    for _ in 0..STAFF {
        let profile = hospital::staff(&mut chance);
        let started_on = sometime(&mut chance);
        let contract = usual(&mut chance, &profile, started_on);
        data.join(site, &profile, contract);
    }
    site
}
