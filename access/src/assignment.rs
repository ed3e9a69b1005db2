//! What the columns of a record are to hold: what is given, sealed where it is personal,
//! and what follows from the records that it refers to.

use sea_orm::{
    QueryResult, Value,
    sea_query::{Expr, ExprTrait, InsertStatement, Query, SelectStatement},
};

use crate::{
    bounds::{check, field_name},
    datum::Datum,
    error::AccessError,
    kind::{Kind, Shape},
    link::{Link, link_of},
    personal::{PersonalKeys, Spot},
};

/// A column with the value that it is given.
pub(crate) type Given = (usize, Option<Datum>);

/// A column with what it is to hold.
pub(crate) type Assignment = (&'static str, Expr);

/// Those of the record with this key.
pub(crate) fn assignments(
    kind: Kind,
    key: i64,
    given: &[Given],
    keys: &PersonalKeys,
) -> Result<Vec<Assignment>, AccessError> {
    let table = kind.table();
    let mut assignments = Vec::with_capacity(given.len());
    for (column, value) in given {
        if let Some(value) = value {
            check(kind, &table.columns[*column], value)?;
        }
        let shape = table.columns[*column].shape;
        if shape == Shape::Sealed {
            assignments.extend(sealed(kind, *column, key, value, keys)?);
            continue;
        }
        assignments.push((table.columns[*column].name, bound(shape, value)?));
        if let Some((link, other)) = linked(kind, (*column, value)) {
            let copies = link.copies.iter();
            assignments.extend(copies.map(|(own, theirs)| (*own, of_other(link, theirs, other))));
        }
    }
    Ok(assignments)
}

/// Adds what follows from the records that a new one refers to for as long as it is.
///
/// # Errors
/// [`AccessError::InvalidInput`] if that is given besides.
pub(crate) fn add_fixed(
    assignments: &mut Vec<Assignment>,
    kind: Kind,
    given: &[Given],
) -> Result<(), AccessError> {
    let links = given.iter().map(|(column, value)| (*column, value));
    let links: Vec<(&Link, i64)> = links.filter_map(|given| linked(kind, given)).collect();
    let is_there = |assignments: &[Assignment], own: &str| {
        assignments.iter().any(|(column, _)| *column == own)
    };
    for (link, other) in &links {
        for (own, theirs) in link.fixed {
            if is_there(assignments, own) {
                let [own, link] = [own, link.column].map(field_name);
                return Err(AccessError::InvalidInput(format!(
                    "`{own}` follows from `{link}`: give one of them"
                )));
            }
            assignments.push((*own, of_other(link, theirs, *other)));
        }
    }
    for (link, other) in &links {
        for (own, theirs) in link.defaults {
            if !is_there(assignments, own) {
                assignments.push((*own, of_other(link, theirs, *other)));
            }
        }
    }
    Ok(())
}

/// The statement that makes a record that holds these, and gives its key.
pub(crate) fn insertion(
    kind: Kind,
    assignments: Vec<Assignment>,
) -> Result<InsertStatement, AccessError> {
    let table = kind.table();
    let (columns, values): (Vec<_>, Vec<_>) = assignments.into_iter().unzip();
    let insert = Query::insert()
        .into_table(table.name)
        .columns(columns)
        .values(values)
        .map_err(AccessError::internal)?
        .returning_col(table.columns[0].name)
        .to_owned();
    Ok(insert)
}

/// The key that an insertion gave.
pub(crate) fn inserted(rows: &[QueryResult]) -> Result<i64, AccessError> {
    let key = rows
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()?;
    key.ok_or_else(|| AccessError::internal("an insertion gave no key"))
}

/// A row as the record would be, but for what is sealed.
pub(crate) fn literal(
    kind: Kind,
    given: &[Given],
    keys: &PersonalKeys,
) -> Result<SelectStatement, AccessError> {
    let table = kind.table();
    let is_sealed = |(column, _): &Given| table.columns[*column].shape == Shape::Sealed;
    let (sealed, plain): (Vec<Given>, Vec<Given>) = given.iter().cloned().partition(is_sealed);
    // Told wherever the record would belong, as of the others.
    for (column, value) in &sealed {
        if let Some(value) = value {
            check(kind, &table.columns[*column], value)?;
        }
    }
    let mut known = assignments(kind, 0, &plain, keys)?;
    add_fixed(&mut known, kind, &plain)?;
    let mut row = Query::select();
    for column in &table.columns {
        let place = known.iter().position(|(name, _)| *name == column.name);
        let value = match place {
            Some(place) => known.swap_remove(place).1,
            None => Expr::cust(format!("CAST(NULL AS {})", type_of(column.shape))),
        };
        row.expr_as(value, column.name);
    }
    Ok(row)
}

/// As both databases know it.
fn type_of(shape: Shape) -> &'static str {
    match shape {
        Shape::BigInteger => "bigint",
        Shape::Integer => "integer",
        Shape::Boolean => "boolean",
        Shape::Date => "date",
        Shape::Instant => "timestamp",
        Shape::Text | Shape::Sealed => "text",
    }
}

/// The record that a value refers to, if it does.
pub(crate) fn linked(
    kind: Kind,
    (column, value): (usize, &Option<Datum>),
) -> Option<(&'static Link, i64)> {
    match value {
        Some(Datum::Integer(key)) => Some((link_of(kind, column)?, *key)),
        _ => None,
    }
}

fn sealed(
    kind: Kind,
    column: usize,
    key: i64,
    value: &Option<Datum>,
    keys: &PersonalKeys,
) -> Result<[Assignment; 2], AccessError> {
    let table = kind.table();
    let mut columns = table.sealed();
    let found = columns.find(|(place, ..)| *place == column);
    let (_, name, digest) = found.ok_or_else(|| AccessError::internal("it has no digest"))?;
    let spot = Spot {
        column: &name,
        record: key,
    };
    let (bytes, number) = match value {
        None => (None, None),
        Some(Datum::Text(text)) => {
            let sealed = keys.seal(spot, text)?;
            (Some(sealed.bytes), Some(sealed.digest))
        }
        Some(_) => return Err(AccessError::internal("what is sealed is a text")),
    };
    Ok([
        (table.columns[column].name, Expr::val(Value::Bytes(bytes))),
        (table.columns[digest].name, Expr::val(number)),
    ])
}

/// A column of the record that is referred to.
fn of_other(link: &Link, column: &'static str, key: i64) -> Expr {
    let table = link.kind.table();
    let value = Query::select()
        .column(column)
        .from(table.name)
        .and_where(Expr::col(table.columns[0].name).eq(key))
        .take();
    Expr::SubQuery(None, Box::new(value.into()))
}

/// A value as the column's type has it.
fn bound(shape: Shape, value: &Option<Datum>) -> Result<Expr, AccessError> {
    if let (Shape::Integer, Some(Datum::Integer(number))) = (shape, value) {
        let number = i32::try_from(*number).map_err(AccessError::internal)?;
        return Ok(Expr::val(number));
    }
    Ok(match (value, shape) {
        (Some(value), _) => value.clone().into(),
        (None, Shape::BigInteger) => Expr::val(Value::BigInt(None)),
        (None, Shape::Integer) => Expr::val(Value::Int(None)),
        (None, Shape::Boolean) => Expr::val(Value::Bool(None)),
        (None, Shape::Date) => Expr::val(Value::ChronoDate(None)),
        (None, Shape::Instant) => Expr::val(Value::ChronoDateTimeUtc(None)),
        (None, Shape::Text | Shape::Sealed) => Expr::val(Value::String(None)),
    })
}
