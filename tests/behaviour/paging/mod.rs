//! Walking lists page by page, while others write and with cursors that are
//! not what they should be.

mod cursor;
mod edge;
mod list;
mod walk;
mod window;
