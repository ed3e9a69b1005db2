//! The server, over a socket.

mod argument;
mod browser;
mod connection;
mod failure;
mod limit;
mod operation;
mod probe;
mod protocol;
mod refusal;
mod selection;
pub(crate) mod server;
mod slow;
mod trusted;
mod variable;
