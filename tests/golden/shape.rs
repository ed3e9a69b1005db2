//! What the fields of the schema lead to.

use std::sync::LazyLock;

use grassroots_tests::{Field, Schema};

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::read);

pub(crate) enum Shape<'a> {
    /// A value or a term.
    Value,
    /// A record of a type.
    One(&'a str),
    /// A list of records of a type.
    Many(&'a str),
    /// An object that is no record.
    Part,
}

impl<'a> Shape<'a> {
    pub(crate) fn of(field: &'a Field) -> Shape<'a> {
        let is_node = |name: &str| SCHEMA.nodes().any(|node| node == name);
        match field.of.strip_suffix("Connection") {
            Some(listed) if is_node(listed) => Shape::Many(listed),
            _ if is_node(&field.of) => Shape::One(&field.of),
            _ if SCHEMA.objects().any(|object| object == field.of) => Shape::Part,
            _ => Shape::Value,
        }
    }
}

/// A term or an order as the name of a field: `birthDate` of `BIRTH_DATE`.
pub(crate) fn camel(term: &str) -> String {
    let mut words = term.split('_').map(str::to_lowercase);
    let first = words.next().unwrap();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(1);
        format!("{name}{}{rest}", initial.to_uppercase())
    })
}
