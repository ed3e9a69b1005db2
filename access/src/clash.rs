//! Identity numbers of those who are to be hired, and who is known under them already.

use entity::{clash, person, transfer};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::{
    assignment::Given,
    datum::Datum,
    error::AccessError,
    frame::Frame,
    kind::{ACTIVE, Kind, Resource},
    personal::PersonalKeys,
    transaction::Transaction,
};

/// Has the clashes of a record follow these values of it, which were written: those of a
/// request to hire with who is known under its number, those of a person with the requests
/// for theirs. What is decided has none any more, nor has who is out of use.
pub(crate) async fn follow(
    transaction: &mut Transaction<'_>,
    kind: Kind,
    key: i64,
    values: &[Given],
    keys: &PersonalKeys,
) -> Result<(), AccessError> {
    let number = written(kind, values, IDENTITY_NUMBER).map(|(_, number)| number);
    match kind {
        Kind::Transfer if is_about(kind, values) => {
            if written(kind, values, ACTIVE).is_some() {
                delete(transaction, (clash::Column::TransferId, key)).await?;
            }
            if let Some(Some(number)) = number {
                let known = known_under(number, keys)
                    .expr(key_of(Expr::val(key), Expr::col(person::Column::Id)))
                    .expr(Expr::val(key))
                    .column(person::Column::Id)
                    .take();
                insert(transaction, known).await?;
            }
        }
        Kind::Person if is_about(kind, values) => {
            delete(transaction, (clash::Column::PersonId, key)).await?;
            if let Some(Some(number)) = number {
                let asked = Query::select()
                    .from(transfer::Entity)
                    .and_where(Expr::col(transfer::Column::Active))
                    .and_where(is::<transfer::Entity>(number, keys))
                    .expr(key_of(Expr::col(transfer::Column::Id), Expr::val(key)))
                    .column(transfer::Column::Id)
                    .expr(Expr::val(key))
                    .take();
                insert(transaction, asked).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether clashes follow these values of a record. Who writes such holds
/// [`Hold::Identities`](crate::hold::Hold) before, or two who write at a time would each miss
/// what the other writes.
pub(crate) fn is_about(kind: Kind, values: &[Given]) -> bool {
    let is_written = |name| written(kind, values, name).is_some();
    let may_clash = matches!(kind, Kind::Person | Kind::Transfer);
    may_clash && (is_written(IDENTITY_NUMBER) || is_written(ACTIVE))
}

fn written<'a>(kind: Kind, values: &'a [Given], name: &str) -> Option<&'a Given> {
    let columns = &kind.table().columns;
    let mut values = values.iter();
    values.find(|(column, _)| columns[*column].name == name)
}

/// Deletes the clashes of a record, by the column that refers to it.
async fn delete(
    transaction: &mut Transaction<'_>,
    (column, key): (clash::Column, i64),
) -> Result<(), AccessError> {
    let past = Query::delete()
        .from_table(clash::Entity)
        .and_where(Expr::col(column).eq(key))
        .to_owned();
    transaction.run(&past).await.map(drop)
}

async fn insert(
    transaction: &mut Transaction<'_>,
    clashes: SelectStatement,
) -> Result<(), AccessError> {
    use clash::Column;

    let mut insert = Query::insert();
    insert
        .into_table(clash::Entity)
        .columns([Column::Id, Column::TransferId, Column::PersonId])
        .select_from(clashes)
        .map_err(AccessError::internal)?;
    transaction.run(&insert).await.map(drop)
}

/// A key that tells of no other clash.
fn key_of(transfer: Expr, person: Expr) -> Expr {
    transfer.mul(clash::STEP).add(person)
}

/// Whoever is known under an identity number, be it to nobody who asks.
pub(crate) fn known_under(number: &Datum, keys: &PersonalKeys) -> SelectStatement {
    Query::select()
        .from(person::Entity)
        .and_where(Expr::col(person::Column::Active))
        .and_where(is::<person::Entity>(number, keys))
        .take()
}

/// What else asks for the person of a request in its division, of the requests in a frame.
pub(crate) fn asked_besides(
    frame: &Frame<'_>,
    request: i64,
    values: &[Given],
    keys: &PersonalKeys,
) -> Option<SelectStatement> {
    use transfer::Column;

    let number = written(Kind::Transfer, values, IDENTITY_NUMBER)?
        .1
        .as_ref()?;
    let own = |column: Column| Expr::col((frame.table.clone(), column));
    let division = Query::select()
        .column(Column::DivisionId)
        .from(transfer::Entity)
        .and_where(Expr::col(Column::Id).eq(request))
        .take();
    let mut besides = frame.rows()?;
    besides
        .expr(own(Column::Id))
        .and_where(own(Column::Active))
        .and_where(own(Column::Id).ne(request))
        .and_where(is::<transfer::Entity>(number, keys))
        .and_where(own(Column::DivisionId).in_subquery(division))
        .limit(1);
    Some(besides)
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
