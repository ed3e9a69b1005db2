//! Grassroots: a GraphQL API over a country's primary-care workforce, in which
//! every tenant sees, counts and changes exactly its own slice of one shared database.
//!
//! # What is where
//!
//! - [`command`]: the program's subcommands; [`config`], [`provider`],
//!   [`telemetry`] and [`error`] are what they share.
//! - [`http`]: the endpoint, after "GraphQL over HTTP", the probes, and on a
//!   listener of its own what [`metrics`] counts.
//! - [`graph`]: the GraphQL schema, one file a type.
//! - [`seed`]: the demonstration data, and how it gets into a database.
//! - [`access`], a crate of its own: tokens, policy, scopes, and the statements
//!   that carry them. Below it the crates [`entity`], one table a file, and
//!   `migration`, one change of the schema a file.
//!
//! Imports run downwards only: main → command → http → metrics → graph → access → entity.
//!
//! # How an operation runs
//!
//! [`http`] takes the request apart and has [`access::Access::caller`] turn its
//! bearer token into an [`access::Caller`], which stands for someone's rights at
//! this instant. [`graph::Graph::execute`] runs the operation for that caller:
//! within its [`graph::Limits`], its resolvers read through [`access::Rows`], which
//! compile the caller's row rule, column gate and guard into every statement. Where
//! rights changed while the operation ran, the guard gives it away, and the operation
//! runs again. Before the answer leaves, it is written down of whom it tells in clear what
//! identifies them.
//!
//! Mutations write through [`access::Change`]: in one transaction, during which nobody can
//! take the rights away, it looks at the record before and after, and writes down in the
//! audit trail what was done. What has been written is not run again. Where people go from
//! one tenant to another, [`access::Transfers`] writes all that follows, in the same way.
//! Rights themselves are changed through [`access::Administration`], alone. It also tells
//! what a change would come to, and [`access::Caller::explain`] why something may be done
//! or not, both from the same decisions as those that are enforced.
//!
//! # Adding a type
//!
//! As `Stage` is there, a stage of a program. What all types repeat is made of two lists:
//! [`entity::kinds!`] of the door's kinds, and `records!` in `src/graph/mod.rs` of the
//! schema's types. After each step stands what fails without it.
//!
//! 1. `entity/src/stage.rs`: the table's columns as the entity's `Model`. What callers
//!    write has `version` and `active` and is `entity!(written)`: else `changes!` (step 6)
//!    does not compile. Its [`entity::facts::Facts`] say whose a row is (`TIES`: does not
//!    compile), which records it refers to, and what it repeats of them (`LINKS`: the test
//!    `links_are_the_references_of_the_database`), how personal columns are masked (`MASKS`:
//!    a line of the policy that masks others is refused, and so every test is), which day
//!    follows which (`PERIODS`) and which numbers a column takes (`NUMBERS`).
//! 2. `entity/src/lib.rs`: its module, and its line in `kinds!`: without them nothing of
//!    what follows compiles. A kind whose rows no column says whose they are has a rule of
//!    its own in `access/src/rules`, or the test `every_kind_is_somebodys` fails.
//! 3. `migration/sql/m0004_programs.sql`: the table, for a new one in a file of its own, which
//!    is found by itself; below `-- down` stands what undoes it, or nothing compiles. What is
//!    copied of another record is kept by a composite foreign key. Each column by which lists
//!    hang or are found has an index that ends with the key. Without the table no test has a
//!    database.
//! 4. `access/src/policy.csv`: who lists, reads, masks, creates, updates and deactivates, by
//!    which column groups. Who sees some columns masked reads the others by a group, in
//!    which those that refer to records, `version` and `active` are, too. Without a line to
//!    read by, the test of isolation that knows who should (step 7) fails; what nobody at all
//!    may do, the golden table's test finds. Databases that are there get the lines by
//!    `addPolicyRule`.
//! 5. `src/graph/mod.rs`: its module, and in `records!` what of it stands at the roots: the
//!    field that gives one, the list, its parts of the mutations. Without its entry the test
//!    `the_catalogue_knows_all_of_the_schema` fails.
//! 6. `src/graph/stage.rs`: `record!` with the fields, `filter!`, `order!` and `changes!`.
//!    A field is called as its column is, else the tests' catalogue can't find it; what may
//!    be masked is a `PersonalText`; the test `every_column_is_asked_for` finds one that is
//!    forgotten. Lists of it on other records stand in their files (`stages` in
//!    `src/graph/program.rs`), and a condition on these is named in
//!    `src/graph/condition.rs`: without, it does not compile.
//! 7. `tests/isolation/oracle.rs`: who sees what of it, said without the policy: `of_division`
//!    does not compile without, and where `most` is silent nobody may see it.
//!
//! Then read what changed, and accept it: `GRASSROOTS_ACCEPT=golden cargo test -p
//! grassroots-tests --test golden` for who may do what, and `cargo run -- schema >
//! schema.graphql`; until then both tests fail. Where a persona of the demonstration gets a
//! field of a root by it, `tests/behaviour/schema/by_role.rs` has to know. The tests draw
//! rows of the type, ask for each of its fields, filters and orders, and change it, on both
//! databases, with nothing more said. For the demonstration to show any, `src/seed` has to
//! make them; a constraint beyond references is told in `tests/differential/constraint.rs`,
//! or the differential test draws what the database refuses.
//!
//! # What always holds
//!
//! - **One door.** `access`, `entity` and `migration` alone depend on SeaORM, and
//!   `access` alone on Casbin and on the signing of tokens: nothing here can
//!   run a query of its own, Cargo refuses. What has no caller (migrating,
//!   loading data, readiness) goes through [`access::System`].
//! - **Closed by default.** No grant, an unknown role or a policy that can't be
//!   read: nothing is visible.
//! - **No probing.** What a caller can't read neither filters, orders nor counts,
//!   and a row out of sight is no different from a row that is not there.
//! - **Never a stale decision.** Every statement is void unless the rights that
//!   it was compiled from are still in force.
//! - **Both sides.** A record is changed by who may change it as it is and as it will be;
//!   what is refused changes nothing.
//! - **Nothing leaks.** An internal cause goes to the log under the request's id;
//!   neither tokens nor variables, query texts or people's names are in logs,
//!   metrics or traces.

pub mod command;
pub mod config;
pub mod error;
pub mod graph;
pub mod http;
pub mod keys;
pub mod metrics;
pub mod provider;
pub mod seed;
pub mod telemetry;
