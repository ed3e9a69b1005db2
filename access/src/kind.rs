//! The kinds of records that the policy speaks of, and their columns.

use std::sync::LazyLock;

use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable};

/// An entity whose rows a caller may read through [`Rows`](crate::Rows).
pub trait Resource: EntityTrait {
    /// The kind that the policy and the row rules know it by.
    const KIND: Kind;
}

/// The columns of an entity.
pub type Column<E> = <E as EntityTrait>::Column;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $module:ident = $name:literal,)*) => {
        /// A kind of record. Each has a row rule: adding one without a rule does
        /// not compile.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
}

impl Kind {
    /// The names of the kind's columns that the policy decides on: all but the key.
    pub fn columns(self) -> impl Iterator<Item = &'static str> {
        self.table()
            .columns
            .iter()
            .skip(1)
            .map(|column| column.name)
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
            Kind::Program | Kind::Stage | Kind::Enrollment => Some("division_id"),
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

/// What the reader needs to know of a kind's table. The key is column 0.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<TableColumn>,
}

pub(crate) struct TableColumn {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
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
}

impl Table {
    fn of<E: EntityTrait>() -> Table {
        let columns = E::Column::iter()
            .map(|column| {
                let definition = column.def();
                TableColumn {
                    name: column.as_str(),
                    nullable: definition.is_null(),
                    shape: Shape::of(definition.get_column_type()),
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
}

impl Shape {
    fn of(column_type: &ColumnType) -> Shape {
        match column_type {
            ColumnType::BigInteger => Shape::BigInteger,
            ColumnType::Integer => Shape::Integer,
            ColumnType::Boolean => Shape::Boolean,
            ColumnType::Date => Shape::Date,
            ColumnType::TimestampWithTimeZone => Shape::Instant,
            _ => Shape::Text,
        }
    }
}

/// The index of a typed column in its table.
pub(crate) fn index<E: Resource>(column: E::Column) -> usize {
    E::KIND.table().index(column.as_str()).unwrap_or_default()
}
