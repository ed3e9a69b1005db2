//! What the schema holds true by itself, whoever writes.

mod copies;
mod epochs;
mod privileges;
mod steps;
