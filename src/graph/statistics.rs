//! Statistics: how many records there are in each division of a level, by their terms.

use std::collections::HashMap;

use access::{
    AccessError, Caller, Capabilities, Cell, Edition, Interval, Layout, MOST_CELLS, Resource, Rows,
    Term,
};
use async_graphql::Context;
use entity::term::DivisionLevel;

use super::{
    division::Division,
    error::{invalid, visible},
    member::Siblings,
    record::{Column, Conditions, Record},
    selection::Selection,
    value::subtree,
};

/// Which records are counted, and where.
pub(crate) struct Question<T: Record> {
    pub(crate) level: DivisionLevel,
    pub(crate) within: Option<String>,
    pub(crate) filter: Option<T::Filter>,
    /// What was published, rather than the records.
    pub(crate) edition: Option<Edition>,
    /// The column that says where a record counts.
    pub(crate) place: Column<T>,
    /// The column by whose terms records are told apart.
    pub(crate) by: Column<T>,
}

/// How many records of a division have a term.
pub(crate) struct Counted {
    pub(crate) division: Option<Division>,
    pub(crate) share: Option<f64>,
    pub(crate) cell: Cell,
}

impl Counted {
    /// The term, where the records are told apart by its vocabulary.
    pub(crate) fn term<T: Term>(&self, is_told: bool) -> async_graphql::Result<Option<T>> {
        if !is_told {
            return Ok(None);
        }
        self.cell.term().map(Some).map_err(visible)
    }
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

/// The counts that are not zero, by division and term.
pub(crate) async fn count<T: Record>(
    ctx: &Context<'_>,
    question: Question<T>,
) -> Result<Vec<Counted>, AccessError> {
    let caller = ctx.data_unchecked::<Caller>();
    let within = question.within.map(|code| subtree(&code)).transpose()?;
    let layout = Layout {
        place: question.place,
        by: question.by,
        level: question.level,
        within: within.unwrap_or(Interval::NATION),
    };
    let rows = Rows::<T::Entity>::of(caller);
    let cells = match (question.edition, question.filter) {
        (None, None) => rows.statistics(&layout).await?,
        (None, Some(filter)) => rows.filter(filter.filter()?).statistics(&layout).await?,
        (Some(edition), None) => rows.released(&layout, edition).await?,
        (Some(_), Some(_)) => {
            return Err(invalid(
                "`filter` is for records; what was published of a `year` can't be filtered",
            ));
        }
    };
    let divisions = divisions(caller, &cells, &selection(ctx)).await?;
    let mut totals: HashMap<i64, i64> = HashMap::new();
    for cell in &cells {
        *totals.entry(cell.division).or_default() += cell.count.unwrap_or_default();
    }
    let is_exact = question.edition.is_none();
    let counted = cells.into_iter().map(|cell| Counted {
        division: divisions.get(&cell.division).cloned(),
        share: cell
            .count
            .filter(|_| is_exact)
            .map(|count| share(count, totals[&cell.division])),
        cell,
    });
    Ok(counted.collect())
}

/// Which of the published counts a field's arguments ask for, if any.
pub(crate) fn edition(
    year: Option<i32>,
    project: Option<i64>,
) -> Result<Option<Edition>, AccessError> {
    match (year, project) {
        (Some(year), project) => Ok(Some(Edition { year, project })),
        (None, None) => Ok(None),
        (None, Some(_)) => Err(invalid(
            "`project` needs a `year` whose counts were published",
        )),
    }
}

/// To four digits behind the point, which tell one of thousands.
fn share(count: i64, total: i64) -> f64 {
    (count as f64 / total as f64 * 10_000.0).round() / 10_000.0
}

/// Whether a caller is told counts by this column: of records, or published ones.
pub(crate) fn is_counted<E: Resource>(
    caller: &Capabilities,
    place: access::Column<E>,
    by: access::Column<E>,
) -> bool {
    let of_records = caller.lists::<E>() && caller.compares::<E>(place) && caller.compares::<E>(by);
    of_records || caller.counts::<E>(place) && caller.counts::<E>(by)
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

/// A record type's statistics: what its records are told apart by, and a count of them.
macro_rules! statistics {
    (
        $(#[$doc:meta])*
        $count:ident of $record:ident($module:ident) at $place:ident,
        $(#[$by_doc:meta])*
        by $dimension:ident {
            $($(#[$term_doc:meta])* $variant:ident, $field:ident: $vocabulary:ty = $column:ident;)*
        }
    ) => {
        $(#[$by_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub(crate) enum $dimension {
            $(
                #[doc = "By this:"]
                $(#[$term_doc])*
                $variant,
            )*
        }

        impl $dimension {
            fn column(self) -> entity::$module::Column {
                match self {
                    $($dimension::$variant => entity::$module::Column::$column,)*
                }
            }
        }

        $(#[$doc])*
        pub(crate) struct $count {
            by: $dimension,
            counted: $crate::graph::statistics::Counted,
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $count {
            /// Division, of the level that was asked for; what belongs to a larger one as
            /// a whole counts there.
            async fn division(&self) -> Option<$crate::graph::division::Division> {
                self.counted.division.clone()
            }

            $(
                $(#[$term_doc])*
                #[doc = "Null where something else tells the records apart."]
                async fn $field(&self) -> async_graphql::Result<Option<$vocabulary>> {
                    self.counted.term(self.by == $dimension::$variant)
                }
            )*

            /// How many. Published counts of persons are rounded to a multiple of 5; null
            /// where the count is withheld, because it is 10 or less or tells such a one.
            async fn count(&self) -> Option<i64> {
                self.counted.cell.count
            }

            /// Whether the count is withheld.
            async fn is_withheld(&self) -> bool {
                self.counted.cell.count.is_none()
            }

            /// Their share of all that are counted in the division, from 0 to 1; null for
            /// published counts.
            async fn share(&self) -> Option<f64> {
                self.counted.share
            }
        }

        impl $count {
            /// What each of the fields and dimensions takes of a caller's rights.
            pub(crate) fn classify(schema: &mut $crate::graph::classification::Classification) {
                use entity::$module::{Column, Entity};

                let counted = $crate::graph::statistics::is_counted::<Entity>;
                let mut dimensions = schema.parts(
                    <$dimension as async_graphql::InputType>::type_name(),
                    |_| true,
                );
                for item in <$dimension as async_graphql::resolver_utils::EnumType>::items() {
                    let column = item.value.column();
                    dimensions = dimensions.add(item.name, move |caller| {
                        counted(caller, Column::$place, column)
                    });
                }
                schema
                    .parts(<$count as async_graphql::OutputType>::type_name(), |_| true)
                    $(.add($crate::graph::name::camel(stringify!($field)), move |caller| {
                        counted(caller, Column::$place, Column::$column)
                    }))*
                    .add("division", |_| true)
                    .add("count", |_| true)
                    .add("isWithheld", |_| true)
                    .add("share", |_| true);
            }

            /// Whether a caller is told what was published of them.
            pub(crate) fn is_published(caller: &access::Capabilities) -> bool {
                use entity::$module::{Column, Entity};

                let mut columns = [$(Column::$column),*].into_iter();
                caller.counts::<Entity>(Column::$place)
                    && columns.any(|column| caller.counts::<Entity>(column))
            }

            /// The counts that are not zero, by division and term.
            pub(crate) async fn of(
                ctx: &async_graphql::Context<'_>,
                level: entity::term::DivisionLevel,
                by: $dimension,
                within: Option<String>,
                filter: Option<<$record as $crate::graph::record::Record>::Filter>,
                edition: Option<access::Edition>,
            ) -> Result<Vec<$count>, access::AccessError> {
                use entity::$module::Column;

                let question = $crate::graph::statistics::Question::<$record> {
                    level,
                    within,
                    filter,
                    edition,
                    place: Column::$place,
                    by: by.column(),
                };
                let counts = $crate::graph::statistics::count(ctx, question).await?;
                Ok(counts.into_iter().map(|counted| $count { by, counted }).collect())
            }
        }
    };
}

pub(crate) use statistics;
