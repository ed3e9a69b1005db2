//! What the fields of the schema lead to, so that what no table knows fails.

use std::sync::LazyLock;

use grassroots_tests::Schema;

pub(crate) use grassroots_tests::Field;

use crate::table::Kind;

/// What a field of an object leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A value or a term.
    Value,
    /// A record.
    One(Kind),
    /// A list of records.
    Many(Kind),
    /// An object that is no record.
    Part,
}

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::read);

/// The root fields that are lists, with what they list.
pub(crate) fn lists() -> impl Iterator<Item = (&'static Field, Kind)> {
    let fields = SCHEMA.fields("Query").iter();
    fields.filter_map(|field| match field.shape() {
        Shape::Many(kind) => Some((field, kind)),
        _ => None,
    })
}

/// A field that knows its shape.
pub(crate) trait Shaped {
    fn shape(&self) -> Shape;
}

impl Shaped for Field {
    fn shape(&self) -> Shape {
        let listed = self.of.strip_suffix("Connection").and_then(Kind::named);
        if let Some(kind) = listed {
            Shape::Many(kind)
        } else if let Some(kind) = Kind::named(&self.of) {
            Shape::One(kind)
        } else if SCHEMA.objects().any(|object| object == self.of) {
            Shape::Part
        } else {
            Shape::Value
        }
    }
}
