//! Where the keys for personal data are: in a file of their own, apart from the data.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use access::{PersonalKeys, System};

use crate::{
    config::DatabaseArguments,
    error::{Error, Setting},
};

const KEYS: Setting = Setting {
    flag: "personal-keys",
    variable: "GRASSROOTS_PERSONAL_KEYS",
};

/// Where the keys for personal data are.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Personal data")]
pub struct KeyArguments {
    /// A file with the keys that identity numbers, telephone numbers and dates of birth
    /// are sealed under, one a line, the one in use first; `grassroots key` prints one.
    /// By default the SQLite file's name with .keys, which is made with a new database.
    #[arg(long, env = KEYS.variable, value_name = "FILE")]
    personal_keys: Option<PathBuf>,
}

impl KeyArguments {
    /// Has the system work with the keys, once it is sure that they are the database's.
    /// The database must be up to date.
    ///
    /// # Errors
    /// If there is no file, it holds no keys, or personal data is sealed under others.
    pub async fn unlock(&self, system: &System, database: &DatabaseArguments) -> Result<(), Error> {
        let path = match (&self.personal_keys, database.file()?) {
            (Some(path), _) => path.clone(),
            (None, Some(file)) => usual(system, &file).await?,
            (None, None) => {
                return Err(KEYS.refuses(
                    "it is not set: identity numbers, telephone numbers and dates of birth are sealed under keys that are in a file of their own; `grassroots key > FILE` makes one"
                        .to_owned(),
                ));
            }
        };
        let told = |problem| KEYS.refuses(format!("{}: {problem}", path.display()));
        let keys = fs::read_to_string(&path).map_err(|cause| told(cause.to_string()))?;
        let keys: PersonalKeys = keys.parse().map_err(told)?;
        let unlocked = system.unlock(keys).await;
        unlocked.map_err(Error::access("unlocking the personal data"))
    }
}

/// The file beside a SQLite database, which is made where nothing is sealed yet: a key
/// that is lost is not to be replaced by another unawares.
async fn usual(system: &System, database: &Path) -> Result<PathBuf, Error> {
    let mut path = database.as_os_str().to_owned();
    path.push(".keys");
    let path = PathBuf::from(path);
    let sealed = system.personal_key_names().await;
    let sealed = sealed.map_err(Error::access("reading the database"))?;
    if sealed.is_empty() && !path.exists() {
        make(&path)
            .map_err(|cause| KEYS.refuses(format!("{} can't be made: {cause}", path.display())))?;
        let file = path.display();
        tracing::info!(%file, "made a key for personal data, which can't be read without it");
    }
    Ok(path)
}

fn make(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    writeln!(options.open(path)?, "{}", PersonalKeys::generate())
}
