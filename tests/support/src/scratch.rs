//! Directories for files that tests write.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use tempfile::TempDir;

use crate::guardian::Guardian;

/// Makes a directory in `$1`, and removes it when its input ends.
const SCRIPT: &str = r#"
exec 2>&1
trap '' PIPE
cd /
directory=$(mktemp -d "$1/grassroots-scratch.XXXXXX") || exit 1
trap 'rm -rf "$directory"' EXIT
trap 'exit 1' HUP INT TERM
echo "ok $directory"
while read -r line; do :; done
"#;

/// Makes an empty directory, removed with all its files when the value is
/// dropped, and at the latest when the process has ended, however it ends.
///
/// # Panics
///
/// When no directory can be made where temporary files go (`$TMPDIR`).
#[track_caller]
pub fn scratch_dir() -> TempDir {
    let parent = process_dir();
    tempfile::tempdir_in(parent)
        .unwrap_or_else(|error| panic!("no directory in {}: {error}", parent.display()))
}

/// The directory of this process's scratch files.
#[track_caller]
pub(crate) fn process_dir() -> &'static Path {
    static SHARED: OnceLock<Result<(PathBuf, Guardian), String>> = OnceLock::new();
    match SHARED.get_or_init(start) {
        Ok((directory, _guardian)) => directory,
        Err(why) => panic!("no scratch directory for the tests could be made: {why}"),
    }
}

fn start() -> Result<(PathBuf, Guardian), String> {
    let place = std::path::absolute(std::env::temp_dir()).map_err(|e| e.to_string())?;
    let mut guardian = Guardian::start(SCRIPT, &[place.as_os_str()])?;
    let directory = guardian.answer()?;
    Ok((PathBuf::from(directory), guardian))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_distinct_and_go_with_their_value() {
        let (one, other) = (scratch_dir(), scratch_dir());
        assert_ne!(one.path(), other.path());
        assert!(one.path().starts_with(process_dir()));
        let path = one.path().to_owned();
        std::fs::write(path.join("file"), "text").unwrap();
        drop(one);
        assert!(!path.exists());
        assert!(other.path().is_dir());
    }
}
