//! Grassroots: a GraphQL API over a country's primary-care workforce.

pub mod graph;
pub mod seed;
