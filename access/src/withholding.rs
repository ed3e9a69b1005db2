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
//! Who knows how counts are withheld knows that one which nothing else needs is small. So
//! the proof holds against who is told which of them are: a small count stays one, and
//! what is withheld for others' sake stays greater.
//!
//! What is not proved: which counts are withheld for others' sake depends on all counts, so
//! that who repeats the whole of it for whatever counts there might be can rule some out.
//!
//! Statistics by title and by education count the same heads. What changes the heads of a
//! division in one of them must do so in all.

use std::collections::VecDeque;

use crate::{
    error::AccessError,
    network::{Blocked, Bounds, Edge, Network, Step},
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

/// What is known of a count of persons before anything else is withheld, and what would be
/// if it were withheld too.
fn known(count: i64) -> (Bounds, Option<Bounds>) {
    if count <= SMALL {
        let small = Bounds {
            least: 0,
            most: SMALL,
        };
        return (small, None);
    }
    let published = rounded(count);
    let greater = Bounds {
        least: SMALL + 1,
        most: i64::MAX,
    };
    let told = Bounds {
        least: greater.least.max(published - STEP / 2),
        most: published + STEP / 2,
    };
    (told, Some(greater))
}

/// Networks that have their first edges in common: the heads of each division, from the
/// source, of which nothing is published, and behind them, where there are any, all heads
/// on their way back to it.
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
        self.networks[network].edge(edge).untold.is_none()
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
                self.networks[network].withhold(edge);
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
        let (step, heads) = (Step { edge, more }, self.heads);
        let without_heads = match self.networks[network].change(step, |edge| edge < heads) {
            Ok(steps) => return Ok(vec![(network, steps)]),
            Err(blocked) => self.least(network, &blocked),
        };
        if heads == 0 {
            return Err(without_heads);
        }
        // Heads from which, in some other network, no way leads on.
        let mut stuck = Vec::new();
        loop {
            let steps = self.networks[network].change(step, |edge| stuck.contains(&edge));
            let steps = match steps {
                Ok(steps) => steps,
                Err(blocked) => return Err(self.least(network, &blocked).or(without_heads)),
            };
            match self.follow_all(network, steps) {
                Ok(trail) => return Ok(trail),
                Err((None, heads)) if !stuck.contains(&heads) => stuck.push(heads),
                Err((blocked, _)) => return Err(blocked),
            }
        }
    }

    /// Changes the heads of divisions in all networks as in one; else tells which count
    /// stands in the way, if one does, and which edge of heads is stuck.
    fn follow_all(
        &mut self,
        network: usize,
        steps: Vec<Step>,
    ) -> Result<Trail, (Option<Place>, usize)> {
        let heads = steps.iter().filter(|step| step.edge < self.heads);
        let heads: Vec<Step> = heads.copied().collect();
        let mut trail = vec![(network, steps)];
        for other in (0..self.networks.len()).filter(|other| *other != network) {
            match self.follow(other, &heads) {
                Ok(steps) => trail.push((other, steps)),
                Err((blocked, heads)) => {
                    self.take_back(&trail);
                    return Err((self.least(other, &blocked), heads));
                }
            }
        }
        Ok(trail)
    }

    /// Changes the heads of divisions in another network. A way through the source has
    /// one more at one end of it and one fewer at the other.
    fn follow(&mut self, network: usize, heads: &[Step]) -> Result<Vec<Step>, (Blocked, usize)> {
        let network = &mut self.networks[network];
        let division = |more| heads.iter().find(|step| step.more == more);
        let node = |step: Option<&Step>| step.map_or(SOURCE, |step| network.edge(step.edge).to);
        let (grown, shrunk) = (division(true), division(false));
        let (from, to) = (node(grown), node(shrunk));
        if from == to {
            return Ok(Vec::new());
        }
        let steps = network.send(from, to, self.heads);
        let mut steps = steps.map_err(|blocked| {
            let stuck = if blocked.at_begin { grown } else { shrunk };
            (blocked, stuck.map_or(self.heads, |step| step.edge))
        })?;
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
    fn least(&self, network: usize, blocked: &Blocked) -> Option<Place> {
        let flow = |edge: &usize| self.networks[network].edge(*edge).flow;
        let least = blocked
            .by
            .iter()
            .copied()
            .min_by_key(|edge| (flow(edge), *edge));
        least.map(|edge| (network, edge))
    }
}

/// An edge that carries a count of persons.
pub(crate) fn count(from: usize, to: usize, flow: i64) -> Edge {
    let (bounds, untold) = known(flow);
    Edge {
        from,
        to,
        flow,
        bounds,
        untold,
    }
}

/// An edge of which nothing is published.
pub(crate) fn unpublished(from: usize, to: usize, flow: i64) -> Edge {
    Edge {
        from,
        to,
        flow,
        bounds: Bounds {
            least: 0,
            most: i64::MAX,
        },
        untold: None,
    }
}

#[cfg(test)]
mod tests;
