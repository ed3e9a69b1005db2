//! Which columns and parts of a field an operation asks for.

use async_graphql::{Context, SelectionField};

/// The columns that the fields selected below may need. Besides the column of
/// the same name a field may need a reference (`facility` → `facility_id`);
/// names that are no columns do no harm.
pub(crate) fn columns<'a>(fields: impl IntoIterator<Item = SelectionField<'a>>) -> Vec<String> {
    let mut names = Vec::new();
    for field in fields {
        let name = snake(field.name());
        if name == "participant" {
            let parts = ["participant_name", "facility_id", "stage_id"];
            names.extend(parts.map(str::to_owned));
        }
        names.push(format!("{name}_id"));
        names.push(name);
    }
    names
}

/// What of a connection is asked for.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) columns: Vec<String>,
    pub(crate) page: bool,
    pub(crate) total: bool,
}

impl Asked {
    /// Looks below a connection field.
    pub(crate) fn of(ctx: &Context<'_>) -> Asked {
        let mut asked = Asked::default();
        for field in ctx.field().selection_set() {
            match field.name() {
                "totalCount" => asked.total = true,
                "nodes" => {
                    asked.page = true;
                    asked.columns.extend(columns(field.selection_set()));
                }
                "edges" => {
                    asked.page = true;
                    let nodes = field.selection_set().filter(|edge| edge.name() == "node");
                    for node in nodes {
                        asked.columns.extend(columns(node.selection_set()));
                    }
                }
                "pageInfo" => asked.page = true,
                _ => {}
            }
        }
        asked
    }
}

/// `administeredBy` → `administered_by`.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
