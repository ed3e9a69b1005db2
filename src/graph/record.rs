//! What every record type of the schema has in common, and the macros that
//! spell out a type's fields, filter and order.

use access::{AccessError, Caller, Filter, Order, Resource, Rows};
use async_graphql::{Context, InputType, OutputType, resolver_utils::EnumType};

use super::{classification::Classification, connection::Paging, member::Member};

/// A type of the schema that stands for rows of an entity.
pub(crate) trait Record: OutputType + Sized + 'static {
    /// The entity.
    type Entity: Resource;
    /// Conditions on lists of this type.
    type Filter: Conditions<Entity = Self::Entity> + InputType;
    /// Orders of lists of this type.
    type Order: Into<Order<Column<Self>>> + InputType + EnumType;
    /// The type's name, which global ids begin with.
    const NAME: &'static str;
    /// The fields that show a value or a reference, each with the column behind it.
    const FIELDS: &'static [(&'static str, Column<Self>)];
    /// The fields that show a reference, each with what brings along columns of the
    /// record that it refers to.
    const REFERENCES: &'static [(&'static str, Bring<Self>)];

    /// The columns that fields need besides those behind them, by their names.
    const NEEDS: &'static [(&'static str, &'static [&'static str])];

    /// The record of a row.
    fn of(member: Member<Self::Entity>) -> Self;

    /// What each of the fields takes of a caller's rights.
    fn classify(schema: &mut Classification);
}

/// A column of a record's entity.
pub(crate) type Column<T> = access::Column<<T as Record>::Entity>;

/// Has a reading bring along these columns of what its rows refer to.
pub(crate) type Bring<T> =
    fn(Rows<<T as Record>::Entity>, &[String]) -> Rows<<T as Record>::Entity>;

/// A filter of the schema.
pub(crate) trait Conditions {
    /// The entity that it is about.
    type Entity: Resource;

    /// The same for the door.
    fn filter(self) -> Result<Filter<Self::Entity>, AccessError>;

    /// What each of the conditions takes of a caller's rights.
    fn classify(schema: &mut Classification);
}

/// The list that a field's arguments ask for.
pub(crate) fn list<T: Record>(
    ctx: &Context<'_>,
    filter: Option<T::Filter>,
    order: Option<T::Order>,
    paging: Paging,
) -> Result<(Rows<T::Entity>, Paging), AccessError> {
    let mut rows = Rows::of(ctx.data_unchecked::<Caller>());
    if let Some(filter) = filter {
        rows = rows.filter(filter.filter()?);
    }
    if let Some(order) = order {
        rows = rows.order(order.into());
    }
    Ok((rows, paging.checked()?))
}

/// A record type: its columns, what is kept of each that is written, its terms, the records
/// that it refers to, the lists of records that refer to it and, with the columns behind
/// them, further fields. What it has nothing of is left out.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident($module:ident, $filter:ident, $order:ident) {
            $(columns { $($(#[$column_doc:meta])* $column:ident: $type:ty = $source:ident;)* })?
            $(kept { $version:ident $active:ident })?
            $(terms { $($(#[$term_doc:meta])* $term:ident: $vocabulary:ty = $term_source:ident;)* })?
            $(one { $($(#[$one_doc:meta])* $one:ident: $target:ident = $reference:ident;)* })?
            $(many { $($(#[$many_doc:meta])* $many:ident: $listed:ident = $other:ident $link:ident;)* })?
        }
        $(also $($also_field:ident = $also_source:ident $(with [$($also_needs:ident)+])?),+ { $($also:tt)* })?
    ) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $name(pub(super) $crate::graph::member::Member<entity::$module::Entity>);

        impl $crate::graph::record::Record for $name {
            type Entity = entity::$module::Entity;
            type Filter = $filter;
            type Order = $order;
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [(&'static str, entity::$module::Column)] = &[
                $($((stringify!($column), entity::$module::Column::$source),)*)?
                $((stringify!($version), <entity::$module::Entity as access::Changeable>::KEPT[0]),)?
                $((stringify!($active), <entity::$module::Entity as access::Changeable>::KEPT[1]),)?
                $($((stringify!($term), entity::$module::Column::$term_source),)*)?
                $($((stringify!($one), entity::$module::Column::$reference),)*)?
                $($((stringify!($also_field), entity::$module::Column::$also_source),)+)?
            ];
            const REFERENCES: &'static [(&'static str, $crate::graph::record::Bring<Self>)] = &[
                $($((stringify!($one), |rows, columns| {
                    rows.with::<<$target as $crate::graph::record::Record>::Entity>(
                        entity::$module::Column::$reference,
                        columns.iter().map(String::as_str),
                    )
                }),)*)?
            ];

            const NEEDS: &'static [(&'static str, &'static [&'static str])] = &[
                $($($((stringify!($also_field), &[$(stringify!($also_needs),)+]),)?)+)?
            ];

            fn of(member: $crate::graph::member::Member<Self::Entity>) -> Self {
                $name(member)
            }

            fn classify(schema: &mut $crate::graph::classification::Classification) {
                use entity::$module::Column;

                schema.record::<Self>()
                    $($(.column(stringify!($column), Column::$source))*)?
                    $(.column(stringify!($version), <entity::$module::Entity as access::Changeable>::KEPT[0])
                    .column(stringify!($active), <entity::$module::Entity as access::Changeable>::KEPT[1]))?
                    $($(.term::<$vocabulary>(stringify!($term), Column::$term_source))*)?
                    $($(.one::<$target>(stringify!($one), Column::$reference))*)?
                    $($(.many::<$listed>(stringify!($many), entity::$other::Column::$link))*)?
                    $($(.column(stringify!($also_field), Column::$also_source))+)?;
            }
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            /// Global id, for `node` and as a key of client caches.
            pub(crate) async fn id(&self) -> async_graphql::ID {
                $crate::graph::id::encode(stringify!($name), self.0.key())
            }

            $($($(#[$column_doc])*
            async fn $column(&self) -> $crate::graph::error::Gated<$type> {
                self.0.value(entity::$module::Column::$source)
            })*)?

            $(
            /// How often it has been written; a change names the version that it is based on.
            async fn $version(&self) -> $crate::graph::error::Gated<i32> {
                self.0.value(<entity::$module::Entity as access::Changeable>::KEPT[0])
            }

            /// Whether it is in use; what is not stays as it is.
            async fn $active(&self) -> $crate::graph::error::Gated<bool> {
                self.0.value(<entity::$module::Entity as access::Changeable>::KEPT[1])
            }
            )?

            $($($(#[$term_doc])*
            async fn $term(&self) -> $crate::graph::error::Gated<$vocabulary> {
                self.0.with(|row| row.term(entity::$module::Column::$term_source))
            })*)?

            $($($(#[$one_doc])*
            async fn $one(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> $crate::graph::error::Gated<$target> {
                self.0.one(ctx, entity::$module::Column::$reference).await
            })*)?

            $($($(#[$many_doc])*
            #[allow(clippy::too_many_arguments, reason = "the arguments of the GraphQL field")]
            #[graphql(complexity = "crate::graph::connection::weight(first, last, child_complexity)")]
            async fn $many(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Only records that meet these conditions.")]
                filter: Option<<$listed as $crate::graph::record::Record>::Filter>,
                #[graphql(desc = "Order of the list; the official order by default.")]
                order_by: Option<<$listed as $crate::graph::record::Record>::Order>,
                #[graphql(desc = "The first so many records, 0 to 200; 20 by default.")]
                first: Option<i32>,
                #[graphql(desc = "Only records behind the one with this cursor.")]
                after: Option<String>,
                #[graphql(desc = "The last so many records, 0 to 200.")]
                last: Option<i32>,
                #[graphql(desc = "Only records before the one with this cursor.")]
                before: Option<String>,
            ) -> $crate::graph::error::Gated<$crate::graph::connection::Connection<$listed>> {
                let paging = $crate::graph::connection::Paging { first, after, last, before };
                let list = $crate::graph::record::list::<$listed>(ctx, filter, order_by, paging);
                self.0.many(ctx, entity::$other::Column::$link, list).await
            })*)?

            $($($also)*)?
        }
    };
}

/// A record type's filter: conditions on its columns, on being in use, on the record that
/// a column refers to, on the records that refer to it and, with the columns behind
/// them, further ones. What it has nothing of is left out.
macro_rules! filter {
    (
        $(#[$doc:meta])*
        $name:ident for $record:ident($module:ident) {
            $(values { $($(#[$value_doc:meta])* $value:ident: $type:ty = $column:ident;)* })?
            $(kept { $active:ident })?
            $(one { $($(#[$one_doc:meta])* $one:ident: $target:ident = $reference:ident;)* })?
            $(many { $($(#[$many_doc:meta])* $many:ident: $listed:ident = $other:ident $link:ident;)* })?
            $(also { $($(#[$also_doc:meta])* $also:ident: $also_type:ident = $also_filter:ident($($also_column:ident),+);)* })?
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default, async_graphql::InputObject)]
        pub(crate) struct $name {
            /// All of these hold.
            and: Option<Vec<$name>>,
            /// At least one of these holds.
            or: Option<Vec<$name>>,
            /// This does surely not hold. A value that is absent, or that you may
            /// not read, meets neither a condition nor its opposite.
            not: Option<Box<$name>>,
            /// Global id.
            id: Option<$crate::graph::condition::IdFilter>,
            $($($(#[$value_doc])* $value: Option<$type>,)*)?
            $(
            /// Whether it is in use.
            $active: Option<$crate::graph::value::BooleanFilter>,
            )?
            $($($(#[$one_doc])* $one: Option<Box<$target>>,)*)?
            $($($(#[$many_doc])* $many: Option<Box<$crate::graph::condition::Related<$listed>>>,)*)?
            $($($(#[$also_doc])* $also: Option<$also_type>,)*)?
        }

        impl $crate::graph::record::Conditions for $name {
            type Entity = entity::$module::Entity;

            fn filter(self) -> Result<access::Filter<Self::Entity>, access::AccessError> {
                use entity::$module::Column;

                let mut met = $crate::graph::condition::Met::new();
                met.and(self.and)?;
                met.or(self.or)?;
                met.not(self.not)?;
                met.id(Column::Id, stringify!($record), self.id)?;
                $($(met.value(Column::$column, self.$value)?;)*)?
                $(met.value(<entity::$module::Entity as access::Changeable>::KEPT[1], self.$active)?;)?
                $($(met.one(Column::$reference, self.$one)?;)*)?
                $($(met.many(entity::$other::Column::$link, self.$many)?;)*)?
                $($(met.also(self.$also.map($also_filter))?;)*)?
                Ok(met.all())
            }

            fn classify(schema: &mut $crate::graph::classification::Classification) {
                use entity::$module::Column;

                schema.filter::<Self>()
                    $($(.value::<$type>(stringify!($value), Column::$column))*)?
                    $(.value::<$crate::graph::value::BooleanFilter>(
                        stringify!($active),
                        <entity::$module::Entity as access::Changeable>::KEPT[1],
                    ))?
                    $($(.one::<$target>(stringify!($one), Column::$reference))*)?
                    $($(.many::<$listed>(stringify!($many), entity::$other::Column::$link))*)?
                    $($(.also(stringify!($also), &[$(Column::$also_column),+]))*)?;
            }
        }
    };
}

/// A record type's orders.
macro_rules! order {
    (
        $(#[$doc:meta])*
        $name:ident for $module:ident {
            $($(#[$asc_doc:meta])* $rising:ident $falling:ident = $column:ident;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub(crate) enum $name {
            /// The official order: by division where the type has one and you may
            /// read it, then by key.
            OfficialAsc,
            /// The official order from the end.
            OfficialDesc,
            $(
                $(#[$asc_doc])*
                #[doc = " From least to greatest; absent values last."]
                $rising,
                $(#[$asc_doc])*
                #[doc = " From greatest to least; absent values first."]
                $falling,
            )*
        }

        impl From<$name> for access::Order<entity::$module::Column> {
            fn from(order: $name) -> Self {
                let (column, descending) = match order {
                    $name::OfficialAsc => (None, false),
                    $name::OfficialDesc => (None, true),
                    $($name::$rising => (Some(entity::$module::Column::$column), false),
                    $name::$falling => (Some(entity::$module::Column::$column), true),)*
                };
                access::Order { column, descending }
            }
        }
    };
}

pub(crate) use {filter, order, record};
