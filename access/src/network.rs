//! A network of flows with bounds. One flow is changed by a unit, and what else has to
//! change with it is found, or what stands in its way.

use std::{collections::VecDeque, mem::swap};

/// A flow between two nodes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) flow: i64,
    /// What is known of the flow.
    pub(crate) bounds: Bounds,
    /// What would be known if it were not told; none where it is not.
    pub(crate) untold: Option<Bounds>,
}

/// Between what a flow lies, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) least: i64,
    pub(crate) most: i64,
}

impl Bounds {
    /// Whether a flow may change by one.
    fn have_room(self, flow: i64, more: bool) -> bool {
        if more {
            flow < self.most
        } else {
            flow > self.least
        }
    }
}

impl Edge {
    fn has_room(&self, more: bool) -> bool {
        self.bounds.have_room(self.flow, more)
    }

    /// Whether there would be room if the flow were not told.
    fn is_held(&self, more: bool) -> bool {
        let untold = self.untold;
        untold.is_some_and(|bounds| bounds.have_room(self.flow, more))
    }
}

/// A change of one edge's flow by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) edge: usize,
    pub(crate) more: bool,
}

/// Why there is no way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Blocked {
    /// The edges that stand in the way because their flows are told.
    pub(crate) by: Vec<usize>,
    /// Whether it is where the way begins that none leads on; else it is where it ends.
    pub(crate) at_begin: bool,
}

/// What goes into each node comes out of it.
#[derive(Debug, Default)]
pub(crate) struct Network {
    edges: Vec<Edge>,
    at: Vec<Vec<usize>>,
    searches: u64,
    /// What has been reached from either end of a way that is searched for.
    ends: [End; 2],
}

/// Where a way begins and where it ends.
const BEGIN: usize = 0;
const END: usize = 1;

/// A search from one end.
#[derive(Debug, Default)]
struct End {
    /// In which search a node was last reached, and by which step.
    reached: Vec<(u64, Step)>,
    waiting: VecDeque<usize>,
    /// How many edges the nodes that wait have.
    work: usize,
    /// The edges that would lead on if their flows were not told, and where to.
    held: Vec<(usize, usize)>,
}

impl End {
    fn start(&mut self, search: u64, node: usize, edges: usize) {
        self.waiting = VecDeque::from([node]);
        self.work = edges;
        self.held.clear();
        self.reached[node].0 = search;
    }
}

impl Network {
    /// Adds an edge, and nodes as it names them.
    pub(crate) fn add(&mut self, edge: Edge) -> usize {
        let place = self.edges.len();
        let nodes = self.at.len().max(edge.from.max(edge.to) + 1);
        self.at.resize(nodes, Vec::new());
        for end in &mut self.ends {
            end.reached.resize(
                nodes,
                (
                    0,
                    Step {
                        edge: 0,
                        more: true,
                    },
                ),
            );
        }
        self.at[edge.from].push(place);
        self.at[edge.to].push(place);
        self.edges.push(edge);
        place
    }

    pub(crate) fn edge(&self, place: usize) -> &Edge {
        &self.edges[place]
    }

    /// The edge's flow is told no more.
    pub(crate) fn withhold(&mut self, place: usize) {
        let edge = &mut self.edges[place];
        edge.bounds = edge.untold.take().unwrap_or(edge.bounds);
    }

    /// Changes an edge's flow by one, and others as they must, but for those that are
    /// closed.
    pub(crate) fn change(
        &mut self,
        step: Step,
        is_closed: impl Fn(usize) -> bool,
    ) -> Result<Vec<Step>, Blocked> {
        let edge = self.edges[step.edge];
        if !edge.has_room(step.more) {
            return Err(Blocked {
                by: Vec::new(),
                at_begin: true,
            });
        }
        let (mut from, mut to) = (edge.to, edge.from);
        if !step.more {
            swap(&mut from, &mut to);
        }
        let mut steps = self.path(from, to, |place| is_closed(place) || place == step.edge)?;
        steps.push(step);
        self.take(&steps);
        Ok(steps)
    }

    /// Sends one unit more from a node to another, past the first `fixed` edges.
    pub(crate) fn send(
        &mut self,
        from: usize,
        to: usize,
        fixed: usize,
    ) -> Result<Vec<Step>, Blocked> {
        let steps = self.path(from, to, |place| place < fixed)?;
        self.take(&steps);
        Ok(steps)
    }

    pub(crate) fn take(&mut self, steps: &[Step]) {
        for step in steps {
            self.edges[step.edge].flow += if step.more { 1 } else { -1 };
        }
    }

    pub(crate) fn take_back(&mut self, steps: &[Step]) {
        for step in steps {
            self.edges[step.edge].flow -= if step.more { 1 } else { -1 };
        }
    }

    /// A way from a node to another through edges that have room. It is searched for from
    /// both ends, where there is less to look at first: often one of them leads nowhere.
    fn path(
        &mut self,
        from: usize,
        to: usize,
        is_closed: impl Fn(usize) -> bool,
    ) -> Result<Vec<Step>, Blocked> {
        if from == to {
            return Ok(Vec::new());
        }
        self.searches += 1;
        for (end, node) in [(BEGIN, from), (END, to)] {
            self.ends[end].start(self.searches, node, self.at[node].len());
        }
        loop {
            let end = match self.ends[BEGIN].work <= self.ends[END].work {
                true => BEGIN,
                false => END,
            };
            let Some(node) = self.ends[end].waiting.pop_front() else {
                return Err(Blocked {
                    by: self.cut(end),
                    at_begin: end == BEGIN,
                });
            };
            self.ends[end].work -= self.at[node].len();
            if let Some(meeting) = self.look_round(end, node, &is_closed) {
                let mut steps = self.way(BEGIN, from, meeting);
                steps.extend(self.way(END, to, meeting));
                return Ok(steps);
            }
        }
    }

    /// Reaches the nodes around one; tells one that the other end has reached too.
    fn look_round(
        &mut self,
        end: usize,
        node: usize,
        is_closed: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        for place in &self.at[node] {
            let edge = &self.edges[*place];
            let (next, is_along) = match edge.from == node {
                true => (edge.to, true),
                false => (edge.from, false),
            };
            let step = Step {
                edge: *place,
                more: is_along == (end == BEGIN),
            };
            if is_closed(*place) || self.ends[end].reached[next].0 == self.searches {
                continue;
            }
            if edge.has_room(step.more) {
                self.ends[end].reached[next] = (self.searches, step);
                self.ends[end].waiting.push_back(next);
                self.ends[end].work += self.at[next].len();
                if self.ends[1 - end].reached[next].0 == self.searches {
                    return Some(next);
                }
            } else if edge.is_held(step.more) {
                self.ends[end].held.push((*place, next));
            }
        }
        None
    }

    fn cut(&self, end: usize) -> Vec<usize> {
        let end = &self.ends[end];
        let held = end.held.iter();
        let held = held.filter(|(_, next)| end.reached[*next].0 != self.searches);
        held.map(|(place, _)| *place).collect()
    }

    /// The steps by which the last search came from one end to a node.
    fn way(&self, end: usize, start: usize, node: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut node = node;
        while node != start {
            let (_, step) = self.ends[end].reached[node];
            steps.push(step);
            let edge = &self.edges[step.edge];
            node = if edge.to == node { edge.from } else { edge.to };
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: (Bounds, Option<Bounds>) = (between(0, 100), None);

    const fn between(least: i64, most: i64) -> Bounds {
        Bounds { least, most }
    }

    const fn told(least: i64, most: i64) -> (Bounds, Option<Bounds>) {
        (between(least, most), Some(between(2, 100)))
    }

    /// From 0 by 1 or by 2 to 3, and back to 0.
    fn square(upper: (Bounds, Option<Bounds>), lower: (Bounds, Option<Bounds>)) -> Network {
        let mut network = Network::default();
        for (from, to, flow, (bounds, untold)) in [
            (0, 1, 4, upper),
            (1, 3, 4, FREE),
            (0, 2, 4, lower),
            (2, 3, 4, FREE),
            (3, 0, 8, told(8, 8)),
        ] {
            network.add(Edge {
                from,
                to,
                flow,
                bounds,
                untold,
            });
        }
        network
    }

    const MORE: Step = Step {
        edge: 0,
        more: true,
    };

    fn flows(network: &Network) -> Vec<i64> {
        network.edges.iter().map(|edge| edge.flow).collect()
    }

    #[test]
    fn what_one_edge_takes_another_gives() {
        let mut network = square(FREE, FREE);
        let steps = network.change(MORE, |_| false).unwrap();
        assert_eq!(flows(&network), [5, 5, 3, 3, 8]);
        network.take_back(&steps);
        assert_eq!(flows(&network), [4, 4, 4, 4, 8]);
    }

    #[test]
    fn what_stands_in_the_way_is_told() {
        let mut network = square(FREE, told(4, 6));
        let mut cut = network.change(MORE, |_| false).unwrap_err().by;
        cut.sort_unstable();
        assert_eq!(cut, [2, 4]);
        network.withhold(4);
        assert!(network.change(MORE, |_| false).is_ok());
        assert_eq!(flows(&network), [5, 5, 4, 4, 9]);
    }

    #[test]
    fn nothing_falls_below_its_bounds() {
        let mut network = square(FREE, FREE);
        for _ in 0..4 {
            network.change(MORE, |_| false).unwrap();
        }
        assert_eq!(network.change(MORE, |_| false).unwrap_err().by, [4]);

        let mut network = square(FREE, told(4, 6));
        network.withhold(2);
        for _ in 0..2 {
            network.change(MORE, |_| false).unwrap();
        }
        assert_eq!(network.change(MORE, |_| false).unwrap_err().by, [4]);
    }
}
