//! Settings: arguments first, then the environment, then a default.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    num::NonZero,
    path::{Path, PathBuf},
    thread::available_parallelism,
    time::Duration,
};

use access::{DatabaseSettings, DatabaseUrl, System};
use tokio::net::TcpListener;

use crate::{
    error::{Error, Setting},
    graph::TrustedDocuments,
};

const LISTEN: Setting = Setting {
    flag: "listen",
    variable: "GRASSROOTS_LISTEN",
};
const DATABASE: Setting = Setting {
    flag: "database",
    variable: "GRASSROOTS_DATABASE_URL",
};
const CONNECTIONS: Setting = Setting {
    flag: "connections",
    variable: "GRASSROOTS_CONNECTIONS",
};

const METRICS: Setting = Setting {
    flag: "metrics-listen",
    variable: "GRASSROOTS_METRICS_LISTEN",
};
const DOCUMENTS: Setting = Setting {
    flag: "documents",
    variable: "GRASSROOTS_DOCUMENTS",
};

/// Where to listen.
#[derive(Clone, Debug, clap::Args)]
pub struct ListenArguments {
    /// The address and port to listen on.
    #[arg(
        long,
        env = LISTEN.variable,
        value_name = "IP:PORT",
        default_value = "127.0.0.1:8080"
    )]
    listen: String,
}

impl ListenArguments {
    fn address(&self) -> Result<SocketAddr, Error> {
        address(LISTEN, &self.listen)
    }

    fn loopback(&self) -> Result<SocketAddr, Error> {
        let address = self.address()?;
        if address.ip().is_loopback() {
            return Ok(address);
        }
        Err(LISTEN.refuses(format!(
            "the demonstration hands out tokens, so that it listens on this machine alone, not on {address}; accepted is a loopback address such as 127.0.0.1:8080; `grassroots serve` takes any"
        )))
    }

    /// Where this machine itself reaches what listens there.
    ///
    /// # Errors
    /// If the address is none.
    pub fn reachable(&self) -> Result<SocketAddr, Error> {
        let mut address = self.address()?;
        if address.ip().is_unspecified() {
            address.set_ip(match address {
                SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        Ok(address)
    }

    /// Listens where it is told to.
    ///
    /// # Errors
    /// If the address is none, is taken, or is not this machine's.
    pub async fn bind(&self) -> Result<TcpListener, Error> {
        bind(LISTEN, self.address()?).await
    }

    /// Listens where only this machine can reach it.
    ///
    /// # Errors
    /// As [`Self::bind`], and if others can reach the address.
    pub async fn bind_loopback(&self) -> Result<TcpListener, Error> {
        bind(LISTEN, self.loopback()?).await
    }
}

/// Where metrics are to be had.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Watching")]
pub struct MetricsArguments {
    /// The address and port to serve /metrics on for Prometheus, for the operator's
    /// network alone: whoever reaches it may read; none by default.
    #[arg(long, env = METRICS.variable, value_name = "IP:PORT")]
    metrics_listen: Option<String>,
}

impl MetricsArguments {
    /// Listens where it is told to, if it is.
    ///
    /// # Errors
    /// As [`ListenArguments::bind`].
    pub async fn bind(&self) -> Result<Option<TcpListener>, Error> {
        match &self.metrics_listen {
            Some(given) => bind(METRICS, address(METRICS, given)?).await.map(Some),
            None => Ok(None),
        }
    }
}

fn address(setting: Setting, given: &str) -> Result<SocketAddr, Error> {
    given.parse().map_err(|_| {
        setting.refuses(format!(
            "{given:?} is not an IP address and a port; accepted is one such as 127.0.0.1:8080 or [::1]:8080"
        ))
    })
}

async fn bind(setting: Setting, address: SocketAddr) -> Result<TcpListener, Error> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|cause| Error::Listen {
        setting,
        address,
        cause,
    })
}

/// Where the data is.
#[derive(Clone, Debug, clap::Args)]
pub struct DatabaseArguments {
    /// The database: sqlite://PATH or postgres://USER@HOST:PORT/NAME.
    // The value may hold a password, and the help would show it.
    #[arg(
        long,
        env = DATABASE.variable,
        hide_env_values = true,
        value_name = "URL",
        default_value = "sqlite://grassroots.db"
    )]
    database: String,

    /// The most database connections at a time; by default a few a core.
    #[arg(long, env = CONNECTIONS.variable, value_name = "NUMBER")]
    connections: Option<String>,
}

impl DatabaseArguments {
    /// Opens the database, which may be new. No statement runs longer than the
    /// limit, if there is one.
    ///
    /// # Errors
    /// If the URL or the number is not one, or the database can't be opened.
    pub async fn open(&self, statement_limit: Option<Duration>) -> Result<System, Error> {
        open(&self.settings(statement_limit)?).await
    }

    /// Opens a database that must be there already: a mistyped path is not to
    /// leave an empty file behind.
    ///
    /// # Errors
    /// As [`Self::open`], and if the SQLite file is not there.
    pub async fn open_existing(&self, statement_limit: Option<Duration>) -> Result<System, Error> {
        let settings = self.settings(statement_limit)?;
        match &settings.url {
            DatabaseUrl::Sqlite(path) if !Path::new(path).exists() => Err(Error::NoFile {
                setting: DATABASE,
                path: path.clone(),
            }),
            _ => open(&settings).await,
        }
    }

    /// The SQLite file, if it is one.
    ///
    /// # Errors
    /// If the URL is none.
    pub fn file(&self) -> Result<Option<PathBuf>, Error> {
        Ok(match self.url()? {
            DatabaseUrl::Sqlite(path) => Some(path.into()),
            DatabaseUrl::Postgres(_) => None,
        })
    }

    fn url(&self) -> Result<DatabaseUrl, Error> {
        let url = self.database.parse();
        url.map_err(|problem: String| DATABASE.refuses(problem))
    }

    fn settings(&self, statement_limit: Option<Duration>) -> Result<DatabaseSettings, Error> {
        let url = self.url()?;
        let connections = match &self.connections {
            Some(given) => connections(given)?,
            None => usual_connections(&url),
        };
        Ok(DatabaseSettings {
            url,
            connections,
            statement_limit,
        })
    }
}

/// Which documents may run.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Trusted documents")]
pub struct DocumentArguments {
    /// A manifest of trusted documents: a JSON file with an object that holds a
    /// document's text for each identifier. They run when sent as documentId.
    #[arg(long, env = DOCUMENTS.variable, value_name = "FILE")]
    documents: Option<PathBuf>,

    /// Run nothing but the trusted documents.
    #[arg(long, env = "GRASSROOTS_DOCUMENTS_ONLY", requires = "documents")]
    documents_only: bool,
}

impl DocumentArguments {
    /// Reads the manifest, if there is one.
    ///
    /// # Errors
    /// If the file can't be read, or is no manifest.
    pub fn read(&self) -> Result<TrustedDocuments, Error> {
        let Some(path) = &self.documents else {
            return Ok(TrustedDocuments::default());
        };
        let manifest = std::fs::read_to_string(path).map_err(|error| {
            DOCUMENTS.refuses(format!("{} can't be read: {error}", path.display()))
        })?;
        TrustedDocuments::read(&manifest, self.documents_only)
            .map_err(|problem| DOCUMENTS.refuses(format!("{}: {problem}", path.display())))
    }
}

async fn open(settings: &DatabaseSettings) -> Result<System, Error> {
    let opened = access::boot(settings).await;
    opened.map_err(|cause| Error::Open {
        setting: DATABASE,
        cause,
    })
}

fn connections(given: &str) -> Result<u32, Error> {
    match given.parse::<NonZero<u16>>() {
        Ok(connections) => Ok(connections.get().into()),
        Err(_) => Err(CONNECTIONS.refuses(format!(
            "{given:?} is not a number of connections; accepted is a whole number from 1 to {}",
            u16::MAX
        ))),
    }
}

/// A connection to SQLite is a thread that works, one to PostgreSQL mostly waits. One of
/// them is left for what is no caller's.
fn usual_connections(url: &DatabaseUrl) -> u32 {
    let cores = available_parallelism().map_or(1, NonZero::get);
    let connections = match url {
        DatabaseUrl::Sqlite(_) => cores + 2,
        DatabaseUrl::Postgres(_) => 2 * cores + 4,
    };
    u32::try_from(connections).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(value: &str) -> ListenArguments {
        ListenArguments {
            listen: value.to_owned(),
        }
    }

    fn database(url: &str, connections: Option<&str>) -> DatabaseArguments {
        DatabaseArguments {
            database: url.to_owned(),
            connections: connections.map(str::to_owned),
        }
    }

    #[test]
    fn a_bad_setting_is_named_with_what_is_accepted() {
        let problems = [
            listen("here").address().unwrap_err(),
            address(METRICS, "9090").unwrap_err(),
            database("mysql://localhost/x", None)
                .settings(None)
                .unwrap_err(),
            database("sqlite://x.db", Some("0"))
                .settings(None)
                .unwrap_err(),
        ];
        let names = [
            "--listen or GRASSROOTS_LISTEN: ",
            "--metrics-listen or GRASSROOTS_METRICS_LISTEN: ",
            "--database or GRASSROOTS_DATABASE_URL: ",
            "--connections or GRASSROOTS_CONNECTIONS: ",
        ];
        for (problem, name) in problems.iter().zip(names) {
            let text = problem.to_string();
            assert!(
                text.starts_with(name) && text.contains("accepted"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let problem = database("mysql://me:secret@localhost/x", None)
            .settings(None)
            .unwrap_err();
        assert!(!problem.to_string().contains("secret"));
    }

    #[test]
    fn a_server_on_every_address_is_reached_on_this_machine() {
        for (listened, reached) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            let address = listen(listened).reachable().unwrap();
            assert_eq!(address.to_string(), reached);
        }
    }

    #[test]
    fn the_demonstration_stays_on_this_machine() {
        assert!(listen("127.0.0.1:0").loopback().is_ok());
        assert!(listen("[::1]:8080").loopback().is_ok());
        for reachable in ["0.0.0.0:8080", "[::]:8080", "192.0.2.1:80"] {
            assert!(listen(reachable).address().is_ok());
            assert!(listen(reachable).loopback().is_err(), "{reachable}");
        }
    }
}
