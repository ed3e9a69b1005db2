//! A client that costs little: it writes the same bytes again and again and
//! reads answers by their length, so that the servers are what is measured.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::contender::Request;

/// Requests to one contender for a while.
pub(crate) struct Load<'a> {
    pub(crate) request: &'a Request,
    pub(crate) connections: usize,
    pub(crate) time: Duration,
}

/// What a load saw.
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    /// Latencies, sorted.
    pub(crate) latencies: Vec<Duration>,
}

impl Load<'_> {
    pub(crate) async fn run(&self) -> Measured {
        let start = Instant::now();
        let end = start + self.time;
        let clients: Vec<_> = (0..self.connections)
            .map(|_| {
                let request = self.request.clone();
                tokio::spawn(async move {
                    let mut connection = Connection::open(&request.address).await;
                    let mut latencies = Vec::new();
                    while Instant::now() < end {
                        let sent = Instant::now();
                        connection.ask(&request.bytes).await;
                        latencies.push(sent.elapsed());
                    }
                    latencies
                })
            })
            .collect();
        let mut latencies = Vec::new();
        for client in clients {
            latencies.extend(client.await.unwrap());
        }
        latencies.sort_unstable();
        let per_second = latencies.len() as f64 / start.elapsed().as_secs_f64();
        Measured {
            per_second,
            latencies,
        }
    }
}

/// The contender's answer.
pub(crate) async fn answer(request: &Request) -> serde_json::Value {
    let mut connection = Connection::open(&request.address).await;
    let body = connection.ask(&request.bytes).await;
    serde_json::from_slice(body).unwrap()
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: &str) -> Connection {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Connection {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        }
    }

    async fn ask(&mut self, request: &[u8]) -> &[u8] {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        loop {
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the server closed the connection");
            if let Some((start, end)) = body(&self.buffer)
                && self.buffer.len() >= end
            {
                return &self.buffer[start..end];
            }
        }
    }
}

/// Where the body stands, once the head is there.
fn body(response: &[u8]) -> Option<(usize, usize)> {
    let start = response.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&response[..start]).unwrap();
    assert!(
        head.starts_with("HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(response)
    );
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>())
    });
    Some((start, start + length.unwrap().unwrap()))
}
