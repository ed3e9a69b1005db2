//! Why the data could not be made.

/// A fault in the data that the generator is built from; none can occur with the files as they stand.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A line of the list of divisions is not `code,name,level,parent_code,village_count`.
    #[error("line {0} of the list of divisions can't be read")]
    Line(usize),
    /// A division that is referred to is not in the tree.
    #[error("the tree has no division {0}")]
    NoDivision(String),
    /// A division whose staff are referred to has none.
    #[error("the division {0} has no staff")]
    NoStaff(String),
}
