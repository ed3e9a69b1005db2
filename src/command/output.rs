//! Standard output, for results; what goes on is for standard error.

use std::io::{self, ErrorKind, Write};

use crate::error::Error;

/// Prints a result. That its reader has gone is not an error: it has what it wanted.
pub(super) fn print(text: &str) -> Result<(), Error> {
    let mut output = io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::io("writing to standard output")(error))
        }
        _ => Ok(()),
    }
}

/// Tells what is going on. If nobody can read it, the work goes on all the same.
pub(super) fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
