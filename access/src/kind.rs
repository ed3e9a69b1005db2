//! The kinds of records that the policy speaks of, and their columns.

use std::sync::LazyLock;

use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable};

use crate::mask::Mask;

/// An entity whose rows a caller may read through [`Rows`](crate::Rows).
pub trait Resource: EntityTrait {
    /// The kind that the policy and the row rules know it by.
    const KIND: Kind;
}

/// An entity whose rows a caller may write through [`Change`](crate::Change). Its table
/// has the columns `version` and `active`.
pub trait Changeable: Resource {}

macro_rules! changeable {
    ($($module:ident),* $(,)?) => {
        $(impl Changeable for entity::$module::Entity {})*

        #[cfg(test)]
        const CHANGEABLE: &[Kind] = &[$(entity::$module::Entity::KIND,)*];
    };
}

changeable! {
    facility, person, staff_member, employment, program, stage, enrollment,
    partnership_project, partnership_activity,
}

/// The columns of an entity.
pub type Column<E> = <E as EntityTrait>::Column;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $module:ident = $name:literal,)*) => {
        /// A kind of record. Each has a row rule: adding one without a rule does
        /// not compile.
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

        $(impl Resource for entity::$module::Entity { const KIND: Kind = Kind::$kind; })*

        static TABLES: LazyLock<Vec<Table>> =
            LazyLock::new(|| vec![$(Table::of::<entity::$module::Entity>(),)*]);
    };
}

kinds! {
    /// A node of the administrative tree.
    Division: division = "division",
    /// A legal party.
    Organization: organization = "organization",
    /// A health facility.
    Facility: facility = "facility",
    /// A person.
    Person: person = "person",
    /// A person's professional record.
    StaffMember: staff_member = "staff_member",
    /// An employment, present or past.
    Employment: employment = "employment",
    /// A program that trains or places people.
    Program: program = "program",
    /// A stage of a program.
    Stage: stage = "stage",
    /// A person in a program.
    Enrollment: enrollment = "enrollment",
    /// A public-private partnership project.
    PartnershipProject: partnership_project = "partnership_project",
    /// An organization's part in a project.
    PartnershipParty: partnership_party = "partnership_party",
    /// A module of a project.
    PartnershipModule: partnership_module = "partnership_module",
    /// A facility that takes part in a project.
    PartnershipSite: partnership_site = "partnership_site",
    /// An activity of a project.
    PartnershipActivity: partnership_activity = "partnership_activity",
    /// Someone who may call.
    User: app_user = "user",
    /// A role that a user holds at a target.
    RoleBinding: role_binding = "role_binding",
    /// A line of the policy.
    PolicyRule: policy_rule = "policy_rule",
    /// An event of the audit trail.
    AuditEvent: audit_event = "audit_event",
}

impl Kind {
    /// The names of the kind's columns that the policy decides on: all but the key and
    /// the digests.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.decided().map(|(_, column)| column.name)
    }

    /// The same columns with their places in the table.
    pub(crate) fn decided(self) -> impl Iterator<Item = (usize, &'static TableColumn)> {
        let columns = self.table().columns.iter().enumerate().skip(1);
        columns.filter(|(_, column)| !column.name.ends_with(DIGEST))
    }

    pub(crate) fn named(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    pub(crate) fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }

    /// The column by which lists of this kind stand in their official order,
    /// before the key.
    pub(crate) fn default_order(self) -> Option<&'static str> {
        match self {
            Kind::Facility | Kind::StaffMember | Kind::Employment | Kind::PartnershipSite => {
                Some("administered_by")
            }
            Kind::Program | Kind::Stage | Kind::Enrollment | Kind::AuditEvent => {
                Some("division_id")
            }
            Kind::Division
            | Kind::Organization
            | Kind::Person
            | Kind::PartnershipProject
            | Kind::PartnershipParty
            | Kind::PartnershipModule
            | Kind::PartnershipActivity
            | Kind::User
            | Kind::RoleBinding
            | Kind::PolicyRule => None,
        }
    }
}

/// How the name of the column ends that holds the digest of another, by which that one
/// is found: `phone_digest`. No caller reads it.
const DIGEST: &str = "_digest";

/// The columns of what callers write, which none of them sets: how often it has been
/// written, and whether it is in use.
pub(crate) const VERSION: &str = "version";
pub(crate) const ACTIVE: &str = "active";

/// What the reader needs to know of a kind's table. The key is column 0.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<TableColumn>,
}

pub(crate) struct TableColumn {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
    /// How it is masked, where it holds something personal.
    pub(crate) mask: Option<Mask>,
}

/// How a column's values are read and bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
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
    fn of<E: Resource>() -> Table {
        let columns = E::Column::iter()
            .map(|column| {
                let definition = column.def();
                TableColumn {
                    name: column.as_str(),
                    nullable: definition.is_null(),
                    shape: Shape::of(definition.get_column_type()),
                    mask: Mask::of(E::KIND, column.as_str()),
                }
            })
            .collect();
        Table {
            name: E::default().table_name(),
            columns,
        }
    }

    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The sealed columns, each with its name in full and the place of its digest.
    pub(crate) fn sealed(&self) -> impl Iterator<Item = (usize, String, usize)> {
        let columns = self.columns.iter().enumerate();
        let sealed = columns.filter(|(_, column)| column.shape == Shape::Sealed);
        sealed.filter_map(|(place, column)| {
            let digest = self.index(&format!("{}{DIGEST}", column.name))?;
            Some((place, self.full_name(place), digest))
        })
    }

    /// The column's name with its table's, to which what is sealed in it is bound.
    pub(crate) fn full_name(&self, column: usize) -> String {
        format!("{}.{}", self.name, self.columns[column].name)
    }
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

/// The index of a typed column in its table.
pub(crate) fn index<E: Resource>(column: E::Column) -> usize {
    E::KIND.table().index(column.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_written_has_a_version() {
        for kind in Kind::ALL {
            let has = |name| kind.table().index(name).is_some();
            let expected = CHANGEABLE.contains(kind);
            assert_eq!(has(VERSION), expected, "{}", kind.name());
            assert_eq!(
                has(ACTIVE) && *kind != Kind::User,
                expected,
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
        assert_eq!(sealed, 3);
    }
}
