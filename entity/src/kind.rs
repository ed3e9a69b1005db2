//! The kinds of records that the policy speaks of.

use std::sync::LazyLock;

use sea_orm::EntityTrait;

use crate::{
    facts::{Facts, Tie},
    table::{DIGEST, Table, TableColumn, VERSION},
};

/// An entity whose rows callers may read. Nothing else is a resource: what is secret has no
/// kind.
pub trait Resource: EntityTrait + Facts {
    /// The kind that the policy and the row rules know it by.
    const KIND: Kind;
}

/// An entity whose rows callers may write.
pub trait Changeable: Resource {
    /// The columns that none of them sets: `version`, how often it has been written, and
    /// `active`, whether it is in use.
    const KEPT: [Self::Column; 2];
}

macro_rules! enumerate {
    ($($(#[$doc:meta])* $kind:ident: $module:ident = $name:literal,)*) => {
        /// A kind of record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// The kind's name in the policy, behind `res:`.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }
        }

        $(impl Resource for crate::$module::Entity { const KIND: Kind = Kind::$kind; })*

        static TABLES: LazyLock<Vec<Table>> =
            LazyLock::new(|| vec![$(Table::of::<crate::$module::Entity>(),)*]);
    };
}

kinds!(enumerate);

impl Kind {
    /// The names of the kind's columns that the policy decides on: all but the key and
    /// the digests.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.decided().map(|(_, column)| column.name)
    }

    /// The same columns with their places in the table.
    pub fn decided(self) -> impl Iterator<Item = (usize, &'static TableColumn)> {
        let columns = self.table().columns.iter().enumerate().skip(1);
        columns.filter(|(_, column)| !column.name.ends_with(DIGEST))
    }

    /// The kind of this name in the policy.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind's table.
    pub fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }

    /// Whether callers write such records.
    pub fn is_written(self) -> bool {
        self.table().index(VERSION).is_some()
    }

    /// The column with the division that holds the record. By it lists stand in their
    /// official order, before the key.
    pub fn division(self) -> Option<&'static str> {
        self.table().ties.iter().find_map(|tie| match tie {
            Tie::Division(column) => Some(*column),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{ACTIVE, Shape};

    #[test]
    fn what_has_a_version_may_go_out_of_use() {
        for kind in Kind::ALL {
            let is_kept = kind.table().index(ACTIVE).is_some();
            assert_eq!(
                kind.is_written() || *kind == Kind::User,
                is_kept,
                "{}",
                kind.name()
            );
        }
    }

    #[test]
    fn each_sealed_column_has_a_digest() {
        let mut sealed = 0;
        for table in Kind::ALL.iter().map(|kind| kind.table()) {
            let columns = table.columns.iter();
            let shapes = columns.filter(|column| column.shape == Shape::Sealed);
            assert_eq!(shapes.count(), table.sealed().count(), "{}", table.name);
            sealed += table.sealed().count();
        }
        assert_eq!(sealed, 4);
    }

    #[test]
    fn facts_are_about_columns_that_are_there() {
        for kind in Kind::ALL {
            let table = kind.table();
            let links = table.links.iter().flat_map(|link| {
                let own = link.copies.iter().chain(link.fixed).chain(link.defaults);
                own.map(|(own, _)| *own).chain([link.column])
            });
            let periods = table
                .periods
                .iter()
                .flat_map(|(from, until)| [*from, *until]);
            let numbers = table.numbers.iter().map(|(column, _)| *column);
            let ties = table.ties.iter().map(|tie| tie.column());
            for column in links.chain(periods).chain(numbers).chain(ties) {
                assert!(table.index(column).is_some(), "{}.{column}", table.name);
            }
        }
    }
}
