//! Tables as who reads and writes them by name needs to know them.

use std::ops::RangeInclusive;

use sea_orm::{ColumnTrait, ColumnType, IdenStatic, Iterable};

use crate::{facts::Tie, kind::Resource, link::Link, mask::Mask};

/// How the name of the column ends that holds the digest of another, by which that one
/// is found: `phone_digest`. No caller reads it.
pub(crate) const DIGEST: &str = "_digest";

/// The columns of what callers write, which none of them sets: how often it has been
/// written, and whether it is in use.
pub const VERSION: &str = "version";
/// See [`VERSION`].
pub const ACTIVE: &str = "active";

/// A kind's table with its [`Facts`](crate::facts::Facts). The key is column 0.
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<TableColumn>,
    pub ties: &'static [Tie],
    pub links: &'static [Link],
    pub periods: &'static [(&'static str, &'static str)],
    pub numbers: &'static [(&'static str, RangeInclusive<i64>)],
}

pub struct TableColumn {
    pub name: &'static str,
    pub shape: Shape,
    pub nullable: bool,
    /// How it is masked, where it holds something personal.
    pub mask: Option<Mask>,
}

/// How a column's values are read and bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    BigInteger,
    Integer,
    Text,
    Boolean,
    Date,
    Instant,
    /// A text that is sealed in the database.
    Sealed,
}

impl Table {
    pub(crate) fn of<E: Resource>() -> Table {
        let columns = E::Column::iter()
            .map(|column| {
                let definition = column.def();
                TableColumn {
                    name: column.as_str(),
                    nullable: definition.is_null(),
                    shape: Shape::of(definition.get_column_type()),
                    mask: mask_of::<E>(column.as_str()),
                }
            })
            .collect();
        Table {
            name: E::default().table_name(),
            columns,
            ties: E::TIES,
            links: E::LINKS,
            periods: E::PERIODS,
            numbers: E::NUMBERS,
        }
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The sealed columns, each with its name in full and the place of its digest.
    pub fn sealed(&self) -> impl Iterator<Item = (usize, String, usize)> {
        let columns = self.columns.iter().enumerate();
        let sealed = columns.filter(|(_, column)| column.shape == Shape::Sealed);
        sealed.filter_map(|(place, column)| {
            let digest = self.index(&format!("{}{DIGEST}", column.name))?;
            Some((place, self.full_name(place), digest))
        })
    }

    /// The column's name with its table's, to which what is sealed in it is bound.
    pub fn full_name(&self, column: usize) -> String {
        format!("{}.{}", self.name, self.columns[column].name)
    }
}

fn mask_of<E: Resource>(column: &str) -> Option<Mask> {
    let mut masks = E::MASKS.iter();
    masks
        .find(|(name, _)| *name == column)
        .map(|(_, mask)| *mask)
}

impl Shape {
    fn of(column_type: &ColumnType) -> Shape {
        match column_type {
            ColumnType::BigInteger => Shape::BigInteger,
            ColumnType::Integer => Shape::Integer,
            ColumnType::Boolean => Shape::Boolean,
            ColumnType::Date => Shape::Date,
            ColumnType::TimestampWithTimeZone => Shape::Instant,
            ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => Shape::Sealed,
            _ => Shape::Text,
        }
    }
}
