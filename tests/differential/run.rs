//! The test itself: worlds on two threads, and each case on both databases.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use support::Backend;

use crate::{
    case::Case,
    deployment::{Deployment, Templates},
    oracle::Oracle,
    plan::{Plan, on_threads, runtime},
    report,
    tally::Tally,
    world::World,
};

const CASES_OF_A_WORLD: u64 = 50;
const USUAL_CASES: u64 = 5_000;
/// Cases of which each class must make up its share.
const ENOUGH_CASES: usize = 2_000;

#[test]
fn every_response_is_what_casbin_enforces() {
    let plan = Plan::of_environment(
        "GRASSROOTS_DIFFERENTIAL_CASES",
        USUAL_CASES,
        CASES_OF_A_WORLD,
    );
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
    on_threads(work);
    let total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What a short run happens to meet says nothing.
    for (class, share) in total.shares().filter(|_| total.cases >= ENOUGH_CASES) {
        assert!(share > 2.0, "{class}: only in {share:.1} % of the cases");
    }
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
