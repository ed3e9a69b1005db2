//! The subcommands, one a file.

mod audit;
mod demo;
mod health;
mod key;
mod migrate;
mod output;
mod progress;
mod publish;
mod rotate;
mod schema;
mod seed;
mod serve;
mod signal;
mod token;

use std::{io::Write, process::ExitCode};

use tokio::runtime::{Builder, Runtime};

use crate::{
    error::Error,
    telemetry::{LogArguments, Telemetry, TraceArguments},
};

/// An operation that nests needs some of it, most of all where nothing is optimised.
const STACK: usize = 8 << 20;

/// A GraphQL API over a country's primary-care workforce, in which every tenant
/// sees exactly its own slice of one shared database.
#[derive(Debug, clap::Parser)]
#[command(name = "grassroots", version)]
pub struct Arguments {
    #[command(flatten)]
    log: LogArguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Serve the demonstration data on this machine, with a token for each persona.
    Demo(demo::Demo),
    /// Serve a database that is up to date.
    Serve(serve::Serve),
    /// Tell whether the server on this machine can serve: exits with 0 if it can, else 1.
    Health(health::Health),
    /// Bring the schema up to date; a new database gets the policy and its keys.
    Migrate(migrate::Migrate),
    /// Bring the schema up to date and load the demonstration data.
    Seed(seed::Seed),
    /// Publish the counts of a year's end for those who may see no records.
    Publish(publish::Publish),
    /// Print a new key for personal data.
    Key,
    /// Seal all personal data under the first key, so that the others are not needed.
    RotateKeys(rotate::RotateKeys),
    /// Verify the audit trail, or delete what is older than it must be kept.
    Audit(audit::Audit),
    /// Print a token for a persona of the demonstration.
    Token(token::Token),
    /// Print the GraphQL schema.
    Schema,
}

impl Arguments {
    /// Runs the subcommand, and tells what stopped it.
    pub fn run(self) -> ExitCode {
        let runtime = Builder::new_multi_thread()
            .thread_stack_size(STACK)
            .enable_all()
            .build();
        let attempt = runtime
            .map_err(Error::io("starting"))
            .and_then(|runtime| self.attempt(&runtime));
        match attempt {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                // Where standard error is closed, the exit code says it.
                let _ = writeln!(std::io::stderr(), "error: {error}");
                error.exit_code()
            }
        }
    }

    fn attempt(self, runtime: &Runtime) -> Result<(), Error> {
        let telemetry = Telemetry::new(&self.log, self.command.traces())?;
        telemetry.start()?;
        let attempt = runtime.block_on(self.command.run());
        telemetry.stop();
        attempt
    }
}

impl Command {
    /// Where traces go, if the subcommand has any.
    fn traces(&self) -> Option<&TraceArguments> {
        match self {
            Command::Demo(demo) => Some(demo.traces()),
            Command::Serve(serve) => Some(serve.traces()),
            _ => None,
        }
    }

    async fn run(self) -> Result<(), Error> {
        match self {
            Command::Demo(demo) => demo.run().await,
            Command::Serve(serve) => serve.run().await,
            Command::Health(health) => health.run().await,
            Command::Migrate(migrate) => migrate.run().await,
            Command::Seed(seed) => seed.run().await,
            Command::Publish(publish) => publish.run().await,
            Command::Key => key::print_key(),
            Command::RotateKeys(rotate) => rotate.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Token(token) => token.run().await,
            Command::Schema => schema::print_sdl(),
        }
    }
}
