//! Exact shares, spread evenly: where a figure must come out to the unit, chance
//! can't decide who is counted.

/// Whether the item at `position` of `whole` is one of the `part` chosen; over all positions exactly `part` are.
pub(super) fn chosen(position: u64, part: u64, whole: u64) -> bool {
    whole > 0 && (position + 1) * part / whole > position * part / whole
}

/// Splits a total by weights so that the parts add up to it.
pub(super) fn apportion(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum = weights.iter().sum::<u64>().max(1);
    let mut weight = 0;
    let mut given = 0;
    weights
        .iter()
        .map(|own| {
            weight += own;
            let due = total * weight / sum;
            let part = due - given;
            given = due;
            part
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_part_is_chosen_and_evenly() {
        let chosen: Vec<bool> = (0..1_000)
            .map(|position| chosen(position, 91, 1_000))
            .collect();
        assert_eq!(chosen.iter().filter(|one| **one).count(), 91);
        let half = chosen.iter().take(500).filter(|one| **one).count();
        assert!((45..=46).contains(&half));
    }

    #[test]
    fn the_parts_add_up() {
        let parts = apportion(44_400, &[60, 9, 8, 77, 13]);
        assert_eq!(parts.iter().sum::<u64>(), 44_400);
        assert!(parts.iter().all(|part| *part > 0));
    }
}
