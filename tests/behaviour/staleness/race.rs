//! Readers and a writer at the same time: a read that lies wholly within one
//! state of the rights shows exactly that state.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use access::Interval;
use async_graphql::Request;
use support::Backend;
use tokio::{
    task::JoinSet,
    time::{Duration, sleep},
};

use crate::{
    instance::{Answer, Instance, ask},
    world::{EAST, World},
};

on_both_databases!(no_read_shows_a_binding_that_was_revoked_before_it_began);

const ROUNDS: u64 = 25;
/// Reads of each reader that must end before the writer goes on: the second lies wholly
/// within the state.
const READS_A_STATE: u64 = 2;

/// Some of one statement, and some of several, so that a change may fall between
/// them.
const QUERIES: [&str; 5] = [
    "{ staff { nodes { name } } }",
    "{ facilities { totalCount } }",
    "{ staff { totalCount nodes { name facility { name } } } }",
    "{ facilities { totalCount nodes { name staff { totalCount nodes { name } } } } }",
    "{ viewer { bindings { nodes { role } } } divisions { nodes {
        facilitiesAdministered { nodes { name } } } } }",
];

/// Counts the states of the binding: in turn revoked, being given, given, being
/// revoked. An even number stands from the commit until the next write begins.
#[derive(Default)]
struct Clock {
    state: AtomicU64,
    /// How many reads each reader has ended.
    reads: [AtomicU64; QUERIES.len()],
}

/// How many reads lay within one state.
#[derive(Default)]
struct Tally {
    revoked: u64,
    given: u64,
}

async fn no_read_shows_a_binding_that_was_revoked_before_it_began(backend: Backend) {
    let world = World::make(backend).await;
    let clock = Arc::new(Clock::default());
    let mut readers = JoinSet::new();
    for reader in 0..QUERIES.len() {
        let instance = Instance::start(&world.url).await;
        readers.spawn(read(instance, reader, clock.clone()));
    }
    let writer = tokio::spawn(write(world, clock.clone()));
    for tally in readers.join_all().await {
        assert!(tally.revoked > 0 && tally.given > 0);
    }
    writer.await.unwrap();
}

async fn write(world: World, clock: Arc<Clock>) {
    let division = Interval::of_code(EAST).unwrap().first;
    let give = format!(
        "insert into role_binding (user_id, role, division_id)
         select id, 'steward', {division} from app_user where subject = 'newcomer'"
    );
    let revoke = "delete from role_binding
                  where user_id = (select id from app_user where subject = 'newcomer')";
    for _ in 0..ROUNDS {
        for sql in [give.as_str(), revoke] {
            for reads in &clock.reads {
                let enough = reads.load(Ordering::SeqCst) + READS_A_STATE;
                while reads.load(Ordering::SeqCst) < enough {
                    sleep(Duration::from_millis(1)).await;
                }
            }
            clock.state.fetch_add(1, Ordering::SeqCst);
            world.sql.run(sql).await;
            clock.state.fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn read(instance: Instance, reader: usize, clock: Arc<Clock>) -> Tally {
    let query = QUERIES[reader];
    let token = instance.token("newcomer").await;
    let mut tally = Tally::default();
    let mut before = 0;
    while before < 4 * ROUNDS {
        before = clock.state.load(Ordering::SeqCst);
        let request = Request::new(query);
        let answer = ask(&instance.access, &instance.graph, &token, request).await;
        let after = clock.state.load(Ordering::SeqCst);
        clock.reads[reader].fetch_add(1, Ordering::SeqCst);
        // An operation may be given up where rights change again and again.
        let given_up = answer.codes == ["STALE_POLICY"] && before != after;
        assert!(answer.codes.is_empty() || given_up, "{:?}", answer.codes);
        match before % 4 {
            0 if before == after => {
                assert!(!shows_rows(&answer), "{query}\n{}", answer.data);
                tally.revoked += 1;
            }
            2 if before == after => {
                assert!(shows_rows(&answer), "{query}\n{:?}", answer.codes);
                tally.given += 1;
            }
            _ => {}
        }
    }
    tally
}

fn shows_rows(answer: &Answer) -> bool {
    let text = answer.data.to_string();
    ["Ann", "East Center", r#""totalCount":2"#]
        .iter()
        .any(|sign| text.contains(sign))
}
