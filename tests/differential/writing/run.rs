//! The test itself: worlds on two threads, each on both databases.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use support::Backend;

use super::{case::Course, tally::Tally};
use crate::{
    deployment::{Deployment, Templates},
    oracle::Oracle,
    plan::{Plan, on_threads, runtime},
    report,
    world::World,
};

const CHANGES_OF_A_WORLD: u64 = 40;
const USUAL_CHANGES: u64 = 800;

#[test]
#[allow(clippy::print_stdout, reason = "what a run has met is told with it")]
fn every_change_is_what_casbin_enforces() {
    let plan = Plan::of_environment(
        "GRASSROOTS_DIFFERENTIAL_CHANGES",
        USUAL_CHANGES,
        CHANGES_OF_A_WORLD,
    );
    let templates = runtime().block_on(Templates::keeping_what_is_done());
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
                    .add(tally),
                Err(failure) => {
                    next.store(plan.worlds, Ordering::Relaxed);
                    panic!("{failure}");
                }
            }
        }
    };
    on_threads(work);
    let total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{total}");
    // What a short run happens to meet says nothing.
    if total.changes >= 2 * USUAL_CHANGES as usize {
        total.assert_enough();
    }
}

async fn run(plan: &Plan, seed: u64, templates: &Templates) -> Result<Tally, String> {
    let world = Arc::new(World::to_write(seed));
    let mut tally = Tally::default();
    for backend in Backend::ALL {
        let deployment = Deployment::of(&world, backend, templates).await;
        let oracle = Oracle::of(world.clone()).await;
        let mut course = Course::of(&deployment, oracle).await;
        for number in plan.sequence() {
            course.run(number).await.map_err(|difference| {
                let rights = report::rights(&world, difference.user);
                format!(
                    "{rights}{backend:?}, change {number} of world {seed}, {}\n\
                     to run it with those before it alone: \
                     GRASSROOTS_DIFFERENTIAL_ONLY={seed}:{number} \
                     cargo test -p grassroots-tests --test differential writing",
                    difference.text
                )
            })?;
        }
        tally.add(course.end().await);
        deployment.remove();
    }
    Ok(tally)
}
