//! Nothing outlives the process that asked for it, however that ends.
//!
//! The tests run this very program again, as a process to end.

#![allow(clippy::unwrap_used, reason = "the helpers here serve only tests")]

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use support::{Backend, Postgres, TempDir};

/// Set in the process to end.
const HELD: &str = "GRASSROOTS_SUPPORT_HELD";

/// Starts what this crate offers and waits, in the process to end; in any other
/// there is nothing to do.
#[test]
fn held() {
    if env::var_os(HELD).is_none() {
        return;
    }
    Backend::Sqlite.database_url();
    // Kept, so that no destructor removes it.
    let scratch = support::scratch_dir().keep();
    fs::write(scratch.join("file"), "text").unwrap();
    let mut output = io::stdout();
    writeln!(output, "\nstarting").unwrap();
    let postgres = Postgres::shared();
    let data = postgres.execute(&postgres.database(), "SHOW data_directory");
    writeln!(output, "\ndata {data}").unwrap();
    // Until the other process has done with this one.
    io::stdin().read_line(&mut String::new()).unwrap();
}

struct Held {
    process: Child,
    output: io::Lines<BufReader<std::process::ChildStdout>>,
    /// Where the process puts all its files.
    place: TempDir,
}

impl Held {
    fn start() -> Self {
        let place = support::scratch_dir();
        // The server's user, who isn't root, has to get in.
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(
            place.path().parent().unwrap(),
            fs::Permissions::from_mode(0o755),
        )
        .unwrap();
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "held", "--nocapture"])
            .env(HELD, "1")
            .env("TMPDIR", place.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap()).lines();
        Self {
            process,
            output,
            place,
        }
    }

    /// Waits for a line that starts with `word`, and returns the rest of it.
    fn line(&mut self, word: &str) -> String {
        self.output
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.strip_prefix(word).map(|rest| rest.trim().to_owned()))
            .unwrap()
    }

    /// The server's process, which is alive, and its files are where they
    /// should be.
    fn server(&mut self) -> String {
        let data = self.line("data");
        assert!(Path::new(&data).starts_with(self.place.path()), "{data}");
        let lock = fs::read_to_string(Path::new(&data).join("postmaster.pid")).unwrap();
        let server = lock.lines().next().unwrap().to_owned();
        assert!(alive(&server));
        assert_eq!(
            files(self.place.path()),
            2,
            "the scratch directory and the cluster's"
        );
        server
    }
}

fn files(place: &Path) -> usize {
    fs::read_dir(place).unwrap().count()
}

fn alive(process: &str) -> bool {
    // No signal is sent, only asked whether one could be.
    let exists = Command::new("kill")
        .args(["-0", process])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success();
    // An orphan that ended still exists where nobody asks how it ended, as in
    // many containers.
    let ended = fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|status| status.contains(") Z "));
    exists && !ended
}

fn eventually(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < deadline, "not within a minute: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_process_leaves_nothing() {
    let mut held = Held::start();
    let server = held.server();
    held.process.kill().unwrap();
    held.process.wait().unwrap();
    eventually("the server is gone", || !alive(&server));
    eventually("the files are gone", || files(held.place.path()) == 0);
}

#[test]
fn a_process_that_ends_by_itself_leaves_nothing() {
    let mut held = Held::start();
    let server = held.server();
    drop(held.process.stdin.take());
    assert!(held.process.wait().unwrap().success());
    eventually("the server is gone", || !alive(&server));
    eventually("the files are gone", || files(held.place.path()) == 0);
}

#[test]
fn a_process_killed_while_its_cluster_is_made_leaves_nothing() {
    let mut held = Held::start();
    held.line("starting");
    eventually("the cluster has its directory", || {
        files(held.place.path()) == 2
    });
    held.process.kill().unwrap();
    held.process.wait().unwrap();
    eventually("the files are gone", || files(held.place.path()) == 0);
}

#[test]
fn processes_have_clusters_of_their_own() {
    let (mut one, mut other) = (Held::start(), Held::start());
    let (first, second) = (one.server(), other.server());
    assert_ne!(first, second);
    one.process.kill().unwrap();
    one.process.wait().unwrap();
    eventually("the first server is gone", || !alive(&first));
    assert!(alive(&second), "the second isn't concerned");
    other.process.kill().unwrap();
    other.process.wait().unwrap();
    eventually("the second server is gone", || !alive(&second));
}
