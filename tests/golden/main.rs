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

#[tokio::test(flavor = "multi_thread")]
async fn everyone_may_do_what_was_accepted() {
    let [sqlite, postgres] = Backend::ALL.map(|backend| tokio::spawn(world::survey(backend)));
    let (sqlite, postgres) = (sqlite.await.unwrap(), postgres.await.unwrap());
    let difference = sqlite.difference(&postgres, "SQLite", "PostgreSQL");
    assert!(difference.is_empty(), "\n{difference}");
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
