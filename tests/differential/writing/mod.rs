//! Changes: random users write random records of a world through GraphQL, and the world in
//! memory follows what is written.
//!
//! Each [`change`] is drawn ([`draft`]) over what users write of each kind ([`form`]). The
//! [`verdict`] decides with Casbin's own `enforce` on the record as it was and as it would
//! be. What is refused must leave every table as it was; what is made must leave the
//! database as the world then is ([`ledger`]), and tell it to the [`trail`].

mod case;
mod change;
mod draft;
mod drift;
mod form;
mod ledger;
mod run;
mod tally;
mod trail;
mod verdict;
