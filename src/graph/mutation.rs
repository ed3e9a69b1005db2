//! The root of all mutations.

use async_graphql::{InputType, MergedObject};

use super::{change::DeactivateInput, classification::Classification, reveal::Reveal};

/// The name of its type.
pub(super) const MUTATION: &str = "Mutation";

macro_rules! mutations {
    ({
        $($record:ident($module:ident) {
            $(one { $($one:tt)* })?
            $(many { $($many:tt)* })?
            $(changes { $($part:ident),+ })?
        })*
    }) => {
        $($(
            // Of one long list the compiler would have to look deeper with each part.
            mod $module {
                use crate::graph::$module::*;

                /// A type's own.
                #[derive(async_graphql::MergedObject, Default)]
                #[graphql(name_type)]
                pub(crate) struct Changes($($part),+);

                impl async_graphql::TypeName for Changes {
                    fn type_name() -> std::borrow::Cow<'static, str> {
                        concat!(stringify!($record), "Changes_").into()
                    }
                }
            }
        )?)*

        /// The root of all mutations.
        #[derive(MergedObject, Default)]
        pub(crate) struct Mutation(
            Reveal,
            $($(changes!($module $($part)+),)?)*
        );

        /// What each of the mutations takes of a caller's rights.
        pub(super) fn classify(schema: &mut Classification) {
            schema.whole(<DeactivateInput as InputType>::type_name(), |_| true);
            Reveal::classify(schema);
            $($($(super::$module::$part::classify(schema);)+)?)*
        }
    };
}

/// The parts of a type that has any.
macro_rules! changes {
    ($module:ident $($part:ident)+) => {
        $module::Changes
    };
}

records!(mutations);
