//! The order in which an operation asks for its fields. The library puts a
//! response's fields in the order in which they were ready; clients and caches
//! expect the order of the document, and the same bytes for the same answer.

use async_graphql::{
    Name, Value,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use super::marker::MARKER;

/// The response keys of a selection, each with the shape below it.
#[derive(Default)]
pub(super) struct Shape {
    keys: IndexMap<Name, Shape>,
    /// Whether a marker is selected, which is not to be answered.
    is_marked: bool,
}

impl Shape {
    /// The shape of a document of one operation that was found valid: its fragments
    /// end.
    pub(super) fn of(document: &ExecutableDocument) -> Shape {
        let mut shape = Shape::default();
        for (_, operation) in document.operations.iter() {
            shape.add(document, &operation.node.selection_set.node);
        }
        shape
    }

    /// Fields of one key are merged, as their answers are. Type conditions are
    /// passed over: at worst there is a place for a field that does not come.
    fn add(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    if key == MARKER {
                        self.is_marked = true;
                        continue;
                    }
                    let below = self.keys.entry(key.clone()).or_default();
                    below.add(document, &field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => {
                    self.add(document, &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node)
                    {
                        self.add(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    /// Puts an answer's fields in this order, and takes the markers out.
    pub(super) fn arrange(&self, answer: &mut Value) {
        match answer {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => {
                if self.is_marked {
                    fields.swap_remove(MARKER);
                }
                for (key, value) in fields.iter_mut() {
                    if let Some(below) = self.keys.get(key).filter(|below| !below.is_of_leaf()) {
                        below.arrange(value);
                    }
                }
                let place = |key: &Name| self.keys.get_index_of(key).unwrap_or(usize::MAX);
                if !fields.keys().is_sorted_by_key(place) {
                    fields.sort_by(|one, _, other, _| place(one).cmp(&place(other)));
                }
            }
            _ => {}
        }
    }

    fn is_of_leaf(&self) -> bool {
        self.keys.is_empty() && !self.is_marked
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{parser::parse_query, value};

    use super::*;

    #[test]
    fn fields_come_in_the_order_of_the_document() {
        let document = parse_query(
            "{ a { y ...F } b: c ... on Query { d a { w } } } fragment F on A { x y z }",
        )
        .unwrap();
        let mut answer =
            value!({ "d": 4, "b": 3, "a": [{ "w": 0, "z": 1, "x": 1, "y": 2 }, null] });
        Shape::of(&document).arrange(&mut answer);
        let expected = r#"{"a":[{"y":2,"x":1,"z":1,"w":0},null],"b":3,"d":4}"#;
        assert_eq!(serde_json::to_string(&answer).unwrap(), expected);
    }
}
