//! Small trees, whose counts can be worked out by hand.

use super::*;

#[test]
fn small_counts_are_withheld_and_others_rounded() {
    for (count, least, most, is_told) in [
        (0, 0, 10, false),
        (10, 0, 10, false),
        (11, 11, 12, true),
        (12, 11, 12, true),
        (13, 13, 17, true),
        (200, 198, 202, true),
    ] {
        let (bounds, untold) = known(count);
        assert_eq!(bounds, Bounds { least, most }, "{count}");
        assert_eq!(untold.is_some(), is_told, "{count}");
    }
}

#[test]
fn what_the_rule_says_is_no_help() {
    // 10 of 58 where all others are told as 11 or 12 can't be less, nor more if small.
    let mut network = Network::default();
    for county in [10, 12, 12, 12, 12] {
        network.add(count(SOURCE, 1, county));
    }
    network.add(count(1, SOURCE, 58));
    let mut counts = Withholding::of(vec![network], 0);
    let places = (0..6).map(|edge| (0, edge));
    counts.run(places.clone(), &|_, _| {}).unwrap();
    let withheld = places.filter(|place| counts.is_withheld(*place));
    assert_eq!(withheld.count(), 2);
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
    assert_eq!(withheld(prefecture([0, 12])), [true, false, true]);
    // 9 and 10 make 20, which is 18 to 22: neither could be less than 8.
    assert_eq!(withheld(prefecture([9, 10])), [true, true, true]);
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

/// A nation's counties, each with its counts by one dimension and another.
fn nation(counties: &[&[Vec<i64>]]) -> Withholding {
    let networks = (0..counties[0].len()).map(|dimension| {
        let mut network = Network::default();
        let heads: Vec<i64> = counties
            .iter()
            .map(|county| county[0].iter().sum())
            .collect();
        let terms = counties[0][dimension].len();
        let all = 1 + counties.len() + terms;
        for (county, heads) in heads.iter().enumerate() {
            network.add(unpublished(SOURCE, 1 + county, *heads));
        }
        network.add(unpublished(all, SOURCE, heads.iter().sum()));
        for term in 0..terms {
            let node = 1 + counties.len() + term;
            let counts = counties.iter().map(|county| county[dimension][term]);
            for (county, flow) in counts.clone().enumerate() {
                network.add(count(1 + county, node, flow));
            }
            network.add(count(node, all, counts.sum()));
        }
        network
    });
    Withholding::of(networks.collect(), counties.len())
}

#[test]
fn a_county_of_one_beside_one_that_is_nearly_full_is_published() {
    let alone = |terms: usize, place: usize, count: i64| {
        let mut counts = vec![0; terms];
        counts[place] = count;
        counts
    };
    let one = [
        alone(16, 10, 1),
        alone(6, 0, 1),
        alone(5, 4, 1),
        alone(7, 1, 1),
    ];
    let full = [
        alone(16, 9, 49),
        vec![10, 10, 10, 10, 9, 0],
        vec![10, 10, 10, 10, 9],
        vec![10, 10, 10, 10, 9, 0, 0],
    ];
    let mut counts = nation(&[&one, &full]);
    let edges = one.iter().map(|terms| 3 + 3 * terms.len());
    let all = edges.enumerate();
    let all = all.flat_map(|(network, edges)| (3..edges).map(move |edge| (network, edge)));
    counts.run(all, &|_, _| {}).unwrap();
}
