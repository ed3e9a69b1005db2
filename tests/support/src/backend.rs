//! The databases that Grassroots supports.

use std::{
    fs::File,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use crate::{postgres::Postgres, scratch::process_dir};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backend {
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL, in the process's cluster.
    Postgres,
}

impl Backend {
    /// Every kind, for a test that must pass on each.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// Makes an empty database that nothing else uses, and returns its URL. It
    /// vanishes with the process.
    ///
    /// SQLite's file exists already, with nothing in it, so that the URL needs
    /// no `mode=rwc` to be opened.
    ///
    /// # Panics
    ///
    /// When the database can't be had; see [`Postgres::shared`].
    #[track_caller]
    pub fn database_url(self) -> String {
        match self {
            Self::Sqlite => sqlite_url(),
            Self::Postgres => Postgres::shared().database(),
        }
    }
}

#[track_caller]
fn sqlite_url() -> String {
    static FILES: AtomicU64 = AtomicU64::new(0);
    let number = FILES.fetch_add(1, Ordering::Relaxed);
    let path = process_dir().join(format!("test_{number}.db"));
    File::create_new(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    url_of(&path)
}

/// The URL of a file: its path, without the characters that end a path in a
/// URL or start an escape there.
fn url_of(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for character in path.to_str().expect("a path in UTF-8").chars() {
        match character {
            '%' => url.push_str("%25"),
            '?' => url.push_str("%3F"),
            '#' => url.push_str("%23"),
            ' ' => url.push_str("%20"),
            other => url.push(other),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_url_names_an_empty_file_of_its_own() {
        let (one, other) = (
            Backend::Sqlite.database_url(),
            Backend::Sqlite.database_url(),
        );
        assert_ne!(one, other);
        for url in [one, other] {
            let path = url.strip_prefix("sqlite://").unwrap();
            assert!(path.starts_with('/') && path.ends_with(".db"), "{path}");
            assert_eq!(std::fs::metadata(path).unwrap().len(), 0);
        }
    }

    #[test]
    fn a_path_is_escaped_in_its_url() {
        assert_eq!(
            url_of(Path::new("/a b/50%?#")),
            "sqlite:///a%20b/50%25%3F%23"
        );
    }
}
