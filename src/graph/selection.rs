//! Which columns and parts of a field an operation asks for.

use access::Rows;
use async_graphql::{Context, SelectionField, Value};

use super::{
    name::snake,
    record::{Bring, Record},
};

/// What fields ask for of records of one type.
pub(crate) struct Selection<T: Record> {
    columns: Vec<String>,
    /// Of the records that they refer to.
    references: Vec<(Bring<T>, Vec<String>)>,
}

impl<T: Record> Selection<T> {
    /// What a field that gives records asks for of them.
    pub(crate) fn of(ctx: &Context<'_>) -> Selection<T> {
        let mut selection = Selection::default();
        selection.add(ctx.field().selection_set());
        selection
    }

    /// Besides the column of the same name a field may need a reference (`facility` →
    /// `facility_id`); names that are no columns do no harm.
    pub(crate) fn add<'a>(&mut self, fields: impl Iterator<Item = SelectionField<'a>>) {
        for field in fields {
            let name = snake(field.name());
            let mut references = T::REFERENCES.iter();
            if let Some((_, bring)) = references.find(|(known, _)| *known == name) {
                self.references
                    .push((*bring, columns(field.selection_set())));
            } else if name == PARTICIPANT {
                self.columns.push(format!("{name}_name"));
                let fields: Vec<_> = field.selection_set().collect();
                self.add(fields.into_iter());
            }
            let mut needs = T::NEEDS.iter();
            if let Some((_, needed)) = needs.find(|(known, _)| *known == name) {
                self.columns.extend(needed.iter().map(ToString::to_string));
            }
            self.columns.extend(names(name));
        }
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The reading, with what is asked for.
    pub(crate) fn of_rows(&self, rows: Rows<T::Entity>) -> Rows<T::Entity> {
        let rows = rows.named(self.columns.iter().map(String::as_str));
        let references = self.references.iter();
        references.fold(rows, |rows, (bring, columns)| bring(rows, columns))
    }
}

impl<T: Record> Default for Selection<T> {
    fn default() -> Selection<T> {
        Selection {
            columns: Vec::new(),
            references: Vec::new(),
        }
    }
}

/// What a program's host may know of a person: columns of the enrollment.
const PARTICIPANT: &str = "participant";

/// The columns that fields of a record may need.
fn columns<'a>(fields: impl Iterator<Item = SelectionField<'a>>) -> Vec<String> {
    fields
        .flat_map(|field| names(snake(field.name())))
        .collect()
}

fn names(field: String) -> [String; 2] {
    [format!("{field}_id"), field]
}

/// What of a connection is asked for.
pub(crate) struct Asked<T: Record> {
    pub(crate) records: Selection<T>,
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

impl<T: Record> Asked<T> {
    /// Looks below a connection field.
    pub(crate) fn of(ctx: &Context<'_>) -> Asked<T> {
        let mut asked = Asked {
            records: Selection::default(),
            page: false,
            total: None,
        };
        for field in ctx.field().selection_set() {
            match field.name() {
                "totalCount" => asked.total = asked.total.max(Some(Total::of(&field))),
                "nodes" => {
                    asked.page = true;
                    asked.records.add(field.selection_set());
                }
                "edges" => {
                    asked.page = true;
                    let nodes = field.selection_set().filter(|edge| edge.name() == "node");
                    for node in nodes {
                        asked.records.add(node.selection_set());
                    }
                }
                "pageInfo" => asked.page = true,
                _ => {}
            }
        }
        asked
    }
}
