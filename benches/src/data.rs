//! The databases that are asked, each with the data of one scale.

use std::{fs, path::PathBuf, process::Command, time::Instant};

use sqlx::{AssertSqlSafe, PgPool, postgres::PgPoolOptions};

use crate::contender::program;

/// How much of the country, as `grassroots seed` calls it.
pub(crate) const SCALES: [&str; 3] = ["1%", "10%", "national"];
pub(crate) const WHOLE: &str = "national";

/// Where the databases are.
pub(crate) struct Server {
    /// The URL of the server's own database; none for a cluster of this process.
    kept: Option<String>,
}

impl Server {
    pub(crate) fn new(kept: Option<String>) -> Server {
        Server { kept }
    }

    /// The URL of a database with the data of this scale; in a kept server, that of the
    /// last run if there was one.
    pub(crate) async fn database(&self, scale: &str) -> String {
        let url = match &self.kept {
            Some(server) => kept_database(server, scale).await,
            None => support::Postgres::shared().database(),
        };
        if self.kept.is_none() || !is_seeded(&url).await {
            seed(scale, &url);
        }
        url
    }
}

/// Loads the data of a scale.
pub(crate) fn seed(scale: &str, url: &str) {
    println!("Loading {scale} …");
    let began = Instant::now();
    let seeded = Command::new(program("grassroots"))
        .args(["seed", "--scale", scale, "--database", url])
        .arg("--personal-keys")
        .arg(personal_keys())
        .env("GRASSROOTS_LOG", "warn")
        .status();
    assert!(seeded.unwrap().success(), "the data could not be loaded");
    println!("{scale} took {:.0} s", began.elapsed().as_secs_f64());
}

/// The keys that personal data is sealed under, which stay as long as the program: a
/// kept server's databases are of an earlier run.
pub(crate) fn personal_keys() -> PathBuf {
    let program = program("grassroots");
    let keys = program.with_extension("keys");
    if !keys.exists() {
        let printed = Command::new(program).arg("key").output().unwrap();
        fs::write(&keys, printed.stdout).unwrap();
    }
    keys
}

async fn is_seeded(url: &str) -> bool {
    let finished = sqlx::query_scalar("select finished from seeding");
    let finished = finished.fetch_one(&connect(url).await).await;
    finished.unwrap_or(false)
}

async fn kept_database(server: &str, scale: &str) -> String {
    let name = format!("bench_{}", scale.trim_end_matches('%'));
    let pool = connect(server).await;
    let known = sqlx::query_scalar("select exists (select from pg_database where datname = $1)");
    let known: bool = known.bind(&name).fetch_one(&pool).await.unwrap();
    if !known {
        let create = AssertSqlSafe(format!("create database {name}"));
        sqlx::query(create).execute(&pool).await.unwrap();
    }
    let (server, _) = server.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

/// Connections to a database, for the benchmark's own questions or the floor's.
pub(crate) async fn connect(url: &str) -> PgPool {
    PgPoolOptions::new()
        .max_connections(8)
        .test_before_acquire(false)
        .connect(url)
        .await
        .unwrap()
}
