//! Prints staff, page by page.

mod client;
mod staff;

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use clap::Parser;
use client::{Client, Failure};
use cynic::QueryBuilder;
use staff::{StaffPage, StaffPageVariables};

/// Prints staff, page by page.
#[derive(Parser)]
struct Arguments {
    /// The API's address.
    #[arg(default_value = "http://127.0.0.1:8080/graphql")]
    address: String,

    /// Who asks; `grassroots token` prints one.
    #[arg(long, env = "GRASSROOTS_TOKEN", hide_env_values = true)]
    token: String,

    /// Pages at most.
    #[arg(long, default_value_t = 3)]
    pages: u32,

    /// Records of a page, up to 200.
    #[arg(long, default_value_t = 20)]
    size: i32,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match print_staff(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn print_staff(arguments: Arguments) -> Result<(), Failure> {
    let client = Client::new(arguments.address, arguments.token);
    let mut after = None;
    for _ in 0..arguments.pages {
        let first = arguments.size;
        let operation = StaffPage::build(StaffPageVariables { first, after });
        let answer = client.run(operation).await?;
        let Some(page) = answer.data.staff else {
            return Err(Failure::Refused(answer.errors.join("\n")));
        };
        for error in &answer.errors {
            tell(error);
        }
        for member in &page.nodes {
            if !print(&member.to_string())? {
                return Ok(());
            }
        }
        after = page.page_info.end_cursor;
        if !page.page_info.has_next_page {
            break;
        }
    }
    Ok(())
}

/// Prints a line; false if its reader has gone.
fn print(line: &str) -> io::Result<bool> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        written => written.map(|()| true),
    }
}

/// Tells what went wrong. If nobody can read it, the work goes on all the same.
fn tell(problem: &str) {
    let _ = writeln!(io::stderr(), "{problem}");
}
