//! The server, over a socket.

mod failure;
mod operation;
mod probe;
mod refusal;
mod server;
