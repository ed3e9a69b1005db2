//! Probes by statistics: counts by a column, and of the records that a filter by it leaves.

use access::Kind;

use super::{
    probe::{FILTERS, Probe},
    sieve,
    twin::Difference,
};
use crate::{catalogue::camel, cell::Column, rng::Rng, world::World};

/// What has statistics: their field, and the terms that they tell apart.
type Statistics = (Kind, &'static str, &'static [(&'static str, &'static str)]);

static STATISTICS: &[Statistics] = &[
    (
        Kind::Facility,
        "facilityStatistics",
        &[
            ("facilityType", "FACILITY_TYPE"),
            ("level", "LEVEL"),
            ("class", "CLASS"),
            ("sponsorBody", "SPONSOR_BODY"),
        ],
    ),
    (
        Kind::StaffMember,
        "staffStatistics",
        &[
            ("professionCategory", "PROFESSION_CATEGORY"),
            ("title", "TITLE"),
            ("education", "EDUCATION"),
            ("keyPost", "KEY_POST"),
        ],
    ),
    (
        Kind::Enrollment,
        "enrollmentStatistics",
        &[("status", "STATUS")],
    ),
];

const LEVELS: [&str; 5] = ["NATION", "PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP"];

/// Statistics by the column, or filtered by it.
pub(super) fn probes(
    rng: &mut Rng,
    world: &World,
    (kind, column): Column,
    differences: &[Difference],
) -> Vec<Probe> {
    let mut probes = Vec::new();
    let own = sieve::filters(rng, world, (kind, column), differences);
    for &(counted, field, terms) in STATISTICS {
        let is_own = counted == kind;
        let filters = match is_own {
            true => own.clone(),
            false => sieve::through(rng, counted, kind, &own, FILTERS),
        };
        let filters = rng.sample(FILTERS, FILTERS, &filters);
        let filters = filters.iter().map(|filter| format!(", filter: {filter}"));
        let all = is_own.then(String::new);
        let name = camel(column);
        let by = terms.iter().find(|(term, _)| is_own && *term == name);
        let (term, by) = by.unwrap_or_else(|| rng.pick(terms));
        let mut text = String::new();
        for filter in filters.chain(all) {
            for level in rng.sample(2, 2, &LEVELS) {
                let place = text.len();
                text += &format!(
                    " s{place}: {field}(level: {level}, by: {by}{filter}) {{
                        division {{ id }} {term} count share
                    }}"
                );
            }
        }
        if !text.is_empty() {
            probes.push(Probe::Text(format!("{{{text} }}")));
        }
    }
    probes
}
