//! The processes that are compared.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// A server that answers the query, until it is dropped.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) address: String,
    /// The bytes of the HTTP request.
    pub(crate) request: Vec<u8>,
    process: Child,
}

/// The server's program, built with the same profile as this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own.with_file_name("grassroots");
    assert!(
        program.exists(),
        "{} is missing: build it with the same profile as the benchmark",
        program.display()
    );
    program
}

/// Loads the demonstration data.
pub(crate) fn seed(url: &str) {
    let status = Command::new(program())
        .args(["seed", "--database", url])
        .status();
    assert!(status.unwrap().success(), "the data could not be loaded");
}

impl Contender {
    /// The server as it is: token, scope, guard and all.
    pub(crate) fn grassroots(url: &str, persona: &str, query: &str) -> Contender {
        let token = Command::new(program())
            .args(["token", "--persona", persona, "--database", url])
            .output()
            .unwrap();
        let token = String::from_utf8(token.stdout).unwrap();
        let address = free_address();
        let process = Command::new(program())
            .args(["serve", "--database", url, "--listen", &address])
            .env("GRASSROOTS_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Contender::started("grassroots", process, address, query, token.trim())
    }

    /// One hand-written statement, the scope given.
    pub(crate) fn floor(url: &str, division: &str, query: &str) -> Contender {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["floor", url, division])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.as_mut().unwrap())
            .read_line(&mut address)
            .unwrap();
        Contender::started("floor", process, address.trim().to_owned(), query, "none")
    }

    fn started(
        name: &'static str,
        process: Child,
        address: String,
        query: &str,
        token: &str,
    ) -> Contender {
        let body = serde_json::json!({ "query": query }).to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let contender = Contender {
            name,
            address,
            request: request.into_bytes(),
            process,
        };
        for _ in 0..200 {
            if std::net::TcpStream::connect(&contender.address).is_ok() {
                return contender;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{name} did not start listening on {}", contender.address);
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
