//! Compares Grassroots on the data of the whole country with the floor, hand-written
//! axum and sqlx endpoints that answer one query for a given scope, and with its peer,
//! PostGraphile with row-level security, on one PostgreSQL. All run as processes of
//! their own; they take turns in rounds, so that what else the machine does meets all
//! alike, and their answers are compared before anything is timed. Beside that, it times
//! the way from a token to a scope in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark is run by hand: it prints its table and stops where anything is wrong"
)]

mod case;
mod client;
mod contender;
mod data;
mod floor;
mod lookup;
mod memory;
mod peer;
mod question;
mod report;
mod tenant;

use std::time::Duration;

use case::{Case, Panel};
use clap::Parser;
use client::Load;
use contender::Contender;
use data::{SCALES, Server, WHOLE};
use question::{Aim, Question};
use report::Outcome;
use tenant::Tenant;

const CONNECTIONS: usize = 16;

/// Compares the server with hand-written endpoints and with PostGraphile.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    role: Option<Role>,

    /// Only these questions, such as `Q1,Q4`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,

    /// What to measure.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "compare,growth,memory,sqlite,scope"
    )]
    parts: Vec<String>,

    /// How much of the country to compare at.
    #[arg(long, default_value = WHOLE)]
    scale: String,

    /// Rounds in which the contenders take turns.
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// Milliseconds of each turn.
    #[arg(long, default_value_t = 1_000)]
    turn: u64,

    /// URL of a PostgreSQL that keeps the data from run to run; without it, one is made
    /// and gone afterwards.
    #[arg(long)]
    server: Option<String>,
}

#[derive(clap::Subcommand)]
enum Role {
    /// Serves the hand-written endpoints.
    #[command(hide = true)]
    Floor { url: String },
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    if let Some(Role::Floor { url }) = &arguments.role {
        return floor::serve(url).await;
    }
    let server = Server::new(arguments.server.clone());
    for part in &arguments.parts {
        match part.as_str() {
            "compare" => compare(&arguments, &server).await,
            "growth" => growth(&arguments, &server).await,
            "memory" => memory::measure(&server.database(&arguments.scale).await).await,
            "sqlite" => sqlite(&arguments).await,
            "scope" => lookup::measure(arguments.rounds).await,
            other => panic!("there is no part {other}: compare, growth, memory, sqlite, scope"),
        }
    }
}

impl Arguments {
    fn questions(&self) -> impl Iterator<Item = &'static Question> {
        let asked = |name: &str| self.only.is_empty() || self.only.iter().any(|only| only == name);
        question::ALL
            .iter()
            .filter(move |question| asked(question.name))
    }

    /// Lets the contenders of each case take turns.
    async fn run(&self, cases: &[Case]) -> Vec<Outcome> {
        let time = Duration::from_millis(self.turn);
        let mut outcomes = Vec::new();
        for case in cases {
            println!("{} {}", case.question.name, case.level);
            let load = |request, time| Load {
                request,
                connections: CONNECTIONS,
                time,
            };
            for request in &case.requests {
                load(request, time / 2).run().await;
            }
            let mut rounds = Vec::new();
            for _ in 0..self.rounds {
                let mut round = Vec::new();
                for request in &case.requests {
                    round.push(load(request, time).run().await);
                }
                rounds.push(round);
            }
            outcomes.push(Outcome {
                question: case.question.name,
                level: case.level,
                rounds,
            });
        }
        outcomes
    }
}

/// Every question by every tenant, to the server, the floor and the peer.
async fn compare(arguments: &Arguments, server: &Server) {
    println!();
    for question in arguments.questions() {
        println!("{}: {}", question.name, question.meaning);
    }
    let url = server.database(&arguments.scale).await;
    let pool = data::connect(&url).await;
    let contenders = [
        Contender::grassroots(&url),
        Contender::floor(&url),
        peer::start(&url, &pool).await,
    ];
    let panel = Panel {
        url: &url,
        pool,
        server: &contenders[0],
        floor: Some(&contenders[1]),
        peer: Some(&contenders[2]),
    };
    let cases = cases(arguments, &panel).await;
    for case in &cases {
        case.compare().await;
    }
    let outcomes = arguments.run(&cases).await;
    report::compared(
        &contenders.each_ref().map(|contender| contender.name),
        &outcomes,
    );
}

/// Every question by every tenant, with more and more data.
async fn growth(arguments: &Arguments, server: &Server) {
    let mut by_scale: Vec<Vec<Case>> = Vec::new();
    let mut contenders = Vec::new();
    for scale in SCALES {
        let url = server.database(scale).await;
        let contender = Contender::grassroots(&url);
        let panel = Panel {
            pool: data::connect(&url).await,
            url: &url,
            server: &contender,
            floor: None,
            peer: None,
        };
        by_scale.push(cases(arguments, &panel).await);
        contenders.push(contender);
    }
    let mut by_scale = by_scale.into_iter();
    let mut cases = by_scale.next().unwrap();
    for more in by_scale {
        for (case, more) in cases.iter_mut().zip(more) {
            case.requests.extend(more.requests);
        }
    }
    let outcomes = arguments.run(&cases).await;
    report::grown(&SCALES, &outcomes);
}

/// The first question by a county's steward, on SQLite with the demonstration data.
async fn sqlite(arguments: &Arguments) {
    let directory = support::scratch_dir();
    let file = directory.path().join("grassroots.db");
    let url = format!("sqlite://{}", file.display());
    data::seed("demonstration", &url);
    let contenders = [Contender::grassroots(&url), Contender::floor(&url)];
    let case = Case::on_sqlite(&url, &contenders);
    case.compare().await;
    let outcomes = arguments.run(&[case]).await;
    report::compared(
        &contenders.each_ref().map(|contender| contender.name),
        &outcomes,
    );
}

async fn cases(arguments: &Arguments, panel: &Panel<'_>) -> Vec<Case> {
    let tenants = tenant::all(&panel.pool).await;
    let hosts = tenant::hosts(&panel.pool).await;
    let mut cases = Vec::new();
    for question in arguments.questions() {
        if question.aim == Aim::Program {
            for host in &hosts {
                cases.push(panel.hosts_case(question, host).await);
            }
        } else {
            let asks = |tenant: &&Tenant| question.is_asked_by(tenant);
            for tenant in tenants.iter().filter(asks) {
                cases.push(panel.case(question, tenant).await);
            }
        }
    }
    cases
}
