//! The test itself: worlds on two threads, and each case on both databases.

use std::{
    env,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use support::Backend;
use tokio::runtime;

use crate::{
    case::Case,
    deployment::{Deployment, Templates},
    oracle::Oracle,
    report,
    rng::Rng,
    tally::Tally,
    world::World,
};

const CASES_OF_A_WORLD: u64 = 50;
const USUAL_CASES: u64 = 5_000;
/// Cases of which each class must make up its share.
const ENOUGH_CASES: usize = 2_000;
pub(crate) const THREADS: usize = 2;
/// Deep queries take much of it in a build without optimization.
pub(crate) const STACK: usize = 64 << 20;

/// Which worlds and cases to run.
struct Plan {
    seed: u64,
    worlds: u64,
    only: Option<(u64, u64)>,
}

impl Plan {
    fn of_environment() -> Plan {
        let number = |name: &str| -> Option<u64> {
            let text = env::var(name).ok()?;
            Some(text.parse().expect("a number"))
        };
        let only = env::var("GRASSROOTS_DIFFERENTIAL_ONLY").ok().map(|text| {
            let (world, case) = text.split_once(':').expect("WORLD:CASE");
            (
                world.parse().expect("a seed"),
                case.parse().expect("a number"),
            )
        });
        let cases = number("GRASSROOTS_DIFFERENTIAL_CASES").unwrap_or(USUAL_CASES);
        Plan {
            seed: number("GRASSROOTS_DIFFERENTIAL_SEED").unwrap_or(1),
            worlds: match only {
                Some(_) => 1,
                None => cases.div_ceil(CASES_OF_A_WORLD),
            },
            only,
        }
    }

    fn world(&self, number: u64) -> u64 {
        match self.only {
            Some((world, _)) => world,
            None => Rng::part(self.seed, number).next(),
        }
    }

    fn cases(&self) -> std::ops::Range<u64> {
        match self.only {
            Some((_, case)) => case..case + 1,
            None => 0..CASES_OF_A_WORLD,
        }
    }
}

#[test]
fn every_response_is_what_casbin_enforces() {
    let plan = Plan::of_environment();
    let templates = runtime().block_on(Templates::make());
    let (next, total) = (AtomicU64::new(0), Mutex::new(Tally::default()));
    let work = || {
        let runtime = runtime();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= plan.worlds {
                return;
            }
            match runtime.block_on(run(&plan, plan.world(number), &templates)) {
                Ok(tally) => total
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(&tally),
                Err(failure) => {
                    next.store(plan.worlds, Ordering::Relaxed);
                    panic!("{failure}");
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What a short run happens to meet says nothing.
    for (class, share) in total.shares().filter(|_| total.cases >= ENOUGH_CASES) {
        assert!(share > 2.0, "{class}: only in {share:.1} % of the cases");
    }
}

pub(crate) fn runtime() -> runtime::Runtime {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

async fn run(plan: &Plan, seed: u64, templates: &Templates) -> Result<Tally, String> {
    let world = Arc::new(World::draw(seed));
    let oracle = Oracle::of(world.clone()).await;
    let mut tally = Tally::default();
    for backend in Backend::ALL {
        let deployment = Deployment::of(&world, backend, templates).await;
        for number in plan.cases() {
            let case = Case::draw(&oracle, number);
            let notes = case.run(&deployment, &oracle).await.map_err(|difference| {
                let rights = report::rights(&world, case.user);
                format!(
                    "{rights}{backend:?}, case {number} of world {seed}, {difference}\
                     to run it alone: GRASSROOTS_DIFFERENTIAL_ONLY={seed}:{number} \
                     cargo test -p grassroots-tests --test differential"
                )
            })?;
            tally.count(&notes);
        }
        deployment.remove();
    }
    Ok(tally)
}
