//! Operations that would take too much of the server are refused before they do.

use support::Backend;

use crate::world::World;

on_both_databases!(
    a_filter_of_hundreds_of_conditions_is_refused,
    pages_in_pages_are_weighed_before_they_are_read,
    fragments_that_double_are_refused,
    relations_in_relations_are_followed_only_so_far,
    fields_on_lines_that_end_in_a_lone_carriage_return_are_told_apart,
);

async fn a_filter_of_hundreds_of_conditions_is_refused(backend: Backend) {
    let world = World::make(backend).await;
    let conditions = "{}, ".repeat(900);
    let query = format!("{{ divisions(filter: {{ or: [{conditions}] }}) {{ totalCount }} }}");
    let answer = world.instance.ask("steward", &query).await;
    assert_eq!(answer.codes, ["INVALID_INPUT"], "{:?}", answer.messages);
}

async fn pages_in_pages_are_weighed_before_they_are_read(backend: Backend) {
    let world = World::make(backend).await;
    let mut query = "id".to_owned();
    for _ in 0..4 {
        query = format!("facility {{ staff(first: 123) {{ nodes {{ {query} }} }} }}");
    }
    let query = format!("{{ staff(first: 200) {{ nodes {{ {query} }} }} }}");
    let answer = world.instance.ask("newcomer", &query).await;
    assert_eq!(answer.codes, ["TOO_COMPLEX"], "{:?}", answer.messages);
    assert_eq!(answer.statements, 0);
}

async fn fragments_that_double_are_refused(backend: Backend) {
    let world = World::make(backend).await;
    let step = |n: usize| format!("fragment F{n} on Query {{ ...F{} ...F{} }} ", n + 1, n + 1);
    let steps: String = (0..30).map(step).collect();
    let query = format!("{{ ...F0 }} {steps} fragment F30 on Query {{ version: __typename }}");
    let answer = world.instance.ask("newcomer", &query).await;
    assert_eq!(answer.codes, ["TOO_COMPLEX"], "{:?}", answer.messages);
}

async fn relations_in_relations_are_followed_only_so_far(backend: Backend) {
    let world = World::make(backend).await;
    for (depth, codes) in [(4, &[][..]), (5, &["INVALID_INPUT"])] {
        let mut filter = "{}".to_owned();
        for step in 0..depth {
            filter = match step % 2 {
                0 => format!("{{ facility: {filter} }}"),
                _ => format!("{{ staff: {{ some: {filter} }} }}"),
            };
        }
        let field = if depth % 2 == 0 {
            "facilities"
        } else {
            "staff"
        };
        let query = format!("{{ {field}(filter: {filter}) {{ totalCount }} }}");
        let answer = world.instance.ask("steward", &query).await;
        assert_eq!(answer.codes, codes, "{:?}", answer.messages);
    }
}

/// The parser counts no line there, so that two fields may stand at one place.
async fn fields_on_lines_that_end_in_a_lone_carriage_return_are_told_apart(backend: Backend) {
    let world = World::make(backend).await;
    let ask = async |end: &str| {
        let fields = [
            "{ facilities { nodes { name",
            "a: staff { totalCount }",
            "b: staff(filter: { name: { isNull: true } }) { totalCount } } } }",
        ];
        let answer = world.instance.ask("steward", &fields.join(end)).await;
        answer.good().clone()
    };
    assert_eq!(ask("\r").await, ask("\n").await);
}
