//! The 44,400 community health staff of 2024, with the shares and the growth that
//! the city's commission reports.

use std::ops::Range;

use entity::term::{ProfessionCategory, Title};

use super::facilities::Weighted;
use super::national_hospital::FORMER_COMMUNITY_STAFF;
use crate::seed::Dataset;
use crate::seed::calendar::before;
use crate::seed::chance::Chance;
use crate::seed::contract::{long_ago, recently, usual};
use crate::seed::profile::{Profile, community};
use crate::seed::register::{Contract, Site};
use crate::seed::share::{apportion, chosen};

/// Staff in the city, as reported.
pub(in crate::seed) const STAFF: u64 = 44_400;
/// Health technicians among them: a demonstration assumption, at which the reported shares (57 % with a bachelor's degree or higher, 9.1 % with a senior title) are whole numbers of people.
pub(in crate::seed) const TECHNICIANS: u64 = 40_000;
/// Health technicians more than in 2019, as reported; the end of that year is assumed.
pub(in crate::seed) const GROWTH: u64 = 5_649;
/// Those who came since: they also made up for those who left.
const JOINED: u64 = GROWTH + FORMER_COMMUNITY_STAFF;

/// Hires the staff; returns their positions in the table.
pub(in crate::seed) fn hire(data: &mut Dataset, facilities: &[Weighted]) -> Range<usize> {
    let first = data.staff.len();
    let weights: Vec<u64> = facilities.iter().map(|facility| facility.weight).collect();
    let mut position = 0;
    for (index, seats) in apportion(STAFF, &weights).into_iter().enumerate() {
        let at = |offset: usize| {
            facilities
                .get((index + offset) % facilities.len())
                .map(|one| one.site)
        };
        // A further site is the next facility, mostly a station of the same center; an earlier one lies farther off.
        let (Some(site), Some(further), Some(earlier)) = (at(0), at(1), at(7)) else {
            continue;
        };
        for _ in 0..seats {
            hire_one(data, position, site, further, earlier);
            position += 1;
        }
    }
    first..data.staff.len()
}

fn hire_one(data: &mut Dataset, position: u64, site: Site, further: Site, earlier: Site) {
    let mut chance = Chance::of("community staff", position as i64);
    let (profile, recent) = if chosen(position, TECHNICIANS, STAFF) {
        // How many technicians come before this one, which is the position among them.
        let technician = position * TECHNICIANS / STAFF;
        let profile = community::technician(technician, &mut chance);
        (profile, chosen(technician, JOINED, TECHNICIANS))
    } else {
        (community::other(&mut chance), chance.below(5) == 0)
    };
    let started_on = if recent {
        recently(&mut chance)
    } else {
        long_ago(&mut chance)
    };
    let contract = usual(&mut chance, &profile, started_on);
    let person = data.join(site, &profile, contract);

    // One in a hundred of the others came from another center. Nobody since 2020 did, which would be no growth.
    if !recent && chance.below(100) == 0 {
        let past = past(contract, &mut chance);
        data.employ(person, earlier, true, &profile, past);
    }
    if practises_elsewhere(&profile, &mut chance) {
        data.employ(person, further, false, &profile, contract);
    }
}

/// An employment that ended on the eve of this one.
fn past(contract: Contract, chance: &mut Chance) -> Contract {
    Contract {
        title_engaged: Title::Untitled,
        started_on: before(contract.started_on, 365 + chance.below(3_000)),
        ended_on: Some(before(contract.started_on, 1)),
        ..contract
    }
}

/// One physician in fifty practises at a further site (多机构执业).
fn practises_elsewhere(profile: &Profile, chance: &mut Chance) -> bool {
    profile.category == ProfessionCategory::LicensedPhysician && chance.below(50) == 0
}
