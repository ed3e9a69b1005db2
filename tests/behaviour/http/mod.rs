//! The server, over a socket.

mod browser;
mod connection;
mod failure;
mod limit;
mod operation;
mod probe;
mod protocol;
mod refusal;
pub(crate) mod server;
mod slow;
mod trusted;
mod variable;
