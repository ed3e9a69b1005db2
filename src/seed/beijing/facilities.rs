//! Community health centers and stations. That each sub-district, town or
//! township has one center with one to three stations is a demonstration assumption.

use entity::division;
use entity::facility;
use entity::term::{FacilityType, SponsorBody};

use crate::seed::Dataset;
use crate::seed::chance::Chance;
use crate::seed::division::{Tree, authority};
use crate::seed::error::SeedError;
use crate::seed::organization::Organizations;
use crate::seed::register::{Site, facility};

/// The parent of Beijing's 16 districts, a placeholder that holds nothing itself.
const DISTRICTS: &str = "1101";
/// 燕园街道 in Haidian, where the university runs the center.
const UNIVERSITY_TOWNSHIP: &str = "110108015";
/// 北京经济技术开发区 in Daxing, where the zone's committee does.
const ZONE_TOWNSHIP: &str = "110115403";

/// A facility and how many staff it has in proportion to the others.
pub(in crate::seed) struct Weighted {
    pub(in crate::seed) site: Site,
    pub(in crate::seed) weight: u64,
}

/// Opens the centers, each followed by its stations.
pub(in crate::seed) fn open(
    data: &mut Dataset,
    tree: &Tree,
    organizations: &Organizations,
) -> Result<Vec<Weighted>, SeedError> {
    let mut opened = Vec::new();
    for district in tree.children(tree.at(DISTRICTS)?) {
        for township in tree.children(district) {
            let mut center = center(tree, district, township)?;
            if township.code == UNIVERSITY_TOWNSHIP {
                center.organization_id = Some(organizations.university);
                center.sponsor_body = SponsorBody::PublicInstitution;
            }
            open_with_stations(data, center, &mut opened);
        }
    }
    Ok(opened)
}

/// The center stands in the township; the district administers it, but for the two that a body of another kind does.
fn center(
    tree: &Tree,
    district: &division::Model,
    township: &division::Model,
) -> Result<facility::Model, SeedError> {
    let administrator = match township.code.as_str() {
        UNIVERSITY_TOWNSHIP => tree.at(authority::UNIVERSITY)?,
        ZONE_TOWNSHIP => tree.at(authority::DEVELOPMENT_ZONE)?,
        _ => district,
    };
    Ok(facility(
        format!("{}{}社区卫生服务中心", district.name, township.name),
        FacilityType::CommunityHealthCenter,
        township.id,
        administrator.id,
    ))
}

fn open_with_stations(data: &mut Dataset, center: facility::Model, opened: &mut Vec<Weighted>) {
    let mut chance = Chance::of("community facilities", center.located_in);
    let site = data.open(center.clone());
    opened.push(Weighted {
        site,
        weight: 60 + chance.below(50),
    });
    let place = center.name.trim_end_matches("社区卫生服务中心");
    let stations = 1 + chance.below(3) as usize;
    for ordinal in ["第一", "第二", "第三"].into_iter().take(stations) {
        let station = facility::Model {
            name: format!("{place}{ordinal}社区卫生服务站"),
            facility_type: FacilityType::CommunityHealthStation,
            branch_of: Some(site.facility_id),
            ..center.clone()
        };
        let site = data.open(station);
        opened.push(Weighted {
            site,
            weight: 8 + chance.below(12),
        });
    }
}
