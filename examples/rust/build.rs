//! Hands the schema to the macros that check the queries against it.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let schema = cynic_codegen::register_schema("grassroots");
    schema.from_sdl_file("../../schema.graphql")?.as_default()?;
    Ok(())
}
