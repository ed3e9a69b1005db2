//! `schema`: the GraphQL schema on standard output.

use super::output::print;
use crate::{error::Error, graph::Graph};

pub(super) fn print_sdl() -> Result<(), Error> {
    print(&Graph::default().sdl())
}
