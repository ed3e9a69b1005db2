//! Statistics of staff.

use std::collections::HashMap;

use access::{AccessError, Caller, Cell, Interval, Layout, MOST_CELLS, Rows, Term};
use async_graphql::{Context, Enum, Object};
use entity::{
    staff_member,
    term::{DivisionLevel, Education, KeyPost, Title},
};

use super::{
    division::Division, error::visible, member::Siblings, record::Record, selection::Selection,
    value::subtree,
};

/// What staff are told apart by in statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum StaffDimension {
    /// By title.
    Title,
    /// By highest education.
    Education,
    /// By key post of the main employment.
    KeyPost,
}

/// What the counts weigh among the values of a response, given what one does: as many as
/// there are divisions of the level and terms, as far as an answer goes.
pub(crate) fn weight(level: DivisionLevel, count: usize) -> usize {
    let divisions = match level {
        DivisionLevel::Nation => 1,
        DivisionLevel::Province => 40,
        DivisionLevel::Prefecture => 400,
        DivisionLevel::County | DivisionLevel::Township => MOST_CELLS,
    };
    count
        .saturating_mul(MOST_CELLS.min(divisions * 10))
        .saturating_add(1)
}

/// How many staff of a division have a title, an education or a key post.
pub(crate) struct StaffCount {
    division: Option<Division>,
    by: StaffDimension,
    cell: Cell,
}

/// How many staff of a division have a title, an education or a key post. Staff count
/// where the facility of the main employment stands.
#[Object]
impl StaffCount {
    /// Division, of the level that was asked for; staff of a facility that stands for a
    /// larger one as a whole count there.
    async fn division(&self) -> Option<Division> {
        self.division.clone()
    }

    /// Title; null where staff are counted by something else.
    async fn title(&self) -> async_graphql::Result<Option<Title>> {
        self.term(StaffDimension::Title)
    }

    /// Highest education; null where staff are counted by something else.
    async fn education(&self) -> async_graphql::Result<Option<Education>> {
        self.term(StaffDimension::Education)
    }

    /// Key post; null where staff are counted by something else.
    async fn key_post(&self) -> async_graphql::Result<Option<KeyPost>> {
        self.term(StaffDimension::KeyPost)
    }

    /// How many, at least one.
    async fn count(&self) -> i64 {
        self.cell.count
    }
}

impl StaffCount {
    fn term<T: Term>(&self, dimension: StaffDimension) -> async_graphql::Result<Option<T>> {
        if self.by != dimension {
            return Ok(None);
        }
        self.cell.term().map(Some).map_err(visible)
    }
}

/// The counts that are not zero, by division and term.
pub(crate) async fn count(
    ctx: &Context<'_>,
    level: DivisionLevel,
    by: StaffDimension,
    within: Option<String>,
) -> Result<Vec<StaffCount>, AccessError> {
    use staff_member::Column;

    let caller = ctx.data_unchecked::<Caller>();
    let within = within.map_or(Ok(Interval::NATION), |code| subtree(&code))?;
    let layout = Layout {
        place: Column::LocatedIn,
        by: match by {
            StaffDimension::Title => Column::Title,
            StaffDimension::Education => Column::Education,
            StaffDimension::KeyPost => Column::KeyPost,
        },
        level,
        within,
    };
    let selection = selection(ctx);
    let cells = Rows::<staff_member::Entity>::of(caller)
        .statistics(&layout)
        .await?;
    let divisions = divisions(caller, &cells, &selection).await?;
    let counted = cells.into_iter().map(|cell| StaffCount {
        division: divisions.get(&cell.division).cloned(),
        by,
        cell,
    });
    Ok(counted.collect())
}

/// What is asked for of the divisions.
fn selection(ctx: &Context<'_>) -> Selection<Division> {
    let mut selection = Selection::default();
    for field in ctx.field().selection_set() {
        if field.name() == "division" {
            selection.add(field.selection_set());
        }
    }
    selection
}

/// The divisions that the counts are of; none if nothing of them is asked for.
async fn divisions(
    caller: &Caller,
    cells: &[Cell],
    selection: &Selection<Division>,
) -> Result<HashMap<i64, Division>, AccessError> {
    if selection.is_empty() {
        return Ok(HashMap::new());
    }
    let mut keys: Vec<_> = cells.iter().map(|cell| cell.division).collect();
    keys.dedup();
    let rows = selection.of_rows(Rows::of(caller)).of_keys(&keys).await?;
    let (keys, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let siblings = Siblings::new(caller, rows);
    let members = (0..).map(|place| Division::of(siblings.member(place)));
    Ok(keys.into_iter().zip(members).collect())
}
