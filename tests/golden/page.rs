//! Pages hold records and their places, and nothing that could tell more.

use std::collections::BTreeSet;

use crate::shape::SCHEMA;

#[test]
fn a_page_has_nothing_that_the_table_does_not_know() {
    let has = |object: &str, known: &[&str]| {
        let fields = SCHEMA
            .fields(object)
            .iter()
            .map(|field| field.name.as_str());
        let fields: BTreeSet<&str> = fields.collect();
        assert_eq!(fields, known.iter().copied().collect(), "{object}");
    };
    for object in SCHEMA.objects() {
        if object.ends_with("Connection") {
            has(object, &["nodes", "edges", "pageInfo", "totalCount"]);
        } else if object.ends_with("Edge") {
            has(object, &["node", "cursor"]);
        }
    }
    let info = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"];
    has("PageInfo", &info);
}
