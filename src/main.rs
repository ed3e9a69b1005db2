//! From arguments to a subcommand.

use std::process::ExitCode;

use clap::Parser;
use grassroots::command::Arguments;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Arguments::parse().run()
}
