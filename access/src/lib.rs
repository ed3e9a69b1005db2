//! The only door to the data.
//!
//! A token becomes a [`Caller`] ([`Access::caller`]); a caller's rights are the
//! policy's lines, which Casbin's matcher selects once for each role, kind and
//! action, at the targets of the caller's bindings. [`Rows`] is the only way to
//! read: it exists only for a caller, and every statement that it sends carries
//!
//! - the **row rule**: which rows of the kind the caller may list or open;
//! - the **column gate**: a value that is not the caller's to see is NULL before
//!   it leaves the database, and neither filters nor orders;
//! - the **guard**: the statement yields nothing unless the account, its
//!   bindings and the policy are those that the decision was made from.
//!
//! [`Change`] is the only way to write: in one transaction it looks at the record
//! before and after, and writes down in the audit trail what was done. Accounts, roles and
//! the policy are changed by an [`Administration`], which holds everyone's rights alone
//! meanwhile. What a row tells in clear of what is sealed leaves a note with the caller,
//! who writes it down there ([`Caller::write_down`]) before the answer leaves.
//!
//! Nothing here hands out a connection, a query builder or a database model.
//! What runs without a caller goes through [`System`], which [`boot`] gives.

mod account;
mod activity;
mod adapter;
mod administration;
mod arm;
mod assignment;
mod audit;
mod batch;
mod bounds;
mod caller;
mod capabilities;
mod census;
mod change;
mod clash;
mod count;
mod cover;
mod cube;
mod database;
mod datum;
mod disclosure;
mod divisions;
mod draft;
mod error;
mod explanation;
mod expression;
mod extent;
mod failure;
mod filter;
mod fold;
mod frame;
mod gate;
mod guard;
mod hierarchy;
mod histogram;
mod hold;
mod keyring;
mod keyset;
mod kind;
mod line;
mod link;
mod listing;
mod load;
mod look;
mod mask;
mod meter;
mod network;
mod page;
mod parking;
mod personal;
mod place;
mod places;
mod policy;
mod postgres;
mod privileges;
mod projection;
mod publication;
mod reference;
mod release;
mod reveal;
mod rotation;
mod row;
mod rows;
mod rules;
mod scope;
mod seal;
mod sealing;
mod seeding;
mod sqlite;
mod statement;
mod statistics;
mod system;
mod tally;
mod target;
mod text;
mod token;
mod transaction;
mod transfer;
mod treatment;
mod vocabulary;
mod withholding;
mod writing;

pub use activity::{Activity, Pool};
pub use administration::{
    Administration, Appointment, Effect, HeldAt, Holder, NewAccount, PolicyLine, Proposal,
    Simulation, Subject,
};
pub use arm::Interval;
pub use audit::{Fault, Origin, Sealer, Verdict};
pub use bounds::shows;
pub use caller::{Access, Caller};
pub use capabilities::Capabilities;
pub use change::Change;
pub use count::Count;
pub use database::{DatabaseSettings, DatabaseUrl, NOTICES};
pub use datum::{Datum, FromDatum, Term};
pub use error::{AccessError, Cause};
pub use explanation::{Deed, Explanation, Need, Outcome, Question, Reason};
pub use extent::{Extent, Readable};
pub use filter::{Filter, Test};
pub use fold::Folder;
pub use histogram::Distribution;
pub use keyset::{Order, Window};
pub use kind::{Changeable, Column, Kind, Resource};
pub use load::{Load, Loadable};
pub use mask::Personal;
pub use meter::SPANS;
pub use page::Page;
pub use personal::PersonalKeys;
pub use publication::Publication;
pub use release::Edition;
pub use row::Row;
pub use rows::Rows;
pub use seeding::Seeding;
pub use statistics::{Cell, Layout, MOST_CELLS};
pub use system::{System, boot};
pub use token::{AUDIENCE, KeySource, LOCAL_ISSUER, ProviderSettings, TOKEN_TYPE};
pub use transfer::{Filling, Post, Transfers};
