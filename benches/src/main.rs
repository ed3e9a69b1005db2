//! Compares Grassroots with the floor, a hand-written axum and sqlx endpoint
//! that answers one query for one given scope, on one PostgreSQL with the
//! demonstration data. Both run as processes of their own; they take turns in
//! rounds, so that what else the machine does meets both alike, and their
//! answers are compared before anything is timed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark is run by hand: it prints its table and stops where anything is wrong"
)]

mod client;
mod contender;
mod floor;
mod report;

use std::time::Duration;

use client::Load;
use contender::Contender;
use report::Report;

/// The same request of the same tenant for both.
const PERSONA: &str = "donggang-steward";
const DIVISION: &str = "210681";
const QUERY: &str =
    "{ staff(first: 20) { nodes { name facility { name } administeredBy { name } } } }";

const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 16;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("floor") {
        let (url, division) = (arguments.next().unwrap(), arguments.next().unwrap());
        return floor::serve(&url, &division).await;
    }
    let url = support::Postgres::shared().database();
    println!("Loading the demonstration data …");
    contender::seed(&url);
    let contenders = [
        Contender::grassroots(&url, PERSONA, QUERY),
        Contender::floor(&url, DIVISION, QUERY),
    ];
    let answer = client::answer(&contenders[0]).await;
    let rows = answer["data"]["staff"]["nodes"].as_array().map(Vec::len);
    assert_eq!(rows, Some(20), "the answer must be a whole page: {answer}");
    for other in &contenders[1..] {
        assert_eq!(
            client::answer(other).await,
            answer,
            "all must give the same answer"
        );
    }

    let mut report = Report::new(contenders.iter().map(|contender| contender.name));
    for contender in &contenders {
        Load::on(contender, CONNECTIONS, ROUND).run().await;
    }
    for round in 1..=ROUNDS {
        println!("Round {round} of {ROUNDS}");
        for (place, contender) in contenders.iter().enumerate() {
            report.add(place, Load::on(contender, CONNECTIONS, ROUND).run().await);
        }
    }
    report.print();
}
