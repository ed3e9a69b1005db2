//! Where PostgreSQL's programs are.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

/// The variable that names the programs' directory.
const VARIABLE: &str = "GRASSROOTS_PG_BIN";

/// What the tests run.
const NAMES: [&str; 4] = ["initdb", "pg_ctl", "postgres", "psql"];

/// Where packages put versions side by side: a directory, and what comes in it
/// before the version's number. Each version has a directory `bin`.
const VERSIONED: [(&str, &str); 6] = [
    ("/usr/lib/postgresql", ""),
    ("/usr", "pgsql-"),
    ("/opt/homebrew/opt", "postgresql@"),
    ("/usr/local/opt", "postgresql@"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@"),
    ("/Applications/Postgres.app/Contents/Versions", ""),
];

/// Where one version may be without being in PATH.
const UNVERSIONED: [&str; 2] = ["/usr/local/pgsql/bin", "/opt/homebrew/bin"];

/// A directory that has all the programs, so that they are of one version.
#[derive(Debug)]
pub(crate) struct Programs {
    directory: PathBuf,
}

impl Programs {
    /// Looks for the programs; an error says how to make them found.
    pub(crate) fn find() -> Result<Self, String> {
        find_among(env::var_os(VARIABLE), env::var_os("PATH"), usual_places())
            .map(|directory| Self { directory })
    }

    /// The programs' directory, an absolute path.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The client for statements.
    pub(crate) fn psql(&self) -> PathBuf {
        self.directory.join("psql")
    }
}

fn find_among(
    named: Option<OsString>,
    path: Option<OsString>,
    usual: Vec<PathBuf>,
) -> Result<PathBuf, String> {
    // A directory that was named is the one that was meant: to fall back on
    // another would test a version that nobody asked for.
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        let directory = PathBuf::from(named);
        let missing: Vec<_> = missing(&directory).collect();
        if missing.is_empty() {
            return absolute(&directory);
        }
        return Err(format!(
            "${VARIABLE} is {}, which has no {}: set it to the directory of PostgreSQL's \
             programs, or unset it",
            directory.display(),
            missing.join(", ")
        ));
    }
    env::split_paths(&path.unwrap_or_default())
        .chain(usual)
        .find(|directory| missing(directory).next().is_none())
        .map_or_else(
            || {
                Err(format!(
                    "PostgreSQL's programs {} were not found together in PATH, \
                     /usr/lib/postgresql/*/bin or another usual place: install Debian's package \
                     `postgresql`, Homebrew's `postgresql@17` or the like, or set ${VARIABLE} to \
                     the programs' directory",
                    NAMES.join(", ")
                ))
            },
            |directory| absolute(&directory),
        )
}

/// The programs run in another working directory than the tests.
fn absolute(directory: &Path) -> Result<PathBuf, String> {
    std::path::absolute(directory).map_err(|error| format!("{}: {error}", directory.display()))
}

fn missing(directory: &Path) -> impl Iterator<Item = &'static str> {
    NAMES
        .into_iter()
        .filter(move |name| !directory.join(name).is_file())
}

fn usual_places() -> Vec<PathBuf> {
    VERSIONED
        .into_iter()
        .flat_map(|(parent, prefix)| newest_first(Path::new(parent), prefix))
        .chain(UNVERSIONED.into_iter().map(PathBuf::from))
        .collect()
}

/// The directories `bin` of the versions in `parent`, the highest first.
fn newest_first(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut versions: Vec<(Vec<u32>, PathBuf)> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let number = version(name.to_str()?.strip_prefix(prefix)?)?;
            Some((number, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by(|one, other| other.cmp(one));
    versions.into_iter().map(|(_, path)| path).collect()
}

/// A version's numbers, so that 16 comes after 9.6.
fn version(text: &str) -> Option<Vec<u32>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(parent: &Path, name: &str) -> PathBuf {
        let bin = parent.join(name).join("bin");
        fs::create_dir_all(&bin).unwrap();
        for name in NAMES {
            fs::write(bin.join(name), "").unwrap();
        }
        bin
    }

    #[test]
    fn the_highest_version_comes_first() {
        let parent = tempfile::tempdir().unwrap();
        let places = ["9.6", "16", "15", "common"].map(|name| installed(parent.path(), name));
        assert_eq!(
            newest_first(parent.path(), ""),
            [1, 2, 0].map(|place: usize| places[place].clone())
        );
        assert!(newest_first(parent.path(), "postgresql@").is_empty());
        assert!(newest_first(&parent.path().join("none"), "").is_empty());
    }

    #[test]
    fn a_directory_named_outright_comes_before_path_and_path_before_the_usual_places() {
        let parent = tempfile::tempdir().unwrap();
        let [named, path, usual] =
            ["named", "path", "usual"].map(|name| installed(parent.path(), name));
        let find = |named: Option<&PathBuf>, path: Option<&PathBuf>| {
            let text = |path: &PathBuf| path.clone().into_os_string();
            find_among(named.map(text), path.map(text), vec![usual.clone()]).unwrap()
        };
        assert_eq!(find(Some(&named), Some(&path)), named);
        assert_eq!(find(None, Some(&path)), path);
        assert_eq!(find(None, None), usual);
    }

    #[test]
    fn a_directory_with_only_the_client_is_passed_over() {
        let parent = tempfile::tempdir().unwrap();
        let client = parent.path().join("client");
        fs::create_dir(&client).unwrap();
        fs::write(client.join("psql"), "").unwrap();
        let server = installed(parent.path(), "server");
        let found = find_among(None, Some(client.into_os_string()), vec![server.clone()]);
        assert_eq!(found.unwrap(), server);
    }

    #[test]
    fn what_is_not_found_says_what_to_do() {
        let nothing = find_among(None, None, Vec::new()).unwrap_err();
        assert!(
            nothing.contains("initdb, pg_ctl, postgres, psql"),
            "{nothing}"
        );
        assert!(
            nothing.contains("Debian's package `postgresql`"),
            "{nothing}"
        );
        assert!(nothing.contains("set $GRASSROOTS_PG_BIN"), "{nothing}");

        let parent = tempfile::tempdir().unwrap();
        let usual = vec![installed(parent.path(), "usual")];
        let wrong = find_among(Some("/nowhere".into()), None, usual).unwrap_err();
        assert!(wrong.contains("$GRASSROOTS_PG_BIN is /nowhere"), "{wrong}");
    }
}
