//! The data of the whole country, for measuring at its size: the demonstration and,
//! in every county that it leaves out, invented facilities, staff and accounts. Only
//! the divisions and the numbers of villages in them are real.

mod account;
mod county;
mod partnership;
mod training;

use std::vec::IntoIter;

use clap::ValueEnum;
use entity::division;
use entity::term::DivisionLevel;

use super::Dataset;
use super::division::Tree;
use super::error::SeedError;
use super::share::chosen;
use partnership::Partnerships;
use training::Training;

/// Partnership projects beside the demonstration's four.
const PROJECTS: u64 = 1_996;

/// How much data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Scale {
    /// The demonstration alone.
    #[default]
    Demonstration,
    /// Beside it, one county in a hundred.
    #[value(name = "1%")]
    Hundredth,
    /// Beside it, one county in ten.
    #[value(name = "10%")]
    Tenth,
    /// The whole country.
    National,
}

impl Scale {
    /// How many counties in a hundred.
    fn hundredths(self) -> u64 {
        match self {
            Scale::Demonstration => 0,
            Scale::Hundredth => 1,
            Scale::Tenth => 10,
            Scale::National => 100,
        }
    }
}

/// The data in parts, since all of it takes gigabytes: first the demonstration with
/// what there is once, then one county after another. The same at every call.
#[derive(Clone)]
pub struct Parts {
    tree: Tree,
    first: Option<Dataset>,
    counties: IntoIter<County>,
    training: Training,
    partnerships: Partnerships,
    /// The part to come, still empty.
    behind: Dataset,
}

/// A county that is not held in the demonstration.
#[derive(Clone)]
struct County {
    division: division::Model,
    supports_project: bool,
}

/// Counties that the demonstration holds in full.
fn is_shown(county: &division::Model) -> bool {
    county.code.starts_with("11") || county.code == "210681"
}

impl Parts {
    /// The parts of the data of this scale.
    ///
    /// # Errors
    /// As [`super::demonstration`].
    pub fn of(scale: Scale) -> Result<Parts, SeedError> {
        let tree = Tree::read()?;
        let (mut data, organizations) = super::demonstrate(&tree)?;
        let training = Training::set_up(&mut data, &tree, &organizations);
        let partnerships = Partnerships::set_up(&mut data, &organizations);
        account::open_above(&mut data, &tree);
        data.divisions = tree.rows().to_vec();

        let counties = tree.holding(DivisionLevel::County);
        let counties: Vec<_> = counties.filter(|county| !is_shown(county)).collect();
        let whole = counties.len() as u64;
        let counties: Vec<_> = (0..)
            .zip(counties)
            .filter(|(place, _)| chosen(*place, scale.hundredths(), 100))
            .map(|(place, county)| County {
                division: county.clone(),
                supports_project: chosen(place, PROJECTS, whole),
            })
            .collect();
        Ok(Parts {
            tree,
            first: Some(data),
            counties: counties.into_iter(),
            training,
            partnerships,
            behind: Dataset::default(),
        })
    }

    fn county(&mut self, county: &County) -> Dataset {
        let mut data = std::mem::take(&mut self.behind);
        let opened = county::open(&mut data, &self.tree, &county.division);
        self.training.enroll(&mut data, &county.division);
        account::open(&mut data, &county.division, &opened);
        self.partnerships.join(&opened.hospitals);
        if county.supports_project {
            self.partnerships.add(&mut data, &county.division);
        }
        data
    }
}

impl Iterator for Parts {
    type Item = Dataset;

    fn next(&mut self) -> Option<Dataset> {
        let part = match self.first.take() {
            Some(first) => first,
            None => {
                let county = self.counties.next()?;
                self.county(&county)
            }
        };
        self.behind = part.behind();
        Some(part)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.counties.len() + usize::from(self.first.is_some());
        (left, Some(left))
    }
}

impl ExactSizeIterator for Parts {}
