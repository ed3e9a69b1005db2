//! Rights that change while instances remember what they were: whoever asks
//! afterwards, on whichever instance, is answered by the rights of that moment.

mod account;
mod between;
mod binding;
mod place;
mod policy;
mod race;
mod refusal;
mod time;
mod undertaking;
mod watch;
