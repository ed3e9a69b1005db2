//! The golden table: what each role, wherever it is held, may do with each type, each
//! field and each field of the roots. It is found out by asking, and compared with the
//! table that was accepted last, which is what to read when the policy changes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failure here is a failed test"
)]

mod caller;
mod change;
mod condition;
mod creation;
mod filling;
mod finding;
mod mutation;
mod order;
mod page;
mod record;
mod rights;
mod root;
mod seat;
mod shape;
mod table;
mod trail;
mod transfer;
mod way;
mod world;

use support::Backend;

use crate::table::Table;

/// What is nobody's on purpose: a facility tells an enrollment's division, nothing is needed
/// for what the survey asks to have explained, and these roles are held elsewhere than at
/// divisions.
const OF_NOBODY: [&str; 10] = [
    "Enrollment.division: create",
    "Query.explainAccess.needs.at.id: read",
    "Query.explainAccess.needs.at.name: read",
    "Query.explainAccess.needs.at.typeName: read",
    "Query.explainAccess.needs.line: read",
    "Query.explainAccess.needs.roles: read",
    "RoleBinding.division of host: grant",
    "RoleBinding.division of manager: grant",
    "RoleBinding.division of member: grant",
    "RoleBinding.division of sponsor: grant",
];

#[tokio::test(flavor = "multi_thread")]
async fn everyone_may_do_what_was_accepted() {
    let [sqlite, postgres] = Backend::ALL.map(|backend| tokio::spawn(world::survey(backend)));
    let (sqlite, postgres) = (sqlite.await.unwrap(), postgres.await.unwrap());
    let difference = sqlite.difference(&postgres, "SQLite", "PostgreSQL");
    assert!(difference.is_empty(), "\n{difference}");
    // A line of the policy that is forgotten.
    assert_eq!(sqlite.of_nobody(), OF_NOBODY);
    if table::is_to_be_accepted() {
        sqlite.accept();
    }
    let difference = Table::accepted().difference(&sqlite, "accepted", "found");
    assert!(
        difference.is_empty(),
        "\n{difference}\nIf this is as it should be, {}",
        table::HOW_TO_ACCEPT
    );
}
