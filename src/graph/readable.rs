//! What the caller may read, type by type and field by field.

use access::Caller;
use async_graphql::{Enum, SimpleObject};

use super::{classification::Classification, name::camel, record::Record};

/// Of which records something holds, as the policy and your bindings say it; how
/// many there are plays no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "access::Extent")]
pub(crate) enum Extent {
    /// Of every record.
    #[graphql(name = "EVERY_RECORD")]
    Every,
    /// Of some: it depends on the record.
    #[graphql(name = "SOME_RECORDS")]
    Some,
    /// Of none.
    #[graphql(name = "NO_RECORD")]
    None,
}

/// What you may read of a type of record.
#[derive(SimpleObject)]
pub(crate) struct ReadableType {
    /// The type's name.
    name: String,
    /// Which of its records you may open.
    extent: Extent,
    /// The type's values and references. Lists are not among them: what a list shows
    /// follows from the type that it lists.
    #[graphql(complexity = "FIELDS * child_complexity")]
    fields: Vec<ReadableField>,
}

/// Whether you may read a field.
#[derive(SimpleObject)]
pub(crate) struct ReadableField {
    /// The field's name.
    name: String,
    /// On which of the records that you may open it is yours to read in clear.
    extent: Extent,
    /// On which of them you see it masked, where it is not yours to read in clear.
    masked: Extent,
}

/// About as many types as there are, for the weight of an operation.
pub(super) const TYPES: usize = 20;
const FIELDS: usize = 20;

/// What the caller may read of a type.
pub(super) fn of<T: Record>(caller: &Caller) -> ReadableType {
    let readable = caller.readable::<T::Entity>();
    let extent = readable.records().into();
    // The key is open wherever the record is.
    let id = ReadableField {
        name: "id".to_owned(),
        extent,
        masked: Extent::None,
    };
    let fields = T::FIELDS.iter().map(|(name, column)| ReadableField {
        name: camel(name),
        extent: readable.column(*column).into(),
        masked: readable.masked(*column).into(),
    });
    ReadableType {
        name: T::NAME.to_owned(),
        extent,
        fields: std::iter::once(id).chain(fields).collect(),
    }
}

/// What of it a caller has a use for: all.
pub(super) fn classify(schema: &mut Classification) {
    schema.plain::<ReadableType>();
    schema.plain::<ReadableField>();
    schema.plain::<Extent>();
}
