//! Connections: how long they may take, and how they end.

use std::time::Duration;

use futures_util::future::join_all;
use grassroots::{graph::Limits, http::HttpSettings};
use reqwest::{Client, Version};
use support::Backend;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{
    server::{Server, operation},
    slow::{SLOW, slow_down},
};

on_both_databases!(
    both_versions_of_http_are_spoken,
    a_server_that_stops_answers_what_it_has_begun,
);

async fn both_versions_of_http_are_spoken(backend: Backend) {
    let server = Server::start(backend).await;
    let second = Client::builder().http2_prior_knowledge().build().unwrap();
    for (client, version) in [(Client::new(), Version::HTTP_11), (second, Version::HTTP_2)] {
        let request = server.post().await.body(operation("{ viewer { name } }"));
        let response = client.execute(request.build().unwrap()).await.unwrap();
        assert_eq!(response.version(), version);
        assert_eq!(response.status(), 200);
    }
}

async fn a_server_that_stops_answers_what_it_has_begun(backend: Backend) {
    let limits = Limits {
        seconds: 2,
        ..Limits::USUAL
    };
    let server = Server::start_with(backend, limits, HttpSettings::default()).await;
    server.run("{ viewer { name } }").await;
    slow_down(&server, backend).await;
    let address = server.address;
    let request = server.post().await.body(operation(SLOW));
    let answer = tokio::spawn(request.send());
    sleep(Duration::from_millis(500)).await;

    let stopped = server.stop();
    let response = answer.await.unwrap().unwrap();
    // It took too long, and is told so all the same.
    assert_eq!(response.status(), 503);
    stopped.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_sends_no_whole_head_is_closed() {
    let server = Server::start(Backend::Sqlite).await;
    let closed = [
        "",
        "PRI * HT",
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    ]
    .map(async |begin| {
        let mut connection = TcpStream::connect(server.address).await.unwrap();
        connection.write_all(begin.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // What comes back, if anything, is no matter; that it ends is.
        let ended = timeout(Duration::from_secs(60), connection.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "{begin:?}");
    });
    join_all(closed).await;
}
