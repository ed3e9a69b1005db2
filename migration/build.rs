//! Finds the migrations that are SQL alone, so that none has to be listed.

use std::{env, error::Error, fmt::Write, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=sql");
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("sql");
    let mut list = String::from("&[");
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let sql = fs::read_to_string(&path)?;
        let (Some(name), Some(parts)) = (path.file_stem(), sql.split_once("\n-- down\n")) else {
            return Err(format!("{} lacks the line `-- down`", path.display()).into());
        };
        write!(list, "({name:?}, {:?}, {:?}),", parts.0, parts.1)?;
    }
    list.push(']');
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("plain.rs"), list)?;
    Ok(())
}
