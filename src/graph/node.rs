//! `node` and `nodes`: any record by its global id.

use std::collections::HashMap;

use access::{AccessError, Caller, Kind, Resource, Rows};
use async_graphql::{Context, ID, Interface};

use super::{
    classification::Classification,
    id,
    member::Siblings,
    readable::{self, ReadableType},
    record::Record,
    selection::Selection,
};

macro_rules! nodes {
    ({ $($record:ident($module:ident) { $($roots:tt)* })* }) => {
        $(use super::$module::$record;)*

        /// A record with a global id.
        #[derive(Clone, Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
        pub(crate) enum Node {
            $(
                #[doc = concat!("A ", stringify!($record), ".")]
                $record($record),
            )*
        }

        /// The kind of the records of a type, by the type's name.
        pub(crate) fn kind(name: &str) -> Option<Kind> {
            $(if name == <$record as Record>::NAME {
                return Some(<$record as Record>::Entity::KIND);
            })*
            None
        }

        /// The name of the type of a kind of records.
        pub(crate) fn name(kind: Kind) -> &'static str {
            $(if kind == <$record as Record>::Entity::KIND {
                return <$record as Record>::NAME;
            })*
            ""
        }

        /// What the caller may read of each type.
        pub(super) fn readable(caller: &Caller) -> Vec<ReadableType> {
            vec![$(readable::of::<$record>(caller),)*]
        }

        /// What a caller has a use for, of each type and of what they have in common.
        pub(super) fn classify(schema: &mut Classification) {
            schema.plain::<Node>();
            $(<$record as Record>::classify(schema);)*
        }

        /// The records with these ids, in their order; nothing for each that the
        /// caller may not open. One statement for each type.
        pub(crate) async fn open(
            ctx: &Context<'_>,
            ids: &[ID],
        ) -> Result<Vec<Option<Node>>, AccessError> {
            let ids = ids.iter().map(id::decode).collect::<Result<Vec<_>, _>>()?;
            let mut found: HashMap<(String, i64), Node> = HashMap::new();
            $(
                let name = <$record as Record>::NAME;
                let of_type = ids.iter().filter(|(named, _)| named == name);
                let keys: Vec<i64> = of_type.map(|(_, key)| *key).collect();
                for (key, record) in of_keys::<$record>(ctx, &keys).await? {
                    found.insert((name.to_owned(), key), Node::$record(record));
                }
            )*
            // An id may stand there twice.
            Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
        }
    };
}

records!(nodes);

async fn of_keys<T: Record>(ctx: &Context<'_>, keys: &[i64]) -> Result<Vec<(i64, T)>, AccessError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let caller = ctx.data_unchecked::<Caller>();
    let rows = Selection::<T>::of(ctx).of_rows(Rows::of(caller));
    let (keys, rows): (Vec<_>, Vec<_>) = rows.open(keys).await?.into_iter().unzip();
    let siblings = Siblings::new(caller, rows);
    let record = |(place, key)| (key, T::of(siblings.member(place)));
    Ok(keys.into_iter().enumerate().map(record).collect())
}
