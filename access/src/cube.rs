//! The cube of a release: how many there are of each term in each place, what of it is
//! withheld, and what is rounded.

use std::collections::{BTreeMap, HashMap};

use entity::term::{
    DivisionLevel, Education, EnrollmentStatus, FacilityClass, FacilityLevel, FacilityType,
    KeyPost, ProfessionCategory, SponsorBody, Title,
};
use sea_orm::ActiveEnum;

use crate::{
    error::AccessError,
    kind::Kind,
    network::{Edge, Network},
    places::{Place, Places},
    withholding::{SOURCE, Withholding, count, rounded, unpublished},
};

/// What a kind's records are told apart by, with its terms.
#[derive(Debug)]
pub(crate) struct Dimension {
    pub(crate) column: &'static str,
    pub(crate) terms: fn() -> Vec<String>,
}

macro_rules! dimensions {
    ($($column:literal: $vocabulary:ty),+ $(,)?) => {
        &[$(Dimension { column: $column, terms: <$vocabulary as ActiveEnum>::values }),+]
    };
}

/// What the records of a kind are told apart by; nothing where they are not published.
pub(crate) const fn dimensions(kind: Kind) -> &'static [Dimension] {
    match kind {
        Kind::Facility => dimensions! {
            "facility_type": FacilityType,
            "level": FacilityLevel,
            "class": FacilityClass,
            "sponsor_body": SponsorBody,
        },
        Kind::StaffMember => dimensions! {
            "profession_category": ProfessionCategory,
            "title": Title,
            "education": Education,
            "key_post": KeyPost,
        },
        Kind::Enrollment => dimensions! { "status": EnrollmentStatus },
        _ => &[],
    }
}

/// How many there are of a term in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Released {
    pub(crate) dimension: &'static str,
    pub(crate) project: Option<i64>,
    pub(crate) place: Place,
    pub(crate) term: String,
    /// None where it is withheld.
    pub(crate) count: Option<i64>,
}

impl Released {
    /// Nothing yet of a term in a place.
    fn of(dimension: &Dimension, project: Option<i64>, place: Place, term: &str) -> Released {
        Released {
            dimension: dimension.column,
            project,
            place,
            term: term.to_owned(),
            count: None,
        }
    }
}

/// How many of each term, by its number, there are at each of the lowest places.
pub(crate) type Leaves = HashMap<(Place, usize), i64>;

/// The counts of facilities, which are public.
pub(crate) fn of_facilities(
    places: &Places<'_>,
    dimension: &Dimension,
    leaves: &Leaves,
) -> Vec<Released> {
    let terms = (dimension.terms)();
    let sums = places.sums(terms.len(), leaves);
    let mut released = Vec::new();
    for ((place, _), sums) in places.all().iter().zip(sums) {
        let counts = terms.iter().zip(sums).filter(|(_, count)| *count > 0);
        released.extend(counts.map(|(term, count)| Released {
            count: Some(count),
            ..Released::of(dimension, None, *place, term)
        }));
    }
    released
}

/// A cube that is being made: its networks, and which of their edges are its counts.
#[derive(Default)]
struct Draft {
    networks: Vec<Network>,
    counts: Vec<((usize, usize), Released)>,
}

impl Draft {
    /// Adds an edge of this network that carries a count.
    fn tell(&mut self, network: &mut Network, edge: Edge, released: Released) {
        let place = (self.networks.len(), network.add(edge));
        let count = Some(rounded(edge.flow));
        self.counts.push((place, Released { count, ..released }));
    }

    /// Withholds what must be, in networks that have their first edges in common.
    fn withhold(
        self,
        common: usize,
        progress: &dyn Fn(u64, u64),
    ) -> Result<Vec<Released>, AccessError> {
        let mut withholding = Withholding::of(self.networks, common);
        withholding.run(self.counts.iter().map(|(place, _)| *place), progress)?;
        let told = |(place, released): ((usize, usize), Released)| Released {
            count: released.count.filter(|_| !withholding.is_withheld(place)),
            ..released
        };
        Ok(self.counts.into_iter().map(told).collect())
    }
}

/// The counts of staff, by each of what they are told apart by: the same heads.
pub(crate) fn of_staff(
    places: &Places<'_>,
    leaves: &[Leaves],
    progress: &dyn Fn(u64, u64),
) -> Result<Vec<Released>, AccessError> {
    let is_lowest = |place: &Place| place.level == DivisionLevel::County.digit();
    let all = || places.all().iter().enumerate();
    let heads = all().filter(|(_, (place, _))| is_lowest(place)).count();
    let mut draft = Draft::default();
    for (dimension, leaves) in dimensions(Kind::StaffMember).iter().zip(leaves) {
        let terms = (dimension.terms)();
        let sums = places.sums(terms.len(), leaves);
        let mut network = Network::default();
        let lowest = all().filter(|(_, (place, _))| is_lowest(place));
        // From the node of its heads a division's counts go out, by term.
        let mut node_of_heads = HashMap::new();
        for (node, (number, _)) in (1..).zip(lowest) {
            network.add(unpublished(SOURCE, node, sums[number].iter().sum()));
            node_of_heads.insert(number, node);
        }
        let node = |place: usize, term: usize| 1 + heads + place * terms.len() + term;
        let every_head = node(places.all().len(), 0);
        let of_nation = all().filter(|(_, (_, above))| above.is_none());
        let nation = of_nation.flat_map(|(number, _)| &sums[number]);
        network.add(unpublished(every_head, SOURCE, nation.sum()));
        for (number, (place, above)) in all() {
            for (term, name) in terms.iter().enumerate() {
                let from = node_of_heads.get(&number).copied();
                let from = from.unwrap_or_else(|| node(number, term));
                let to = above.map_or(every_head, |above| node(above, term));
                let edge = count(from, to, sums[number][term]);
                let released = Released::of(dimension, None, *place, name);
                draft.tell(&mut network, edge, released);
            }
        }
        draft.networks.push(network);
    }
    draft.withhold(heads, progress)
}

/// The counts of enrollments and, of each project, of those in the programs that it
/// supports: by province, and each program by one project at most.
pub(crate) fn of_enrollments(
    places: &Places<'_>,
    leaves: &Leaves,
    supported: &BTreeMap<i64, Leaves>,
    progress: &dyn Fn(u64, u64),
) -> Result<Vec<Released>, AccessError> {
    let [dimension] = dimensions(Kind::Enrollment) else {
        return Err(AccessError::internal(
            "enrollments are counted by status alone",
        ));
    };
    let terms = (dimension.terms)();
    let sums = places.sums(terms.len(), leaves);
    let mut parts: Vec<(Option<i64>, Vec<Vec<i64>>)> = supported
        .iter()
        .map(|(project, leaves)| (Some(*project), places.sums(terms.len(), leaves)))
        .collect();
    // What no project supports is published of none.
    let rest = sums.iter().enumerate().map(|(place, all)| {
        let rest = all.iter().enumerate().map(|(term, count)| {
            let supported = parts.iter().map(|(_, sums)| sums[place][term]);
            count - supported.sum::<i64>()
        });
        rest.collect()
    });
    let rest = rest.collect();
    parts.push((None, rest));

    // A province's count, which comes out of its node, goes through a node at which it
    // divides among projects; these come together in one node of each project.
    let size = places.all().len();
    let node = |place: usize, term: usize| 1 + place * terms.len() + term;
    let divide = |place: usize, term: usize| node(size + place, term);
    let gather = |part: usize, term: usize| node(2 * size + part, term);

    let mut draft = Draft::default();
    let mut network = Network::default();
    for (number, (place, above)) in places.all().iter().enumerate() {
        let is_lowest = place.level == DivisionLevel::County.digit();
        let is_province = place.level == DivisionLevel::Province.digit();
        for (term, name) in terms.iter().enumerate() {
            let released = |project| Released::of(dimension, project, *place, name);
            let from = if is_lowest {
                SOURCE
            } else {
                node(number, term)
            };
            let to = match above {
                None => SOURCE,
                Some(_) if is_province => divide(number, term),
                Some(above) => node(*above, term),
            };
            draft.tell(
                &mut network,
                count(from, to, sums[number][term]),
                released(None),
            );
            for (part, (project, sums)) in parts.iter().enumerate() {
                let (from, to) = match above {
                    None => (gather(part, term), node(number, term)),
                    Some(_) if is_province => (divide(number, term), gather(part, term)),
                    Some(_) => continue,
                };
                let flow = sums[number][term];
                if project.is_some() {
                    draft.tell(&mut network, count(from, to, flow), released(*project));
                } else {
                    network.add(unpublished(from, to, flow));
                }
            }
        }
    }
    draft.networks.push(network);
    draft.withhold(0, progress)
}
