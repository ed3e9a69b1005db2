//! The types of the GraphQL schema as the tests expect them: which field shows
//! which column, what refers to what, and what lists filter and order by. A field is called
//! as its column is; where it isn't, it is said here.

mod reading;

use std::sync::LazyLock;

use access::Kind;

pub use reading::named;

/// A type of the schema that shows records of one kind.
pub struct Type {
    /// Its name.
    pub name: &'static str,
    /// The root's list of it.
    pub list: Option<&'static str>,
    /// The root's field that opens one by its id.
    pub open: Option<&'static str>,
    /// Columns that a field of the same name shows.
    pub values: &'static [&'static str],
    /// Of these, those that hold terms.
    pub terms: &'static [&'static str],
    /// Fields that show a record.
    pub ones: &'static [One],
    /// Fields that list records.
    pub manys: &'static [Many],
    /// Conditions on columns.
    pub tests: &'static [Test],
    /// Of `ones` and `manys` those that the filter knows.
    pub related: &'static [&'static str],
    /// Columns that lists may be ordered by.
    pub orders: &'static [&'static str],
    /// The column of the official order, before the key.
    pub official: Option<&'static str>,
}

/// A field that shows the record which a column refers to.
pub struct One {
    /// The field's name.
    pub field: &'static str,
    /// The column.
    pub column: &'static str,
    /// The kind of the records.
    pub kind: Kind,
}

/// A field that lists the records whose column refers to this one.
pub struct Many {
    /// The field's name.
    pub field: &'static str,
    /// The kind of the records.
    pub kind: Kind,
    /// The column that refers to this record.
    pub link: &'static str,
}

/// A field of a filter.
pub struct Test {
    /// The field's name.
    pub field: &'static str,
    /// The column.
    pub column: &'static str,
    /// The sort of its operand.
    pub operand: Operand,
}

/// What a field of a filter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A text.
    Text,
    /// A text that is found by its exact value alone.
    Exact,
    /// A term of a vocabulary.
    Term,
    /// A number.
    Number,
    /// A day.
    Date,
    /// An instant.
    Instant,
    /// Yes or no.
    Boolean,
    /// A division's subtree, by its code.
    Division,
    /// A kind of records, by the name of its type.
    Type,
}

static TYPES: LazyLock<Vec<Type>> =
    LazyLock::new(|| Kind::ALL.iter().map(|kind| reading::read(*kind)).collect());

/// The type that shows this kind of record.
pub fn of(kind: Kind) -> &'static Type {
    &TYPES[kind as usize]
}
