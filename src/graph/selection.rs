//! Which columns and parts of a field an operation asks for.

use async_graphql::{Context, SelectionField, Value};

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
    pub(crate) total: Option<Total>,
}

/// How a list's records are to be counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Total {
    /// As far as costs little.
    Usual,
    /// To the last.
    Exact,
}

impl Total {
    /// As a field `totalCount` asks for it.
    fn of(field: &SelectionField<'_>) -> Total {
        let exact = field.arguments().is_ok_and(|arguments| {
            let exact = arguments.iter().find(|(name, _)| name == "exact");
            matches!(exact, Some((_, Value::Boolean(true))))
        });
        if exact { Total::Exact } else { Total::Usual }
    }
}

impl Asked {
    /// Looks below a connection field.
    pub(crate) fn of(ctx: &Context<'_>) -> Asked {
        let mut asked = Asked::default();
        for field in ctx.field().selection_set() {
            match field.name() {
                "totalCount" => asked.total = asked.total.max(Some(Total::of(&field))),
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
