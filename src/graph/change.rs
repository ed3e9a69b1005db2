//! What changes of every record type have in common, and the macro that spells out a
//! type's mutations with their inputs.

use access::{AccessError, Caller, Change, Changeable, Datum, Rows, Term};
use async_graphql::{Context, ID, InputObject, MaybeUndefined};

use super::{
    administration::origin,
    error::{Gated, gated, invalid},
    id,
    member::Member,
    name::camel,
    reason::reason,
    record::{Column, Record},
    selection::Selection,
};

/// Which record is to be taken out of use, and why.
#[derive(InputObject)]
pub(crate) struct DeactivateInput {
    /// Global id of the record.
    pub(crate) id: ID,
    /// Version of the record that this is based on.
    pub(crate) version: i32,
    /// Why, in 4 to 500 characters; auditors read it.
    pub(crate) reason: String,
}

/// A change that an input describes, field by field.
pub(crate) struct Draft<T: Record>(Change<T::Entity>)
where
    T::Entity: Changeable;

impl<T: Record> Draft<T>
where
    T::Entity: Changeable,
{
    pub(crate) fn new(ctx: &Context<'_>) -> Draft<T> {
        Draft(Change::by(ctx.data_unchecked::<Caller>(), &origin(ctx)))
    }

    /// With a field's value.
    pub(crate) fn value<V: Into<Datum>>(
        self,
        column: Column<T>,
        given: MaybeUndefined<V>,
    ) -> Draft<T> {
        self.datum(column, given.map_value(Into::into))
    }

    /// With a field's term.
    pub(crate) fn term<V: Term>(self, column: Column<T>, given: MaybeUndefined<V>) -> Draft<T> {
        self.datum(column, given.map_value(Datum::of_term))
    }

    /// With the record that a field names.
    pub(crate) fn link<R: Record>(
        self,
        column: Column<T>,
        field: &str,
        given: MaybeUndefined<ID>,
    ) -> Result<Draft<T>, AccessError> {
        let key = |id: ID| id::named_key_of(R::NAME, &camel(field), &id);
        Ok(match given {
            MaybeUndefined::Undefined => self,
            MaybeUndefined::Null => self.datum(column, MaybeUndefined::Null),
            MaybeUndefined::Value(id) => self.value(column, MaybeUndefined::Value(key(id)?)),
        })
    }

    fn datum(self, column: Column<T>, given: MaybeUndefined<Datum>) -> Draft<T> {
        match given {
            MaybeUndefined::Undefined => self,
            MaybeUndefined::Null => Draft(self.0.set(column, None)),
            MaybeUndefined::Value(value) => Draft(self.0.set(column, Some(value))),
        }
    }

    pub(crate) async fn create(self) -> Result<i64, AccessError> {
        self.0.create().await
    }

    pub(crate) async fn update(self, id: &ID, version: i32) -> Result<i64, AccessError> {
        let key = id::key_of(T::NAME, id)?;
        self.0.update(key, version).await?;
        Ok(key)
    }

    pub(crate) async fn deactivate(self, input: DeactivateInput) -> Result<i64, AccessError> {
        let key = id::key_of(T::NAME, &input.id)?;
        let reason = reason("reason", &input.reason)?;
        self.0.deactivate(key, input.version, &reason).await?;
        Ok(key)
    }
}

/// What may not be empty.
pub(crate) fn needed<V>(
    field: &str,
    given: MaybeUndefined<V>,
) -> Result<MaybeUndefined<V>, AccessError> {
    match given {
        MaybeUndefined::Null => Err(invalid(format!(
            "`{}` can't be emptied: leave it out or give a value",
            camel(field)
        ))),
        given => Ok(given),
    }
}

/// The record that was written, as the caller may see it.
pub(crate) async fn written<T: Record>(ctx: &Context<'_>, key: i64) -> Gated<T> {
    opened(ctx, ctx.data_unchecked::<Caller>(), key).await
}

/// The record with this key, as the caller may see it.
pub(crate) async fn opened<T: Record>(ctx: &Context<'_>, caller: &Caller, key: i64) -> Gated<T> {
    let rows = Selection::<T>::of(ctx).of_rows(Rows::of(caller));
    let mut opened = match rows.open(&[key]).await {
        Ok(opened) => opened,
        Err(error) => return gated(Err(error)),
    };
    let record = opened.remove(&key);
    gated(Ok(record.map(|row| T::of(Member::single(caller, row)))))
}

/// A record type's mutations: what changes a record, what takes one out of use and, for
/// most, what makes one. What is needed is given for each record that is made and is never
/// emptied; what comes later may be left out then, and is never emptied either; what is fixed
/// is given then and not changed afterwards.
macro_rules! changes {
    (
        $changes:ident of $name:ident($module:ident) gives $payload:ident { $field:ident } {
            $(#[$update_doc:meta])* $update:ident($update_input:ident);
            $(#[$deactivate_doc:meta])* $deactivate:ident;
        }
        $(needed { $($needed:tt)* })?
        $(later { $($later:tt)* })?
        $(optional { $($optional:tt)* })?
        made by $creation:ident {
            $(#[$create_doc:meta])* $create:ident($create_input:ident);
            $(fixed { $($fixed:tt)* })?
        }
    ) => {
        $crate::graph::change::changes! {
            $changes of $name($module) gives $payload { $field } {
                $(#[$update_doc])* $update($update_input);
                $(#[$deactivate_doc])* $deactivate;
            }
            needed { $($($needed)*)? }
            $(later { $($later)* })?
            optional { $($($optional)*)? }
        }
        $crate::graph::creation::creation! {
            $creation of $name($module) gives $payload {
                $(#[$create_doc])* $create($create_input);
                fixed { $($($fixed)*)? }
            }
            needed { $($($needed)*)? }
            $(later { $($later)* })?
            optional { $($($optional)*)? }
        }
    };
    (
        $changes:ident of $name:ident($module:ident) gives $payload:ident { $field:ident } {
            $(#[$update_doc:meta])* $update:ident($update_input:ident);
            $(#[$deactivate_doc:meta])* $deactivate:ident;
        }
        needed {
            $(values { $($(#[$nv_doc:meta])* $nv:ident: $nv_type:ty = $nv_column:ident;)* })?
            $(terms { $($(#[$nt_doc:meta])* $nt:ident: $nt_type:ty = $nt_column:ident;)* })?
            $(links { $($(#[$nl_doc:meta])* $nl:ident: $nl_target:ident = $nl_column:ident;)* })?
        }
        $(later {
            values { $($(#[$lv_doc:meta])* $lv:ident: $lv_type:ty = $lv_column:ident;)* }
        })?
        optional {
            $(values { $($(#[$ov_doc:meta])* $ov:ident: $ov_type:ty = $ov_column:ident;)* })?
            $(terms { $($(#[$ot_doc:meta])* $ot:ident: $ot_type:ty = $ot_column:ident;)* })?
            $(links { $($(#[$ol_doc:meta])* $ol:ident: $ol_target:ident = $ol_column:ident;)* })?
        }
    ) => {
        $(#[$update_doc])*
        #[derive(async_graphql::InputObject)]
        pub(crate) struct $update_input {
            /// Global id of the record.
            id: async_graphql::ID,
            /// Version of the record that the change is based on.
            version: i32,
            $($($(#[$nv_doc])* $nv: async_graphql::MaybeUndefined<$nv_type>,)*)?
            $($($(#[$nt_doc])* $nt: async_graphql::MaybeUndefined<$nt_type>,)*)?
            $($($(#[$nl_doc])* $nl: async_graphql::MaybeUndefined<async_graphql::ID>,)*)?
            $($($(#[$lv_doc])* $lv: async_graphql::MaybeUndefined<$lv_type>,)*)?
            $($($(#[$ov_doc])* $ov: async_graphql::MaybeUndefined<$ov_type>,)*)?
            $($($(#[$ot_doc])* $ot: async_graphql::MaybeUndefined<$ot_type>,)*)?
            $($($(#[$ol_doc])* $ol: async_graphql::MaybeUndefined<async_graphql::ID>,)*)?
        }

        /// What was written.
        pub(crate) struct $payload(i64);

        /// What was written.
        #[async_graphql::Object]
        impl $payload {
            /// The record as it is now; null where it is no more the caller's to open.
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> $crate::graph::error::Gated<$name> {
                $crate::graph::change::written(ctx, self.0).await
            }
        }

        impl $update_input {
            async fn run(
                self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<$payload, access::AccessError> {
                use entity::$module::Column;

                let draft = $crate::graph::change::Draft::<$name>::new(ctx)
                    $($(.value(
                        Column::$nv_column,
                        $crate::graph::change::needed(stringify!($nv), self.$nv)?,
                    ))*)?
                    $($(.term(
                        Column::$nt_column,
                        $crate::graph::change::needed(stringify!($nt), self.$nt)?,
                    ))*)?
                    $($(.link::<$nl_target>(
                        Column::$nl_column,
                        stringify!($nl),
                        $crate::graph::change::needed(stringify!($nl), self.$nl)?,
                    )?)*)?
                    $($(.value(
                        Column::$lv_column,
                        $crate::graph::change::needed(stringify!($lv), self.$lv)?,
                    ))*)?
                    $($(.value(Column::$ov_column, self.$ov))*)?
                    $($(.term(Column::$ot_column, self.$ot))*)?
                    $($(.link::<$ol_target>(Column::$ol_column, stringify!($ol), self.$ol)?)*)?;
                draft.update(&self.id, self.version).await.map($payload)
            }
        }

        #[derive(Default)]
        pub(crate) struct $changes;

        #[async_graphql::Object]
        impl $changes {
            $(#[$update_doc])*
            async fn $update(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "What is to change; fields that are left out stay as they are.")]
                input: $update_input,
            ) -> Option<async_graphql::Result<$payload>> {
                Some(input.run(ctx).await.map_err($crate::graph::error::visible))
            }

            $(#[$deactivate_doc])*
            async fn $deactivate(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Which record, and why.")]
                input: $crate::graph::change::DeactivateInput,
            ) -> Option<async_graphql::Result<$payload>> {
                let key = $crate::graph::change::Draft::<$name>::new(ctx).deactivate(input).await;
                Some(key.map($payload).map_err($crate::graph::error::visible))
            }
        }

        impl $changes {
            /// What each of them takes of a caller's rights.
            pub(super) fn classify(schema: &mut $crate::graph::classification::Classification) {
                use async_graphql::InputType;
                use entity::$module::Column;

                schema.changes::<$name>(stringify!($update), stringify!($deactivate));
                schema.plain::<$payload>();
                schema.update::<$name>(<$update_input as InputType>::type_name())
                    $($(.column(stringify!($nv), Column::$nv_column))*)?
                    $($(.column(stringify!($nt), Column::$nt_column))*)?
                    $($(.column(stringify!($nl), Column::$nl_column))*)?
                    $($(.column(stringify!($lv), Column::$lv_column))*)?
                    $($(.column(stringify!($ov), Column::$ov_column))*)?
                    $($(.column(stringify!($ot), Column::$ot_column))*)?
                    $($(.column(stringify!($ol), Column::$ol_column))*)?;
            }
        }
    };
}

pub(crate) use changes;
