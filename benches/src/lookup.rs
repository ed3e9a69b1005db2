//! How long the door takes to look up who calls and what is theirs, from the token on,
//! with a large policy and many bindings, on both databases.

use std::time::{Duration, Instant};

use access::{DatabaseSettings, LOCAL_ISSUER, PersonalKeys, System, boot};
use chrono::TimeDelta;
use entity::{app_user, role_binding};
use grassroots::seed::{self, Dataset};
use support::Backend;

use crate::report;

/// Lines of the policy that allow or deny.
const LINES: usize = 300;
const BINDINGS: usize = 100_000;
/// Users hold one binding, two and so on to this many, and five on average.
const MOST: usize = 9;
/// Lookups of each sort in a round.
const CALLERS: usize = 1_000;
/// Of those, the ones that come after a change of the policy.
const CHANGES: usize = 10;

const BUILT_IN: &str = include_str!("../../access/src/policy.csv");

/// What a role is held at.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Division,
    Facility,
    Program,
    Partnership,
}

/// The roles that bindings are of, in turn.
const HELD: [(&str, Target); 10] = [
    ("administrator", Target::Division),
    ("steward", Target::Division),
    ("manager", Target::Facility),
    ("analyst", Target::Division),
    ("host", Target::Program),
    ("administrator-2", Target::Division),
    ("manager-2", Target::Facility),
    ("statistician", Target::Division),
    ("host-2", Target::Program),
    ("sponsor", Target::Partnership),
];

/// What was waited for, with how long each time.
pub(crate) struct Lookup {
    pub(crate) name: &'static str,
    pub(crate) latencies: Vec<Duration>,
}

/// A database with its users' tokens, two for each.
struct World {
    system: System,
    tokens: Vec<[String; 2]>,
}

/// Looks up callers on each database, in rounds.
pub(crate) async fn measure(rounds: usize) {
    for backend in Backend::ALL {
        let world = World::made(backend).await;
        let mut lookups = [
            "a round trip: the guard by itself",
            "warm: caller and token remembered",
            "caller remembered, token new",
            "cold: both new, policy remembered",
            "the same after a change of bindings",
            "the first after a change of the policy",
        ]
        .map(|name| Lookup {
            name,
            latencies: Vec::new(),
        });
        for round in 0..rounds {
            world.round(round, &mut lookups).await;
        }
        println!("\nscope lookup, {backend:?}:");
        report::looked_up(&lookups);
    }
}

impl World {
    async fn made(backend: Backend) -> World {
        let settings = DatabaseSettings {
            url: backend.database_url().parse().unwrap(),
            connections: 8,
            statement_limit: None,
        };
        let system = boot(&settings).await.unwrap();
        system.migrate().await.unwrap();
        let keys: PersonalKeys = PersonalKeys::generate().parse().unwrap();
        system.unlock(keys).await.unwrap();
        let mut data = seed::demonstration().unwrap();
        let subjects = appoint(&mut data);
        println!(
            "Loading {} users with {} bindings …",
            data.users.len(),
            data.bindings.len()
        );
        seed::load(&system, data, &|_, _| {}).await.unwrap();
        system.replace_policy(&policy()).await.unwrap();
        let mut tokens = Vec::new();
        for subject in subjects.iter().take(2 * CALLERS) {
            let token = |hours| system.sign(subject, TimeDelta::hours(hours));
            tokens.push([token(1).await.unwrap(), token(2).await.unwrap()]);
        }
        World { system, tokens }
    }

    /// Measures each once, at a door that nobody has come to.
    async fn round(&self, round: usize, lookups: &mut [Lookup; 6]) {
        let door = self.system.access().await.unwrap();
        let [trip, warm, verified, cold, renewed, changed] = lookups;
        let mut users = self.tokens.iter().cycle().skip(round * CALLERS / 2);
        // Evaluates the policy.
        door.caller(&users.next().unwrap()[0]).await.unwrap();

        let known: Vec<_> = users.by_ref().take(CALLERS).collect();
        for [token, _] in &known {
            cold.time(door.caller(token)).await;
        }
        for [_, other] in &known {
            verified.time(door.caller(other)).await;
        }
        for [token, _] in &known {
            let caller = warm.time(door.caller(token)).await;
            trip.time(caller.confirm()).await;
        }
        for [token, _] in &known {
            let caller = door.caller(token).await.unwrap();
            renewed.time(caller.renewed()).await;
        }
        for [token, _] in users.take(CHANGES) {
            self.system.replace_policy(&policy()).await.unwrap();
            changed.time(door.caller(token)).await;
        }
    }
}

impl Lookup {
    /// Waits for one more.
    async fn time<T, E: std::fmt::Debug>(&mut self, work: impl Future<Output = Result<T, E>>) -> T {
        let began = Instant::now();
        let done = work.await;
        self.latencies.push(began.elapsed());
        done.unwrap()
    }
}

/// The built-in policy with further roles like its own, until there are [`LINES`].
fn policy() -> String {
    let rules = || {
        let lines = BUILT_IN.lines();
        lines.filter(|line| line.starts_with("p,") || line.starts_with("g,"))
    };
    let is_line = |rule: &str| rule.starts_with("p,");
    let mut count = rules().filter(|rule| is_line(rule)).count();
    let mut policy = BUILT_IN.to_owned();
    let copies = (2..).flat_map(|copy| rules().map(move |rule| (copy, rule)));
    for (copy, rule) in copies {
        if count == LINES {
            break;
        }
        let mut values = rule.splitn(3, ", ");
        let mut value = || values.next().unwrap();
        let (section, role, rest) = (value(), value(), value());
        policy += &format!("{section}, {role}-{copy}, {rest}\n");
        count += usize::from(is_line(rule));
    }
    policy
}

/// Adds users to the demonstration until there are [`BINDINGS`], and gives their subjects.
fn appoint(data: &mut Dataset) -> Vec<String> {
    let divisions: Vec<i64> = data.divisions.iter().map(|one| one.id).collect();
    let facilities: Vec<i64> = data.facilities.iter().map(|one| one.id).collect();
    let programs: Vec<i64> = data.programs.iter().map(|one| one.id).collect();
    let projects: Vec<i64> = data.projects.iter().map(|one| one.id).collect();
    let mut subjects = Vec::new();
    let mut user = data.users.iter().map(|user| user.id).max().unwrap();
    let mut binding = data.bindings.iter().map(|one| one.id).max().unwrap();
    while data.bindings.len() < BINDINGS {
        user += 1;
        let subject = format!("user-{user}");
        data.users.push(app_user::Model {
            id: user,
            issuer: LOCAL_ISSUER.to_owned(),
            subject: subject.clone(),
            name: subject.clone(),
            organization_id: None,
            active: true,
            binding_epoch: 0,
        });
        let room = BINDINGS - data.bindings.len();
        for _ in 0..room.min(1 + subjects.len() % MOST) {
            binding += 1;
            let place = binding as usize;
            let (role, target) = HELD[place % HELD.len()];
            let at = |wanted: Target, keys: &[i64]| {
                // Far apart, so that no user's are neighbours.
                (target == wanted).then(|| keys[place * 7_919 % keys.len()])
            };
            data.bindings.push(role_binding::Model {
                id: binding,
                user_id: user,
                role: role.to_owned(),
                division_id: at(Target::Division, &divisions),
                facility_id: at(Target::Facility, &facilities),
                program_id: at(Target::Program, &programs),
                partnership_id: at(Target::Partnership, &projects),
                valid_from: None,
                valid_until: None,
            });
        }
        subjects.push(subject);
    }
    subjects
}
