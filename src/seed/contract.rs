//! Usual terms of employment. All of it is a demonstration assumption.

use chrono::NaiveDate;
use entity::term::{Tenure, Title};

use super::calendar::{after, day};
use super::chance::{Chance, Mix};
use super::profile::Profile;
use super::register::Contract;

const TENURES: Mix<Tenure> = Mix {
    parts: &[
        (24, Tenure::Contract),
        (4, Tenure::Filed),
        (2, Tenure::Temporary),
        (2, Tenure::Reemployed),
        (1, Tenure::Dispatched),
    ],
    otherwise: Tenure::Established,
};

/// First day of the longest employments.
const EARLIEST: NaiveDate = day(1995, 1, 1);
/// Days from the earliest day to the end of 2019.
const BEFORE_2020: u64 = 9_131;
/// First day after the year that changes are counted from.
const EARLIEST_RECENT: NaiveDate = day(2020, 1, 1);
/// Days from there to the end of February 2024, before the programs of that year begin.
const SINCE_2020: u64 = 1_521;

/// A first day before 2020.
pub(super) fn long_ago(chance: &mut Chance) -> NaiveDate {
    after(EARLIEST, chance.below(BEFORE_2020))
}

/// A first day since 2020.
pub(super) fn recently(chance: &mut Chance) -> NaiveDate {
    after(EARLIEST_RECENT, chance.below(SINCE_2020))
}

/// A first day long ago for three of four, recently for the others.
pub(super) fn sometime(chance: &mut Chance) -> NaiveDate {
    if chance.below(4) == 0 {
        recently(chance)
    } else {
        long_ago(chance)
    }
}

/// A current employment at the worksite itself.
pub(super) fn usual(chance: &mut Chance, profile: &Profile, started_on: NaiveDate) -> Contract {
    // One in twenty is engaged a step below the title assessed (高评低聘).
    let lags = chance.below(20) == 0;
    Contract {
        employer_id: None,
        deployment: None,
        tenure: chance.among(&TENURES),
        title_engaged: if lags {
            below(profile.title)
        } else {
            profile.title
        },
        started_on,
        ended_on: None,
    }
}

const fn below(title: Title) -> Title {
    match title {
        Title::Senior => Title::AssociateSenior,
        Title::AssociateSenior => Title::Intermediate,
        Title::Intermediate => Title::Junior,
        Title::Junior => Title::Assistant,
        Title::Assistant | Title::Untitled => Title::Untitled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_end_where_they_should() {
        assert_eq!(after(EARLIEST, BEFORE_2020 - 1), day(2019, 12, 31));
        assert_eq!(after(EARLIEST_RECENT, SINCE_2020 - 1), day(2024, 2, 29));
    }
}
