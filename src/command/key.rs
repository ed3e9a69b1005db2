//! `key`: a new key for personal data, alone on standard output.

use access::PersonalKeys;

use super::output::print;
use crate::error::Error;

pub(super) fn print_key() -> Result<(), Error> {
    print(&format!("{}\n", PersonalKeys::generate()))
}
