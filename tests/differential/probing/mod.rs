//! Probing: what a user may not see can't be found out by any query either.
//!
//! A [`twin`] is another world that differs from a drawn one in columns that are refused
//! or masked for one user, within the same mask, and in nothing that the user's
//! [`rights`] rest on. The user asks both for all that a query can do with such a column
//! ([`probe`]), and whatever else is drawn; the answers must be the same to the byte.

mod coverage;
mod pair;
mod policy;
mod probe;
mod record;
mod rights;
mod run;
mod sieve;
mod spare;
mod statistics;
mod twin;
mod worlds;
