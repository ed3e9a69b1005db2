//! The worlds that are probed: few, which differ from their twins in every column.

use std::{
    cmp::Reverse,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{coverage::Coverage, policy, twin::Twin};
use crate::{
    oracle::Oracle,
    plan::{on_threads, runtime},
    rng::Rng,
};

/// Worlds that are looked at.
const SOUGHT: u64 = 40;

/// Seeds of worlds that together cover what all of those that are looked at do. Which these
/// are changes with every column, and so they are sought anew.
pub(super) fn chosen() -> Vec<u64> {
    let (next, seen) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    on_threads(|| {
        let runtime = runtime();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= SOUGHT {
                return;
            }
            let coverage = runtime.block_on(coverage(seed));
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push((seed, coverage));
        }
    });
    let seen = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (mut chosen, mut covered) = (Vec::new(), Coverage::default());
    loop {
        let with = |coverage| covered.with(coverage).len();
        let most = seen
            .iter()
            .max_by_key(|(seed, coverage)| (with(coverage), Reverse(*seed)));
        match most {
            Some((seed, coverage)) if with(coverage) > covered.len() => {
                covered = covered.with(coverage);
                chosen.push(*seed);
            }
            _ => return chosen,
        }
    }
}

async fn coverage(seed: u64) -> Coverage {
    let world = Arc::new(policy::world(seed));
    let oracle = Oracle::of(world.clone()).await;
    let mut coverage = Coverage::default();
    for user in world.callers.iter().map(|user| user.id) {
        coverage.count(&Twin::draw(
            &mut Rng::part(seed, user as u64),
            &oracle,
            user,
        ));
    }
    coverage
}
