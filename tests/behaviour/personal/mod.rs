//! Personal data: who sees it how, and how it is kept.

mod keys;
mod masks;
mod rest;
mod reveal;
