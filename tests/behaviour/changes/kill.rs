//! A server that is killed in the midst of changes: what it has acknowledged is there, with
//! its event, and nothing by halves.

use std::{
    env, fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use clap::Parser;
use grassroots::command::Arguments;
use grassroots_tests::KEYS;
use reqwest::Client;
use serde_json::{Value, json};
use support::Backend;
use tokio::{task::JoinSet, time::sleep};

use crate::world::{EAST_CENTER, EAST_CLINIC, World, global_id};

on_both_databases!(what_is_acknowledged_outlives_the_server);

/// On each database.
const KILLS: u64 = 200;
const UPDATE: &str = "mutation($input: UpdateFacilityInput!) {
    updateFacility(input: $input) { facility { version } }
}";

/// Set where the process is to be a server: its arguments.
const SERVE: &str = "GRASSROOTS_TESTS_SERVE";

/// The server itself, in a process of its own, which is this program again.
#[test]
fn server() {
    if let Ok(arguments) = env::var(SERVE) {
        let arguments = arguments.split('\n');
        let _ = Arguments::parse_from(std::iter::once("grassroots").chain(arguments)).run();
    }
}

fn start(world: &World, keys: &str, port: u16) -> Child {
    let (listen, url) = (format!("127.0.0.1:{port}"), &world.url);
    let arguments = [
        "serve",
        "--listen",
        &listen,
        "--database",
        url,
        "--personal-keys",
        keys,
    ];
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "changes::kill::server", "--nocapture"])
        .env(SERVE, arguments.join("\n"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn what_is_acknowledged_outlives_the_server(backend: Backend) {
    let world = World::make(backend).await;
    let directory = support::scratch_dir();
    let keys = directory.path().join("keys");
    fs::write(&keys, KEYS).unwrap();
    let keys = keys.to_str().unwrap();
    let token = world.instance.token("steward").await;
    // What each of the facilities was acknowledged to be of.
    let acknowledged = Arc::new(Mutex::new([1_i64, 1]));
    let mut in_the_midst = 0;
    for round in 0..KILLS {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut server = start(&world, keys, port);
        let address = format!("http://127.0.0.1:{port}");
        ready(&address, &token, &mut server).await;
        let mut writers = JoinSet::new();
        for (place, facility) in [EAST_CENTER, EAST_CLINIC].into_iter().enumerate() {
            let (address, token, acknowledged) =
                (address.clone(), token.clone(), acknowledged.clone());
            let from = version(&world, facility).await;
            writers.spawn(async move {
                write(&address, &token, facility, from, |version| {
                    acknowledged.lock().unwrap()[place] = version;
                })
                .await;
            });
        }
        sleep(moment(round)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        writers.join_all().await;
        for (place, facility) in [EAST_CENTER, EAST_CLINIC].into_iter().enumerate() {
            let known = acknowledged.lock().unwrap()[place];
            // The database may still be at what the server asked for last.
            settled(&world, facility).await;
            let found = version(&world, facility).await;
            assert!(
                (known..=known + 1).contains(&found),
                "{round}: {known} {found}"
            );
            in_the_midst += found - known;
            acknowledged.lock().unwrap()[place] = found;
        }
    }
    let written = acknowledged.lock().unwrap().iter().sum::<i64>() - 2;
    let kills = i64::try_from(KILLS).unwrap();
    assert!(written > kills, "{written} {in_the_midst}");
    let system = &world.instance.system;
    system.sealer().unwrap().seal().await.unwrap();
    let verdict = system.verify_audit(None, &|_, _| {}).await.unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!(i64::try_from(verdict.sealed).unwrap(), written);
}

/// Waits until it answers the first operation, for which it reads the policy.
async fn ready(address: &str, token: &str, server: &mut Child) {
    let client = Client::new();
    let query = json!({ "query": "{ viewer { name } }" });
    for _ in 0..1_500 {
        let asked = client.post(format!("{address}/graphql")).bearer_auth(token);
        let asked = asked.json(&query).send().await;
        if asked.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        assert!(server.try_wait().unwrap().is_none(), "the server has ended");
        sleep(Duration::from_millis(20)).await;
    }
    panic!("the server does not become ready");
}

/// Writes one version after the other until the server is gone.
async fn write(address: &str, token: &str, facility: i64, from: i64, done: impl Fn(i64)) {
    let client = Client::new();
    let mut version = from;
    loop {
        let input = json!({
            "id": global_id("Facility", facility), "version": version,
            "bedsActual": version, "bedsApproved": version,
        });
        let body = json!({ "query": UPDATE, "variables": { "input": input } });
        let asked = client.post(format!("{address}/graphql")).bearer_auth(token);
        let Ok(answer) = asked.json(&body).send().await else {
            return;
        };
        let Ok(answer) = answer.json::<Value>().await else {
            return;
        };
        let written = &answer["data"]["updateFacility"]["facility"]["version"];
        version = written.as_i64().unwrap_or_else(|| panic!("{answer}"));
        done(version);
    }
}

async fn version(world: &World, facility: i64) -> i64 {
    let sql = format!("select cast(version as bigint) from facility where id = {facility}");
    world.sql.number(&sql).await
}

/// Waits for nobody to write the record, and looks for what was written by halves.
async fn settled(world: &World, facility: i64) {
    let touch = format!("update facility set name = name where id = {facility}");
    world.sql.run(&touch).await;
    let whole = format!(
        "select count(*) from facility f where id = {facility}
            and (version = 1 or beds_actual = version - 1 and beds_approved = version - 1)
            and (select count(*) from audit_event where record_id = f.id) = version - 1"
    );
    assert_eq!(world.sql.number(&whole).await, 1);
}

/// Some milliseconds after it was ready.
fn moment(round: u64) -> Duration {
    let spread = round.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    Duration::from_micros(2_000 + spread % 80_000)
}
