//! PostGraphile on a database that the server uses too.

use std::{path::PathBuf, process::Command};

use sqlx::{Executor, PgPool};

use crate::contender::Contender;

/// Roles and policies, and names for relations that the tables don't declare.
const POLICIES: &str = include_str!("../peer/policies.sql");

/// Installs PostGraphile if it is not there, and starts it.
pub(crate) async fn start(url: &str, pool: &PgPool) -> Contender {
    let directory = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/peer"));
    if !directory.join("node_modules").exists() {
        println!("Installing PostGraphile …");
        let installed = Command::new("npm")
            .arg("ci")
            .current_dir(&directory)
            .status();
        assert!(installed.unwrap().success(), "npm could not install it");
    }
    let ready = "select exists (select from pg_policies where policyname = 'host_facility')";
    let ready: bool = sqlx::query_scalar(ready).fetch_one(pool).await.unwrap();
    if !ready {
        pool.execute(POLICIES).await.unwrap();
    }
    let (_, place) = url.rsplit_once('@').unwrap();
    Contender::peer(&directory, &format!("postgres://peer@{place}"))
}
