//! The printed schema, which clients generate code from and reviews read.

use std::fs;

use grassroots::graph::Graph;

#[test]
fn the_printed_schema_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let printed = fs::read_to_string(path).unwrap_or_default();
    let served = Graph::default().sdl();
    let differs = printed
        .lines()
        .zip(served.lines())
        .position(|(printed, served)| printed != served);
    let place = differs.map_or("at its end".to_owned(), |line| {
        format!("from line {}", line + 1)
    });
    assert!(
        printed == served,
        "schema.graphql differs from the schema {place}; print it anew, and review the \
         difference, with: cargo run -- schema > schema.graphql"
    );
}
