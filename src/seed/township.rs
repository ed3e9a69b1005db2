//! Township health centers and the village clinics under them.

use entity::division;
use entity::facility;
use entity::term::{Deployment, FacilityType, SponsorBody, Tenure};

use super::Dataset;
use super::chance::Chance;
use super::contract::{sometime, usual};
use super::profile::township;
use super::register::{Contract, Site, facility};

/// Opens the center of a township, administered by the county, with 15 to 25 staff. One center a township is a demonstration assumption.
pub(super) fn open_center(
    data: &mut Dataset,
    county: &division::Model,
    place: &division::Model,
) -> Site {
    let facility_type = match place.name.ends_with("街道") {
        true => FacilityType::SubdistrictHealthCenter,
        false => FacilityType::TownshipHealthCenter,
    };
    let name = format!("{}{}卫生院", county.name, place.name);
    let site = data.open(facility(name, facility_type, place.id, county.id));
    let mut chance = Chance::of("township center", place.id);
    for _ in 0..15 + chance.below(11) {
        let profile = township::staff(&mut chance);
        let started_on = sometime(&mut chance);
        let contract = usual(&mut chance, &profile, started_on);
        data.join(site, &profile, contract);
    }
    site
}

/// Opens a clinic for each village-level unit under the center's integrated management, with one or two village doctors whom the center employs (乡聘村用). One clinic a unit is a demonstration assumption.
pub(super) fn open_clinics(
    data: &mut Dataset,
    county: &division::Model,
    place: &division::Model,
    administrator: &division::Model,
    center: Site,
) {
    for number in 1..=place.village_count.unwrap_or(0) {
        let name = format!("{}{}示例{number:02}村卫生室", county.name, place.name);
        let site = data.open(facility::Model {
            sponsor_body: SponsorBody::PublicInstitution,
            integrated_under: Some(center.facility_id),
            ..facility(
                name,
                FacilityType::VillageClinic,
                place.id,
                administrator.id,
            )
        });
        let mut chance = Chance::of("village clinic", site.facility_id);
        for _ in 0..1 + chance.below(2) {
            let profile = township::village_doctor(&mut chance);
            let started_on = sometime(&mut chance);
            let contract = Contract {
                employer_id: Some(center.facility_id),
                deployment: Some(Deployment::TownshipEmployedVillageUsed),
                tenure: Tenure::Contract,
                ..usual(&mut chance, &profile, started_on)
            };
            data.join(site, &profile, contract);
        }
    }
}
