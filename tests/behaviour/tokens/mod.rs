//! Bearer tokens that are not what they should be. They are made by hand, since
//! no library lets one make most of them.

mod claim;
pub(crate) mod forge;
mod header;
mod holder;
mod signature;
