//! Builds the GraphiQL page with Node.js and packs it for the server, which carries it.
//!
//! Without Node.js, or where npm reaches no registry, the server carries a page that
//! says so; with `GRASSROOTS_PAGE=required` that is an error. A page that does not build
//! where it could is always one.

use std::{
    env,
    error::Error,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

use flate2::{Compression, write::GzEncoder};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// `required` for a server that must not be without the page, such as one that is shipped.
const WANTED: &str = "GRASSROOTS_PAGE";

/// What the page is built from, beside the folder `src`.
const SOURCES: [&str; 7] = [
    ".npmrc",
    "index.html",
    "package-lock.json",
    "package.json",
    "src",
    "tsconfig.json",
    "vite.config.ts",
];

fn main() -> Outcome<()> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/graphiql");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for source in SOURCES.iter().chain(&["build.rs", "missing.html"]) {
        println!("cargo::rerun-if-changed={}", page.join(source).display());
    }
    println!("cargo::rerun-if-env-changed=PATH");
    println!("cargo::rerun-if-env-changed={WANTED}");
    let required = env::var_os(WANTED).is_some_and(|wanted| wanted == "required");

    let built = out.join("built");
    clear(&built)?;
    if let Err(reason) = build(&page, &out.join("page"), &built)? {
        if required {
            return Err(
                format!("the GraphiQL page is required, and can't be built: {reason}").into(),
            );
        }
        println!("cargo::warning=the GraphiQL page is left out: {reason}");
        fs::create_dir_all(&built)?;
        fs::copy(page.join("missing.html"), built.join("index.html"))?;
    }
    pack(&built, &out)
}

/// Builds the page away from its sources; or says why it can't be built here.
fn build(page: &Path, work: &Path, built: &Path) -> Outcome<Result<(), String>> {
    if let Err(reason) = node_is_new_enough() {
        return Ok(Err(reason));
    }
    clear(work)?;
    for source in SOURCES {
        copy(&page.join(source), &work.join(source))?;
    }
    if let Err(told) = npm(work, &["ci"])? {
        return Ok(Err(format!("npm ci failed: {}", one_line(&told))));
    }
    let out = built
        .to_str()
        .ok_or("the path of the output is not UTF-8")?;
    npm(work, &["run", "build", "--", "--outDir", out])??;
    fs::remove_dir_all(work)?;
    Ok(Ok(()))
}

/// 20.19, which Vite needs.
fn node_is_new_enough() -> Result<(), String> {
    let version = Command::new("node").arg("--version").output();
    let version = version.map_err(|error| format!("Node.js is not here ({error})"))?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let mut parts = version.trim_start_matches('v').split('.').map(str::parse);
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= (20, 19) => Ok(()),
        _ => Err(format!(
            "Node.js 20.19 or newer is needed, and {version:?} is here"
        )),
    }
}

/// What npm told where it failed.
fn npm(folder: &Path, arguments: &[&str]) -> Outcome<Result<(), String>> {
    let output = Command::new("npm")
        .args(arguments)
        .current_dir(folder)
        .output()?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let told = [output.stdout, output.stderr].concat();
    Ok(Err(String::from_utf8_lossy(&told).into_owned()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        return fs::copy(from, to).map(drop);
    }
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// Compresses each file, and writes the list of them that the server includes.
fn pack(built: &Path, out: &Path) -> Outcome<()> {
    let packed = out.join("packed");
    clear(&packed)?;
    fs::create_dir_all(&packed)?;
    let mut list = File::create(out.join("page.rs"))?;
    writeln!(list, "&[")?;
    for (number, file) in files(built)?.iter().enumerate() {
        let name = file
            .strip_prefix(built)?
            .to_str()
            .ok_or("a name is not UTF-8")?;
        let target = packed.join(number.to_string());
        let mut encoder = GzEncoder::new(File::create(&target)?, Compression::best());
        io::copy(&mut File::open(file)?, &mut encoder)?;
        encoder.finish()?;
        writeln!(list, "    ({name:?}, include_bytes!({target:?})),")?;
    }
    writeln!(list, "]")?;
    Ok(())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
