//! Nobody goes round the door: programs that try do not compile.
//!
//! Each file of `door/` is a crate that depends on `access` and `entity`, as the
//! server does, and on nothing else. Its first line says with which error the
//! compiler refuses it, and a word of what that is about; the file without such
//! a line must compile.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use serde_json::Value;

const ATTEMPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/door");
/// Uses the door as it is meant to be used.
const ALLOWED: &str = "allowed.rs";

#[test]
fn the_compiler_refuses_every_way_round_the_door() {
    let libraries = Libraries::find();
    let mut refused = 0;
    for file in attempts() {
        let text = fs::read_to_string(&file).unwrap();
        let Some(expected) = text.lines().next().unwrap().strip_prefix("// refused: ") else {
            assert!(file.ends_with(ALLOWED), "{}", file.display());
            continue;
        };
        let (code, about) = expected.split_once(' ').unwrap();
        let error = libraries.compile(&file).unwrap_err();
        let right = error.starts_with(code) && error.contains(about);
        assert!(right, "{}: {error}", file.display());
        refused += 1;
    }
    assert!(refused > 10);
}

fn attempts() -> Vec<PathBuf> {
    let entries = fs::read_dir(ATTEMPTS).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The libraries that the attempts are compiled against.
struct Libraries {
    directory: PathBuf,
    access: PathBuf,
    entity: PathBuf,
}

impl Libraries {
    /// Cargo doesn't tell a test which libraries it was linked with. They lie
    /// beside it, perhaps among others of earlier builds: the newest two that
    /// belong together are as new as the test.
    fn find() -> Libraries {
        let directory = env::current_exe().unwrap().parent().unwrap().to_owned();
        let entities = newest_first(&directory, "libentity-");
        for access in newest_first(&directory, "libaccess-") {
            for entity in &entities {
                let libraries = Libraries {
                    directory: directory.clone(),
                    access: access.clone(),
                    entity: entity.clone(),
                };
                let allowed = Path::new(ATTEMPTS).join(ALLOWED);
                if libraries.compile(&allowed).is_ok() {
                    return libraries;
                }
            }
        }
        panic!(
            "{ALLOWED} compiles with no library in {}",
            directory.display()
        );
    }

    /// Compiles a file; an error is the compiler's first one, its code and text.
    fn compile(&self, file: &Path) -> Result<(), String> {
        let external = |name: &str, library: &Path| format!("{name}={}", library.display());
        let output = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()))
            .args([
                "--edition",
                "2024",
                "--crate-type",
                "lib",
                "--emit",
                "metadata",
            ])
            .args([
                "--error-format",
                "json",
                "--out-dir",
                env!("CARGO_TARGET_TMPDIR"),
            ])
            // As Cargo does it: dependencies of dependencies are found, but can't be named.
            .arg(format!("-Ldependency={}", self.directory.display()))
            .args(["--extern", &external("access", &self.access)])
            .args(["--extern", &external("entity", &self.entity)])
            .arg(file)
            .output()
            .unwrap();
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8(output.stderr).unwrap();
        let error = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .find(|message| message["level"] == "error")
            .unwrap();
        let code = error["code"]["code"].as_str().unwrap_or_default();
        Err(format!("{code}: {}", error["message"].as_str().unwrap()))
    }
}

fn newest_first(directory: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut found: Vec<(SystemTime, PathBuf)> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| {
            let name = entry.file_name().into_string().unwrap_or_default();
            name.starts_with(prefix) && name.ends_with(".rlib")
        })
        .map(|entry| (entry.metadata().unwrap().modified().unwrap(), entry.path()))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, path)| path).collect()
}
