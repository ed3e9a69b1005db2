//! The test itself: worlds on two threads, each on both databases.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use support::Backend;

use super::{
    coverage::Coverage,
    pair::{Pair, Tally},
    policy,
    probe::{self, Probe},
    record, statistics,
    twin::Twin,
    worlds,
};
use crate::{
    deployment::{Deployment, Templates},
    draft::Draft,
    oracle::Oracle,
    plan::{on_threads, runtime},
    rng::Rng,
};

/// Queries of any kind that a pair is asked beside the probes.
const OTHERS: usize = 12;
/// Answers that must have told something, been refused, and come behind a cursor.
const ENOUGH: [usize; 3] = [5_000, 1_000, 500];

#[test]
fn what_is_not_clear_shows_in_no_answer() {
    let templates = runtime().block_on(Templates::make());
    let worlds = worlds::chosen();
    let tasks = worlds.iter();
    let tasks = tasks.flat_map(|world| Backend::ALL.map(|backend| (*world, backend)));
    let tasks: Vec<(u64, Backend)> = tasks.collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new((Tally::default(), Coverage::default()));
    let work = || {
        let runtime = runtime();
        while let Some((seed, backend)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            match runtime.block_on(run(*seed, *backend, &templates)) {
                Ok((tally, coverage)) => {
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found.0.add(tally);
                    found.1.add(coverage);
                }
                Err(failure) => {
                    next.store(tasks.len(), Ordering::Relaxed);
                    panic!("{backend:?}, world {seed}, {failure}");
                }
            }
        }
    };
    on_threads(work);
    let (tally, coverage) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let came = [tally.telling, tally.refused, tally.further];
    let enough = came.iter().zip(ENOUGH).all(|(came, least)| *came >= least);
    assert!(enough, "{tally:?} of the worlds {worlds:?}");
    coverage.assert_whole();
}

async fn run(
    seed: u64,
    backend: Backend,
    templates: &Templates,
) -> Result<(Tally, Coverage), String> {
    let world = Arc::new(policy::world(seed));
    let oracle = Oracle::of(world.clone()).await;
    let (mut tally, mut coverage) = (Tally::default(), Coverage::default());
    let here = Deployment::of(&world, backend, templates).await;
    for user in world.callers.iter().map(|user| user.id) {
        let rng = &mut Rng::part(seed, user as u64);
        let twin = Twin::draw(rng, &oracle, user);
        coverage.count(&twin);
        let there = Deployment::of(&twin.world, backend, templates).await;
        let mut pair = Pair {
            here: &here,
            there: &there,
            user,
            tally: Tally::default(),
        };
        let mut shown = HashSet::new();
        for ((kind, column), differences) in twin.columns() {
            let mut probes = probe::probes(rng, &world, (kind, column), differences);
            probes.extend(statistics::probes(rng, &world, (kind, column), differences));
            if shown.insert(kind) {
                probes.extend(record::probes(&world, kind));
            }
            for probe in probes {
                pair.probe(&probe).await.map_err(|found| {
                    let name = kind.name();
                    format!("user {user}, {name}.{column}, {found}{differences:?}")
                })?;
            }
        }
        for _ in 0..OTHERS {
            let probe = Probe::Query(Draft::query(rng, &oracle, user));
            let asked = pair.probe(&probe).await;
            asked.map_err(|found| format!("user {user}, {found}"))?;
        }
        tally.add(pair.tally);
        there.remove();
    }
    here.remove();
    Ok((tally, coverage))
}
