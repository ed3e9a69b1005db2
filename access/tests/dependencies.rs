//! Who may depend on what: the crates by which one reaches the database, the
//! policy or the signing of tokens are the door's.

#![allow(clippy::unwrap_used, reason = "a failure here is a failed test")]

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

/// The tests and the benchmark may reach past the door: nothing depends on them.
const OUTSIDE: [&str; 2] = ["grassroots-bench", "grassroots-tests"];

#[test]
fn only_the_door_and_what_lies_below_it_reach_the_database() {
    let below = ["access", "entity", "migration"];
    let drivers = [
        "sea-orm",
        "sea-query",
        "sqlx",
        "rusqlite",
        "libsqlite3",
        "tokio-postgres",
        "postgres",
    ];
    let reaching = dependents(|name| drivers.iter().any(|driver| name.starts_with(driver)));
    assert_eq!(reaching, BTreeSet::from(below.map(str::to_owned)));
}

#[test]
fn only_the_door_decides_and_verifies() {
    for guarded in ["casbin", "jsonwebtoken"] {
        let reaching = dependents(|name| name == guarded);
        assert_eq!(reaching, BTreeSet::from(["access".to_owned()]), "{guarded}");
    }
}

#[test]
fn nothing_depends_on_what_is_outside() {
    let depending = dependents(|name| OUTSIDE.contains(&name));
    assert_eq!(depending, BTreeSet::new());
}

/// The workspace's packages, without those outside, that depend directly on one of these.
fn dependents(of: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| {
            let mut names = package["dependencies"].as_array().unwrap().iter();
            names.any(|dependency| of(dependency["name"].as_str().unwrap()))
        })
        .map(|package| package["name"].as_str().unwrap().to_owned())
        .filter(|name| !OUTSIDE.contains(&name.as_str()))
        .collect()
}
