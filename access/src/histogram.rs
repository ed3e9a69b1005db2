//! How long things took, counted by bounds.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds in microseconds: from a lookup in memory to what a limit of time
/// cuts off. What is longer counts behind the last.
const BOUNDS: [u64; 16] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 10_000_000, 30_000_000,
];

/// Counts without a lock, so that whatever is timed is not held up by it.
#[derive(Default)]
pub(crate) struct Histogram {
    counts: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

/// A histogram at an instant.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// All that was timed, together.
    pub total: Duration,
    /// For each bound how many took no longer, and longer than the bound before;
    /// the last has no bound.
    pub counts: Vec<(Option<Duration>, u64)>,
}

impl Histogram {
    pub(crate) fn add(&self, took: Duration) {
        let bucket = BOUNDS.partition_point(|bound| Duration::from_micros(*bound) < took);
        self.counts[bucket].fetch_add(1, Ordering::Relaxed);
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Distribution {
        let bounds = BOUNDS
            .iter()
            .map(|bound| Some(Duration::from_micros(*bound)));
        let counts = self
            .counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed));
        Distribution {
            total: Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)),
            counts: bounds.chain([None]).zip(counts).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_counts_once_at_the_first_bound_that_holds_it() {
        let histogram = Histogram::default();
        let times = [50, 100, 101, 30_000_000, 30_000_001].map(Duration::from_micros);
        for time in times {
            histogram.add(time);
        }
        let Distribution { total, counts } = histogram.read();
        assert_eq!(total, times.iter().sum::<Duration>());
        let counted: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        let bound = |micros| Some(Duration::from_micros(micros));
        let expected = [
            (bound(100), 2),
            (bound(250), 1),
            (bound(30_000_000), 1),
            (None, 1),
        ];
        assert_eq!(counted, expected);
    }
}
