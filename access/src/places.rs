//! Where a release counts: the divisions of each level, down to counties, as a tree.

use std::collections::HashMap;

use entity::term::DivisionLevel;

use crate::{
    divisions::Divisions,
    tally::{Digit, node},
};

/// A division at a level. At a level below its own it stands for what belongs to it as a
/// whole: a facility that stands in a prefecture and in none of its counties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) level: Digit,
    pub(crate) division: i64,
}

/// The places, each behind the one that it is part of.
pub(crate) struct Places<'a> {
    divisions: &'a Divisions,
    all: Vec<(Place, Option<usize>)>,
    known: HashMap<Place, usize>,
}

impl<'a> Places<'a> {
    /// The places of all divisions, with those that stand for a larger division as a
    /// whole where `whole` names it or it has no parts.
    pub(crate) fn of(divisions: &'a Divisions, whole: impl Iterator<Item = i64>) -> Places<'a> {
        let mut places = Places {
            divisions,
            all: Vec::new(),
            known: HashMap::new(),
        };
        let mut keys: Vec<i64> = divisions.keys().collect();
        keys.sort_unstable();
        let county = DivisionLevel::County.digit();
        for key in keys.iter().filter(|key| *key % 10 == county) {
            places.leaf(*key);
        }
        whole.for_each(|key| {
            places.leaf(key);
        });
        for division in keys.into_iter().filter(|key| key % 10 < county) {
            let level = division % 10;
            if !places.known.contains_key(&Place { level, division }) {
                places.leaf(division);
            }
        }
        places
    }

    /// The place at the lowest level where a division counts.
    fn leaf(&mut self, key: i64) -> usize {
        let place = self.leaf_of(key);
        self.find(place)
    }

    pub(crate) fn leaf_of(&self, key: i64) -> Place {
        self.at(key, DivisionLevel::County.digit())
    }

    /// The place at a level where a division counts.
    pub(crate) fn at(&self, key: i64, level: Digit) -> Place {
        let division = self.divisions.nearest(node(key, level));
        Place { level, division }
    }

    fn find(&mut self, place: Place) -> usize {
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        let above = place.level.checked_sub(1).filter(|level| *level >= 0);
        let above = above.map(|level| self.find(self.at(place.division, level)));
        self.all.push((place, above));
        self.known.insert(place, self.all.len() - 1);
        self.all.len() - 1
    }

    pub(crate) fn holds(&self, place: Place) -> bool {
        self.known.contains_key(&place)
    }

    /// All, each with the number of the one that it is part of.
    pub(crate) fn all(&self) -> &[(Place, Option<usize>)] {
        &self.all
    }

    /// From counts at leaves, one for each term, to such of every place.
    pub(crate) fn sums(
        &self,
        terms: usize,
        leaves: &HashMap<(Place, usize), i64>,
    ) -> Vec<Vec<i64>> {
        let mut sums = vec![vec![0; terms]; self.all.len()];
        for ((place, term), count) in leaves {
            if let Some(place) = self.known.get(place) {
                sums[*place][*term] += count;
            }
        }
        for number in (0..self.all.len()).rev() {
            if let (_, Some(above)) = self.all[number] {
                let (before, rest) = sums.split_at_mut(number);
                for (sum, count) in before[above].iter_mut().zip(&rest[0]) {
                    *sum += count;
                }
            }
        }
        sums
    }
}
