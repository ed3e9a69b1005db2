use std::collections::HashSet;

use super::*;

fn tree() -> Tree {
    Tree::read().unwrap()
}

fn count(rows: &[division::Model], level: DivisionLevel, kind: DivisionKind) -> usize {
    rows.iter()
        .filter(|row| row.level == level && row.kind == kind)
        .count()
}

#[test]
fn the_tree_holds_the_list_the_nation_and_the_authorities() {
    let rows = tree().into_rows();
    assert_eq!(rows.len(), 44_704 + 3);
    let listed = |level| {
        rows.iter()
            .filter(|row| row.level == level && row.kind != DivisionKind::Authority)
            .count()
    };
    assert_eq!(listed(DivisionLevel::Nation), 1);
    assert_eq!(listed(DivisionLevel::Province), 31);
    assert_eq!(listed(DivisionLevel::Prefecture), 342);
    assert_eq!(listed(DivisionLevel::County), 2_978);
    assert_eq!(listed(DivisionLevel::Township), 41_352);
    let villages: i64 = rows
        .iter()
        .filter_map(|row| row.village_count)
        .map(i64::from)
        .sum();
    assert_eq!(villages, 620_573);
}

#[test]
fn kinds_follow_from_codes_and_names() {
    let tree = tree();
    let kind = |code: &str| tree.at(code).unwrap().kind;
    assert_eq!(kind("1101"), DivisionKind::Placeholder);
    assert_eq!(kind("110115403"), DivisionKind::FunctionalZone);
    assert_eq!(kind("210681401"), DivisionKind::Ordinary);
    assert_eq!(kind("659001"), DivisionKind::CorpsUnit);
    assert_eq!(kind("119101"), DivisionKind::Authority);
    let rows = tree.into_rows();
    assert_eq!(
        count(&rows, DivisionLevel::Prefecture, DivisionKind::Placeholder),
        9
    );
    assert_eq!(
        count(&rows, DivisionLevel::County, DivisionKind::FunctionalZone),
        124
    );
    assert_eq!(
        count(&rows, DivisionLevel::County, DivisionKind::CorpsUnit),
        12
    );
    let zones = rows
        .iter()
        .filter(|row| row.code.len() == 9 && row.code.as_bytes()[4] == b'7');
    assert_eq!(zones.clone().count(), 434);
    assert!(
        zones
            .clone()
            .all(|row| row.kind == DivisionKind::FunctionalZone)
    );
}

#[test]
fn a_key_is_the_code_and_the_level() {
    let tree = tree();
    let donggang = tree.at("210681").unwrap();
    assert_eq!(
        (donggang.id, donggang.last),
        (2_106_810_000_003, 2_106_819_999_999)
    );
    let commission = tree.at(authority::NATIONAL_COMMISSION).unwrap();
    assert_eq!(
        (commission.id, commission.last),
        (100_000_000_001, 199_999_999_999)
    );
    assert_eq!(commission.parent_id, Some(NATION));
    let zone = tree.at(authority::DEVELOPMENT_ZONE).unwrap();
    assert_eq!(zone.parent_id, Some(tree.at("11").unwrap().id));
}

#[test]
fn every_interval_lies_in_its_parents_and_parents_come_first() {
    let rows = tree().into_rows();
    let mut intervals = HashMap::new();
    for row in &rows {
        if let Some(parent) = row.parent_id {
            let &(id, last): &(i64, i64) = intervals.get(&parent).expect("the parent comes first");
            assert!(
                id < row.id && row.id <= row.last && row.last <= last,
                "{}",
                row.code
            );
        }
        assert_eq!(
            intervals.insert(row.id, (row.id, row.last)),
            None,
            "{}",
            row.code
        );
    }
    let codes: HashSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.len(), rows.len());
}

#[test]
fn siblings_are_apart() {
    let tree = tree();
    for parent in &tree.rows {
        let mut siblings: Vec<_> = tree.children(parent).collect();
        siblings.sort_by_key(|row| row.id);
        for pair in siblings.windows(2) {
            assert!(
                pair[0].last < pair[1].id,
                "{} and {}",
                pair[0].code,
                pair[1].code
            );
        }
    }
}
