//! Fields that are added where perhaps nothing is left to select. The library gives
//! null for an object of which nothing is selected; with a marker in it there is
//! always something, and [`super::shape::Shape`] takes it out of the answer.

use async_graphql::{
    Name, Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
    },
};

use super::types::{QUERY, Types};

/// The key of markers: one that no document can hold.
pub(super) const MARKER: &str = "";

/// The document with a marker in each object that could be left without a field, and
/// in the root, so that one that ran always has data.
pub(super) fn mark(types: &Types, document: &ExecutableDocument) -> ExecutableDocument {
    let marking = Marking { types, document };
    let mut marked = document.clone();
    for fragment in marked.fragments.values_mut() {
        let fragment = &mut fragment.node;
        marking.below(
            &fragment.type_condition.node.on.node,
            &mut fragment.selection_set.node,
        );
    }
    let root = |operation: &mut Positioned<OperationDefinition>| {
        let set = &mut operation.node.selection_set;
        marking.below(QUERY, &mut set.node);
        add(set);
    };
    match &mut marked.operations {
        DocumentOperations::Single(operation) => root(operation),
        DocumentOperations::Multiple(operations) => operations.values_mut().for_each(root),
    }
    marked
}

struct Marking<'a> {
    types: &'a Types,
    /// As it was.
    document: &'a ExecutableDocument,
}

impl Marking<'_> {
    /// Marks the objects that a selection of this type has below it.
    fn below(&self, type_: &str, set: &mut SelectionSet) {
        for selection in &mut set.items {
            match &mut selection.node {
                Selection::Field(field) => {
                    let field = &mut field.node;
                    let set = &mut field.selection_set;
                    if set.node.items.is_empty() {
                        continue;
                    }
                    let defined = self.types.field(type_, &field.name.node);
                    let type_ = defined.map_or("", |defined| defined.type_.as_str());
                    let stays = self.stays(type_, &set.node);
                    self.below(type_, &mut set.node);
                    if !stays {
                        add(set);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let fragment = &mut fragment.node;
                    let condition = fragment.type_condition.as_ref();
                    let type_ = condition.map_or(type_, |condition| &condition.node.on.node);
                    self.below(type_, &mut fragment.selection_set.node);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// Whether a field is selected in any case.
    fn stays(&self, type_: &str, set: &SelectionSet) -> bool {
        set.items.iter().any(|selection| {
            let selection = &selection.node;
            selection.directives().is_empty()
                && match selection {
                    Selection::Field(_) => true,
                    Selection::InlineFragment(fragment) => {
                        let condition = fragment.node.type_condition.as_ref();
                        condition.is_none_or(|condition| condition.node.on.node == type_)
                            && self.stays(type_, &fragment.node.selection_set.node)
                    }
                    Selection::FragmentSpread(spread) => {
                        let fragments = &self.document.fragments;
                        let fragment = fragments.get(&spread.node.fragment_name.node);
                        fragment.is_some_and(|fragment| {
                            fragment.node.type_condition.node.on.node == type_
                                && self.stays(type_, &fragment.node.selection_set.node)
                        })
                    }
                }
        })
    }
}

fn add(set: &mut Positioned<SelectionSet>) {
    let at = set.pos;
    let field = Field {
        alias: Some(Positioned::new(Name::new(MARKER), at)),
        name: Positioned::new(Name::new("__typename"), at),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), at),
    };
    let selection = Selection::Field(Positioned::new(field, at));
    set.node.items.push(Positioned::new(selection, at));
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    const SDL: &str =
        "type Query { a: A } interface N { b: Int } type A implements N { b: Int a: A }";

    /// Whether `a` of the query has a marker.
    fn is_marked(selected: &str) -> bool {
        let text = format!(
            "{{ a {{ {selected} }} }}
            fragment F on A {{ b }} fragment G on N {{ b }} fragment H on A {{ ...G ...F }}"
        );
        let marked = mark(&Types::of(SDL), &parse_query(&text).unwrap());
        let (_, operation) = marked.operations.iter().next().unwrap();
        let has_marker = |set: &SelectionSet| {
            let last = set.items.last().map(|selection| &selection.node);
            matches!(last, Some(Selection::Field(field)) if field.node.response_key().node == MARKER)
        };
        let root = &operation.node.selection_set.node;
        assert!(has_marker(root), "{text}");
        let Selection::Field(field) = &root.items[0].node else {
            panic!("a field");
        };
        has_marker(&field.node.selection_set.node)
    }

    #[test]
    fn objects_that_could_be_left_without_a_field_are_marked() {
        for selected in [
            "b @skip(if: true)",
            "... @include(if: false) { b }",
            "... on N { b }",
            "...G",
            "...F @skip(if: true)",
            "... { b @skip(if: false) }",
        ] {
            assert!(is_marked(selected), "{selected}");
        }
        for selected in [
            "b",
            "b @skip(if: true) c: b",
            "a { b @skip(if: true) }",
            "... { b }",
            "... on A { b }",
            "...F",
            "...H",
        ] {
            assert!(!is_marked(selected), "{selected}");
        }
    }
}
