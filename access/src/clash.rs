//! Identity numbers of those who are to be hired, and who is known under them already.

use entity::{person, transfer};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, UpdateStatement};

use crate::{
    assignment::Given,
    datum::Datum,
    kind::{Kind, Resource},
    personal::PersonalKeys,
};

/// What ties requests to whoever is known under their identity number, after these values
/// of a record were written. The tie is told to who may open that person, and nobody else
/// is told that there is one.
pub(crate) fn ties(
    kind: Kind,
    key: i64,
    values: &[Given],
    keys: &PersonalKeys,
) -> Vec<UpdateStatement> {
    use transfer::Column;

    let columns = &kind.table().columns;
    let mut values = values.iter();
    let number = values.find(|(column, _)| columns[*column].name == IDENTITY_NUMBER);
    let Some((_, number)) = number else {
        return Vec::new();
    };
    let requests = || {
        Query::update()
            .table(transfer::Entity)
            .and_where(Expr::col(Column::Active))
            .to_owned()
    };
    match (kind, number) {
        (Kind::Person, number) => {
            let let_go = requests()
                .value(Column::HolderId, None::<i64>)
                .and_where(Expr::col(Column::HolderId).eq(key))
                .to_owned();
            let taken = number.as_ref().map(|number| {
                requests()
                    .value(Column::HolderId, key)
                    .and_where(Expr::col(Column::HolderId).is_null())
                    .and_where(is::<transfer::Entity>(number, keys))
                    .to_owned()
            });
            [let_go].into_iter().chain(taken).collect()
        }
        (Kind::Transfer, Some(number)) => {
            let holder = holders(number, keys)
                .expr(Func::min(Expr::col(person::Column::Id)))
                .take();
            let tied = requests()
                .value(
                    Column::HolderId,
                    Expr::SubQuery(None, Box::new(holder.into())),
                )
                .and_where(Expr::col(Column::Id).eq(key))
                .to_owned();
            vec![tied]
        }
        _ => Vec::new(),
    }
}

/// Whoever is known under an identity number, be it to nobody who asks.
pub(crate) fn holders(number: &Datum, keys: &PersonalKeys) -> SelectStatement {
    Query::select()
        .from(person::Entity)
        .and_where(Expr::col(person::Column::Active))
        .and_where(is::<person::Entity>(number, keys))
        .take()
}

fn is<E: Resource>(number: &Datum, keys: &PersonalKeys) -> Expr {
    let table = E::KIND.table();
    let mut sealed = table.sealed();
    let sealed = sealed.find(|(place, ..)| table.columns[*place].name == IDENTITY_NUMBER);
    match (sealed, number) {
        (Some((_, name, digest)), Datum::Text(number)) => {
            let digests: Vec<i64> = keys.digests(&name, number).collect();
            Expr::col(table.columns[digest].name).is_in(digests)
        }
        _ => Expr::val(false),
    }
}

const IDENTITY_NUMBER: &str = "identity_number";
