//! The server, over a socket.

mod argument;
mod browser;
mod collector;
mod connection;
mod failure;
mod gone;
mod limit;
mod metrics;
mod operation;
mod page;
mod probe;
mod protocol;
mod refusal;
mod selection;
pub(crate) mod server;
mod slow;
mod trace;
mod trusted;
mod variable;
