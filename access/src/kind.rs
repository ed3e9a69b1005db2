//! The kinds of records that the policy speaks of, and their columns.

use sea_orm::{EntityTrait, IdenStatic};

pub use entity::kind::{Changeable, Kind, Resource};
pub(crate) use entity::table::{ACTIVE, Shape, Table, TableColumn, VERSION};

/// The columns of an entity.
pub type Column<E> = <E as EntityTrait>::Column;

/// The index of a typed column in its table.
pub(crate) fn index<E: Resource>(column: E::Column) -> usize {
    E::KIND.table().index(column.as_str()).unwrap_or_default()
}
