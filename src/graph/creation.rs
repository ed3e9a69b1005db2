//! What making a record takes for every type, and the macro that spells out the mutation with
//! its input.

use async_graphql::MaybeUndefined;

/// What is left out where it may be.
pub(crate) fn given<V>(value: Option<V>) -> MaybeUndefined<V> {
    value.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value)
}

/// The mutation that makes a record of a type; what there is in it is told in
/// [`changes`](super::change::changes).
macro_rules! creation {
    (
        $creation:ident of $name:ident($module:ident) gives $payload:ident {
            $(#[$create_doc:meta])* $create:ident($create_input:ident);
            fixed {
                $(values { $($(#[$fv_doc:meta])* $fv:ident: $fv_type:ty = $fv_column:ident;)* })?
                $(links { $($(#[$fl_doc:meta])* $fl:ident: $fl_target:ident = $fl_column:ident;)* })?
                $(optional { $($(#[$fo_doc:meta])* $fo:ident: $fo_target:ident = $fo_column:ident;)* })?
            }
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
        $(#[$create_doc])*
        #[derive(async_graphql::InputObject)]
        pub(crate) struct $create_input {
            $($($(#[$fv_doc])* $fv: $fv_type,)*)?
            $($($(#[$fl_doc])* $fl: async_graphql::ID,)*)?
            $($($(#[$fo_doc])* $fo: Option<async_graphql::ID>,)*)?
            $($($(#[$nv_doc])* $nv: $nv_type,)*)?
            $($($(#[$nt_doc])* $nt: $nt_type,)*)?
            $($($(#[$nl_doc])* $nl: async_graphql::ID,)*)?
            $($($(#[$lv_doc])* $lv: Option<$lv_type>,)*)?
            $($($(#[$ov_doc])* $ov: Option<$ov_type>,)*)?
            $($($(#[$ot_doc])* $ot: Option<$ot_type>,)*)?
            $($($(#[$ol_doc])* $ol: Option<async_graphql::ID>,)*)?
        }

        impl $create_input {
            async fn run(
                self,
                ctx: &async_graphql::Context<'_>,
            ) -> Result<$payload, access::AccessError> {
                use async_graphql::MaybeUndefined::Value;
                use entity::$module::Column;

                let draft = $crate::graph::change::Draft::<$name>::new(ctx)
                    $($(.value(Column::$fv_column, Value(self.$fv)))*)?
                    $($(.link::<$fl_target>(Column::$fl_column, stringify!($fl), Value(self.$fl))?)*)?
                    $($(.link::<$fo_target>(
                        Column::$fo_column,
                        stringify!($fo),
                        $crate::graph::creation::given(self.$fo),
                    )?)*)?
                    $($(.value(Column::$nv_column, Value(self.$nv)))*)?
                    $($(.term(Column::$nt_column, Value(self.$nt)))*)?
                    $($(.link::<$nl_target>(Column::$nl_column, stringify!($nl), Value(self.$nl))?)*)?
                    $($(.value(Column::$lv_column, $crate::graph::creation::given(self.$lv)))*)?
                    $($(.value(Column::$ov_column, $crate::graph::creation::given(self.$ov)))*)?
                    $($(.term(Column::$ot_column, $crate::graph::creation::given(self.$ot)))*)?
                    $($(.link::<$ol_target>(
                        Column::$ol_column,
                        stringify!($ol),
                        $crate::graph::creation::given(self.$ol),
                    )?)*)?;
                draft.create().await.map($payload)
            }
        }

        #[derive(Default)]
        pub(crate) struct $creation;

        #[async_graphql::Object]
        impl $creation {
            $(#[$create_doc])*
            async fn $create(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "What the record is to hold.")] input: $create_input,
            ) -> Option<async_graphql::Result<$payload>> {
                Some(input.run(ctx).await.map_err($crate::graph::error::visible))
            }
        }

        impl $creation {
            /// What it takes of a caller's rights.
            pub(super) fn classify(schema: &mut $crate::graph::classification::Classification) {
                use async_graphql::InputType;
                use entity::$module::Column;

                let input = <$create_input as InputType>::type_name();
                schema.creation::<$name>(stringify!($create), input)
                    $($(.column(stringify!($fv), Column::$fv_column))*)?
                    $($(.column(stringify!($fl), Column::$fl_column))*)?
                    $($(.column(stringify!($fo), Column::$fo_column))*)?
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

pub(crate) use creation;
