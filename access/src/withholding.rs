//! Which counts of persons have to be withheld so that none of those that are can be
//! worked out from the rest.
//!
//! A count of 0 to 10 is withheld, and every other is rounded. That is not enough: a
//! county's count follows from its prefecture's and the other counties', or from the
//! county's other counts. So each withheld count is proved to be open: the flows of the
//! network, which are the counts, are changed until at least [`FEWEST`] values of it have
//! been seen, with everything that is published still as it is. Where they can't be, the
//! least of the counts that stand in the way is withheld too, and proved in its turn.
//!
//! Statistics by title and by education count the same heads. What changes the heads of a
//! division in one of them must do so in all.

use std::collections::VecDeque;

use crate::{
    error::AccessError,
    network::{Bounds, Cut, Edge, Network, Step},
};

/// As many values a withheld count must leave open.
const FEWEST: usize = 5;
/// Up to this a count of persons is withheld.
const SMALL: i64 = 10;
/// To a multiple of this a count of persons is rounded.
const STEP: i64 = 5;
/// The node that everything comes from and goes to.
pub(crate) const SOURCE: usize = 0;

/// A count of persons as it is published.
pub(crate) fn rounded(count: i64) -> i64 {
    (count + STEP / 2) / STEP * STEP
}

/// What is told of a count of persons before anything else is withheld.
pub(crate) fn told(count: i64) -> Bounds {
    if count <= SMALL {
        return Bounds::Open;
    }
    let published = rounded(count);
    Bounds::Within((published - STEP / 2).max(SMALL + 1), published + STEP / 2)
}

/// Networks that have their first edges in common: the heads of each division, from the
/// source, of which nothing is published.
pub(crate) struct Withholding {
    networks: Vec<Network>,
    heads: usize,
}

/// An edge of one of the networks.
type Place = (usize, usize);
type Trail = Vec<(usize, Vec<Step>)>;

impl Withholding {
    pub(crate) fn of(networks: Vec<Network>, heads: usize) -> Withholding {
        Withholding { networks, heads }
    }

    pub(crate) fn is_withheld(&self, (network, edge): Place) -> bool {
        self.networks[network].edge(edge).bounds == Bounds::Open
    }

    /// Withholds what must be so that all of `counts` that are withheld stay open; tells
    /// `progress` of how many of how many that has been proved.
    ///
    /// # Errors
    /// [`AccessError::Internal`] if that can't be brought about, which should not be.
    pub(crate) fn run(
        &mut self,
        counts: impl Iterator<Item = Place>,
        progress: &dyn Fn(u64, u64),
    ) -> Result<(), AccessError> {
        let mut waiting: VecDeque<Place> =
            counts.filter(|count| self.is_withheld(*count)).collect();
        let mut proved = 0;
        while let Some(count) = waiting.pop_front() {
            while let Err(blocked) = self.prove(count) {
                let Some((network, edge)) = blocked else {
                    return Err(AccessError::internal(
                        "a count can be worked out whatever else is withheld",
                    ));
                };
                self.networks[network].open(edge);
                waiting.push_back((network, edge));
            }
            proved += 1;
            progress(proved, proved + waiting.len() as u64);
        }
        Ok(())
    }

    /// Shows that a withheld count may have enough values; else tells which count stands
    /// in the way.
    fn prove(&mut self, count: Place) -> Result<(), Option<Place>> {
        let mut seen = 1;
        let mut blocked = None;
        for more in [true, false] {
            let mut trail = Trail::new();
            while seen < FEWEST {
                match self.change(count, more) {
                    Ok(steps) => {
                        seen += 1;
                        trail.extend(steps);
                    }
                    Err(by) => {
                        blocked = blocked.or(by);
                        break;
                    }
                }
            }
            self.take_back(&trail);
        }
        if seen < FEWEST { Err(blocked) } else { Ok(()) }
    }

    /// Changes a count by one, if it must with the heads of divisions.
    fn change(&mut self, (network, edge): Place, more: bool) -> Result<Trail, Option<Place>> {
        let step = Step { edge, more };
        match self.networks[network].change(step, self.heads) {
            Ok(steps) => return Ok(vec![(network, steps)]),
            Err(cut) if self.heads == 0 => return Err(self.least(network, &cut)),
            Err(_) => {}
        }
        let steps = match self.networks[network].change(step, 0) {
            Ok(steps) => steps,
            Err(cut) => return Err(self.least(network, &cut)),
        };
        let heads: Vec<Step> = steps
            .iter()
            .filter(|step| step.edge < self.heads)
            .copied()
            .collect();
        let mut trail = vec![(network, steps)];
        for other in (0..self.networks.len()).filter(|other| *other != network) {
            match self.follow(other, &heads) {
                Ok(steps) => trail.push((other, steps)),
                Err(cut) => {
                    self.take_back(&trail);
                    return Err(self.least(other, &cut));
                }
            }
        }
        Ok(trail)
    }

    /// Changes the heads of divisions in another network. A way through the source has
    /// one more at one end of it and one fewer at the other.
    fn follow(&mut self, network: usize, heads: &[Step]) -> Result<Vec<Step>, Cut> {
        let network = &mut self.networks[network];
        let division = |more| {
            let mut heads = heads.iter().filter(|step| step.more == more);
            heads
                .next()
                .map_or(SOURCE, |step| network.edge(step.edge).to)
        };
        let (grown, shrunk) = (division(true), division(false));
        if grown == shrunk {
            return Ok(Vec::new());
        }
        let mut steps = network.send(grown, shrunk, self.heads)?;
        network.take(heads);
        steps.extend(heads);
        Ok(steps)
    }

    fn take_back(&mut self, trail: &Trail) {
        for (network, steps) in trail {
            self.networks[*network].take_back(steps);
        }
    }

    /// The least of the counts that stand in the way: the least to lose.
    fn least(&self, network: usize, cut: &[usize]) -> Option<Place> {
        let flow = |edge: &usize| self.networks[network].edge(*edge).flow;
        let least = cut.iter().copied().min_by_key(|edge| (flow(edge), *edge));
        least.map(|edge| (network, edge))
    }
}

/// An edge that carries a count of persons.
pub(crate) fn count(from: usize, to: usize, flow: i64) -> Edge {
    Edge {
        from,
        to,
        flow,
        bounds: told(flow),
    }
}

/// An edge of which nothing is published.
pub(crate) fn unpublished(from: usize, to: usize, flow: i64) -> Edge {
    Edge {
        from,
        to,
        flow,
        bounds: Bounds::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_withheld_and_others_rounded() {
        for (count, expected) in [
            (0, Bounds::Open),
            (10, Bounds::Open),
            (11, Bounds::Within(11, 12)),
            (12, Bounds::Within(11, 12)),
            (13, Bounds::Within(13, 17)),
            (200, Bounds::Within(198, 202)),
        ] {
            assert_eq!(told(count), expected, "{count}");
        }
    }

    /// Two counties' counts and their prefecture's, of one term.
    fn prefecture(counties: [i64; 2]) -> Withholding {
        let mut network = Network::default();
        let [one, other] = counties;
        network.add(count(SOURCE, 1, one));
        network.add(count(SOURCE, 1, other));
        network.add(count(1, SOURCE, one + other));
        Withholding::of(vec![network], 0)
    }

    fn withheld(mut counts: Withholding) -> Vec<bool> {
        counts
            .run((0..3).map(|edge| (0, edge)), &|_, _| {})
            .unwrap();
        (0..3).map(|edge| counts.is_withheld((0, edge))).collect()
    }

    #[test]
    fn a_count_that_the_others_leave_open_is_enough() {
        // 100 and 106 are told as 100 and 105, so that 6 may be 1 to 9.
        assert_eq!(withheld(prefecture([6, 100])), [true, false, false]);
    }

    #[test]
    fn a_count_that_follows_from_the_others_has_company() {
        // 12 and 12 are both told as 10, which is 11 or 12: 0 could be 0 or 1.
        assert_eq!(withheld(prefecture([0, 12])), [true, true, false]);
    }

    #[test]
    fn heads_that_change_do_so_in_every_network() {
        // A county of two heads: by title and by sex.
        let counts = |sizes: [i64; 2]| {
            let mut network = Network::default();
            network.add(unpublished(SOURCE, 1, 2));
            for size in sizes {
                network.add(count(1, SOURCE, size));
            }
            network
        };
        let mut county = Withholding::of(vec![counts([2, 0]), counts([1, 1])], 1);
        assert!(county.prove((0, 1)).is_ok());
        let before: Vec<i64> = (0..3)
            .map(|edge| county.networks[1].edge(edge).flow)
            .collect();
        assert_eq!(before, [2, 1, 1]);
    }
}
