//! Nobody is given away by what is published: from all that a statistician of the nation
//! and the sponsors can ask, of all levels, terms and projects at once, an integer solver
//! can't narrow a withheld count of persons down to fewer than five values, in any year.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

mod crowd;
mod puzzle;
mod release;

use support::Backend;

use crate::{
    crowd::{Crowd, YEARS},
    puzzle::{Puzzle, SMALL},
    release::{Count, Release},
};

/// As many values a withheld count must leave open.
const FEWEST: usize = 5;
/// Crowds that are looked at.
const CROWDS: u64 = 3;

#[tokio::test(flavor = "multi_thread")]
async fn no_withheld_count_can_be_narrowed_down() {
    let (mut published, mut withheld, mut greater) = (0, 0, 0);
    for seed in 1..=CROWDS {
        let crowd = Crowd::draw(seed);
        let [sqlite, postgres] = Backend::ALL.map(|backend| Release::of(&crowd, backend));
        let (sqlite, postgres) = (sqlite.await, postgres.await);
        assert_eq!(sqlite, postgres, "crowd {seed}");
        for year in YEARS {
            let release = sqlite.of_year(year);
            published += release.iter().filter(|count| count.told.is_some()).count();
            for staff in [true, false] {
                let is_small = |count: &Count| crowd.count(year, count) as i64 <= SMALL;
                let mut puzzle = Puzzle::of(&release, staff, is_small);
                for (count, values) in puzzle.solve(FEWEST) {
                    withheld += 1;
                    greater += usize::from(!is_small(count));
                    let truth = crowd.count(year, count);
                    assert!(
                        values.len() >= FEWEST,
                        "crowd {seed}, {year}: {count:?}, which is {truth}, can be {values:?} alone"
                    );
                }
            }
        }
    }
    // It is no proof of anything unless counts were told, and others withheld for them.
    assert!(published > 100, "{published} counts published");
    assert!(withheld > 1_000, "{withheld} counts withheld");
    assert!(greater > 5, "{greater} counts withheld for others' sake");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statistician_is_told_of_the_own_divisions_alone() {
    let crowd = Crowd::draw(1);
    for backend in Backend::ALL {
        Release::compare_statisticians(&crowd, backend).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sponsor_is_told_what_the_nation_is_told_of_its_project_and_no_more() {
    let crowd = Crowd::draw(1);
    for backend in Backend::ALL {
        Release::compare_sponsors(&crowd, backend).await;
    }
}
