//! Which worlds and cases to run, and the threads that run them.

use std::{env, ops::Range, thread};

use tokio::runtime;

use crate::rng::Rng;

const THREADS: usize = 2;
/// Deep queries take much of it in a build without optimization.
const STACK: usize = 64 << 20;

pub(crate) struct Plan {
    seed: u64,
    pub(crate) worlds: u64,
    /// World and case.
    pub(crate) only: Option<(u64, u64)>,
    of_world: u64,
}

impl Plan {
    /// As the environment asks for it: so many cases, by the name of the variable that says
    /// how many, of which each world serves as many as given.
    pub(crate) fn of_environment(variable: &str, usual: u64, of_world: u64) -> Plan {
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
        let cases = number(variable).unwrap_or(usual);
        Plan {
            seed: number("GRASSROOTS_DIFFERENTIAL_SEED").unwrap_or(1),
            worlds: match only {
                Some(_) => 1,
                None => cases.div_ceil(of_world),
            },
            only,
            of_world,
        }
    }

    pub(crate) fn world(&self, number: u64) -> u64 {
        match self.only {
            Some((world, _)) => world,
            None => Rng::part(self.seed, number).next(),
        }
    }

    /// Cases that don't hang on each other.
    pub(crate) fn cases(&self) -> Range<u64> {
        match self.only {
            Some((_, case)) => case..case + 1,
            None => 0..self.of_world,
        }
    }

    /// Cases of which each follows from those before it.
    pub(crate) fn sequence(&self) -> Range<u64> {
        match self.only {
            Some((_, case)) => 0..case + 1,
            None => 0..self.of_world,
        }
    }
}

/// Has each of the threads do its work.
pub(crate) fn on_threads(work: impl Fn() + Sync) {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let thread = thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, &work).expect("a thread");
        }
    });
}

pub(crate) fn runtime() -> runtime::Runtime {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}
