//! A throwaway cluster of PostgreSQL.

use std::{
    fs,
    io::{self, Seek, Write},
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    process::Command,
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{
    guardian::{Guardian, without_settings},
    programs::Programs,
};

/// Makes the cluster and removes it; see there.
const SCRIPT: &str = include_str!("postgres.sh");

/// How many ports are tried before giving up: another process may take one
/// between its choice and the server's start.
const PORTS_TRIED: usize = 5;

/// How much of the server's log an error carries.
const LOG_LINES: usize = 40;

/// A cluster of PostgreSQL that belongs to this process alone.
///
/// It listens on a free port of 127.0.0.1, trusts whoever connects, and gives
/// up durability for speed. Where the installation allows, its collation is
/// ICU's `en-US`, whose order differs from that of bytes. Server and files are
/// gone soon after the process ends, however that happens.
///
/// Every method blocks, and panics when PostgreSQL refuses, with its message
/// and the end of the server's log.
#[derive(Debug)]
pub struct Postgres {
    programs: Programs,
    directory: PathBuf,
    port: u16,
    databases: AtomicU64,
    // The cluster lives as long as this does.
    _guardian: Guardian,
}

impl Postgres {
    /// The process's cluster, started by the first call.
    ///
    /// # Panics
    ///
    /// When there is no PostgreSQL to run, or it doesn't start; the message
    /// says what to do. Later calls panic with the same message.
    #[track_caller]
    pub fn shared() -> &'static Self {
        // The failure is kept too, so that only one test waits for it.
        static SHARED: OnceLock<Result<Postgres, String>> = OnceLock::new();
        match SHARED.get_or_init(Self::start) {
            Ok(postgres) => postgres,
            Err(message) => panic!("{message}"),
        }
    }

    fn start() -> Result<Self, String> {
        let programs = Programs::find()?;
        let place = std::path::absolute(std::env::temp_dir()).map_err(|e| e.to_string())?;
        let failed = |why| {
            format!(
                "a PostgreSQL cluster for the tests couldn't be started with the programs in {}: {why}",
                programs.directory().display()
            )
        };
        let mut guardian = Guardian::start(
            SCRIPT,
            &[programs.directory().as_os_str(), place.as_os_str()],
        )
        .map_err(failed)?;
        let directory = PathBuf::from(guardian.answer().map_err(failed)?);
        let mut attempts = PORTS_TRIED;
        let port = loop {
            let port = free_port().map_err(|e| failed(e.to_string()))?;
            guardian
                .tell(&port.to_string())
                .map_err(|e| failed(e.to_string()))?;
            match guardian.answer() {
                Ok(_) => break port,
                Err(why) => {
                    attempts -= 1;
                    if attempts == 0 {
                        return Err(failed(why));
                    }
                }
            }
        };
        Ok(Self {
            programs,
            directory,
            port,
            databases: AtomicU64::new(0),
            _guardian: guardian,
        })
    }

    /// Creates an empty database of a name never used before, and returns its
    /// URL.
    #[track_caller]
    pub fn database(&self) -> String {
        let name = self.fresh_name();
        self.administer(&format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// Creates a copy of the database at `template_url`, and returns its URL.
    ///
    /// Nothing may be connected to the template; PostgreSQL waits some seconds
    /// for the last connections to go.
    #[track_caller]
    pub fn database_like(&self, template_url: &str) -> String {
        let name = self.fresh_name();
        let template = self.identifier(template_url);
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.url(&name)
    }

    /// Drops the database at `url`, and ends the connections to it.
    ///
    /// Databases vanish with the process anyway: this is for tests that make
    /// many of them, or want one gone.
    #[track_caller]
    pub fn drop(&self, url: &str) {
        let name = self.identifier(url);
        self.administer(&format!("DROP DATABASE {name} WITH (FORCE)"));
    }

    /// Runs the statements `sql` in the database at `url`, each in its own
    /// transaction unless they say otherwise, and returns the rows: a line
    /// each, with `|` between columns.
    #[track_caller]
    pub fn execute(&self, url: &str, sql: &str) -> String {
        match self.psql(url, sql) {
            Ok(rows) => rows,
            Err(why) => panic!(
                "PostgreSQL refused, in {url}:\n{sql}\n{why}\nThe end of the server's log:\n{}",
                self.log_tail()
            ),
        }
    }

    #[track_caller]
    fn administer(&self, sql: &str) {
        self.execute(&self.url("postgres"), sql);
    }

    fn psql(&self, url: &str, sql: &str) -> Result<String, String> {
        // A file rather than a pipe or an argument: psql may write before it
        // has read all of it, and arguments have a limit.
        let input = script_file(sql).map_err(|error| error.to_string())?;
        let mut command = Command::new(self.programs.psql());
        without_settings(&mut command);
        let output = command
            .args(["--no-psqlrc", "--no-password", "--quiet"])
            .args(["--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1", "--file", "-", "--dbname", url])
            .env("PGCLIENTENCODING", "UTF8")
            .env("PGCONNECT_TIMEOUT", "30")
            .stdin(input)
            .output()
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    fn fresh_name(&self) -> String {
        format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }

    fn url(&self, name: &str) -> String {
        format!("postgres://grassroots@127.0.0.1:{}/{name}", self.port)
    }

    /// The name of the database at `url`, as SQL.
    #[track_caller]
    fn identifier(&self, url: &str) -> String {
        let Some(name) = url.strip_prefix(&self.url("")) else {
            panic!("{url} isn't in this process's cluster, {}", self.url(""));
        };
        let name = name.split('?').next().unwrap_or_default();
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    fn log_tail(&self) -> String {
        match fs::read(self.directory.join("log")) {
            Ok(bytes) => last_lines(&String::from_utf8_lossy(&bytes), LOG_LINES),
            Err(error) => format!("(it can't be read: {error})"),
        }
    }
}

/// A port that nothing listens on at the moment.
fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

fn script_file(sql: &str) -> io::Result<fs::File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(sql.as_bytes())?;
    file.rewind()?;
    Ok(file)
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::last_lines;

    #[test]
    fn the_tail_is_the_last_lines() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a\n", 2), "a");
        assert_eq!(last_lines("", 2), "");
    }
}
