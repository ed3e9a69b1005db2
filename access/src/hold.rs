//! Locks that stand for no row. They are PostgreSQL's, where several write at a time; on
//! SQLite the one who writes holds everything.

use sea_orm::{
    DbBackend,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::kind::Kind;

/// What is held until a transaction ends. Whoever asks for it comes after those who have
/// asked before: those who share it can't keep who wants it alone waiting for ever.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hold {
    /// That rights stay as they are, with others who rest on them.
    Rights,
    /// Everyone's rights, alone, to change them.
    RightsAlone,
    /// What is part of what among records of a kind, each of which refers to one of the
    /// same kind.
    Tree(Kind),
    /// Who is known, or asked for, under which identity number, alone, to write that.
    Identities,
}

/// The locks of rights and of identity numbers, and the first of those of trees.
const RIGHTS: i64 = 4_600;
const IDENTITIES: i64 = 4_650;
const TREES: i64 = 4_700;

impl Hold {
    /// The call that waits for it.
    pub(crate) fn call(self) -> String {
        match self {
            Hold::Rights => format!("pg_advisory_xact_lock_shared({RIGHTS})"),
            Hold::RightsAlone => format!("pg_advisory_xact_lock({RIGHTS})"),
            Hold::Identities => format!("pg_advisory_xact_lock({IDENTITIES})"),
            Hold::Tree(kind) => format!("pg_advisory_xact_lock({})", TREES + kind as i64),
        }
    }

    /// The statement that waits for it, where there is anything to wait for.
    pub(crate) fn statement(self, backend: DbBackend) -> Option<SelectStatement> {
        let call = Query::select().expr(Expr::cust(self.call())).take();
        // Nobody reads what the function gives, which is of a type of its own.
        let held = || {
            Query::select()
                .expr(Expr::cust("1"))
                .from_subquery(call, "held")
                .take()
        };
        (backend == DbBackend::Postgres).then(held)
    }
}
