//! SQL expressions that the rules, gates and filters share.

use sea_orm::{
    DbBackend,
    sea_query::{BinOper, CaseStatement, Expr, ExprTrait, Func},
};

/// True, as a constant of the statement's text.
pub(crate) fn truth() -> Expr {
    Expr::cust("TRUE")
}

/// False, as a constant of the statement's text.
pub(crate) fn falsehood() -> Expr {
    Expr::cust("FALSE")
}

/// Holds if the condition is false or unknown: a deny that meets NULL denies nothing.
pub(crate) fn is_not_true(condition: Expr) -> Expr {
    // As a keyword: PostgreSQL takes no parentheses behind IS NOT.
    condition.binary(BinOper::IsNot, Expr::custom_keyword("TRUE"))
}

/// Holds if any of the conditions does.
pub(crate) fn any_of(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::or)
        .unwrap_or_else(falsehood)
}

/// Holds if all of the conditions do.
pub(crate) fn all_of(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::and)
        .unwrap_or_else(truth)
}

/// The value where the condition holds, else NULL.
pub(crate) fn only_where(condition: Expr, value: Expr) -> Expr {
    CaseStatement::new().case(condition, value).into()
}

/// The database's clock in milliseconds since 1970.
pub(crate) fn clock(backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => {
            Expr::cust("(extract(epoch from statement_timestamp()) * 1000)::bigint")
        }
        _ => Expr::cust("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"),
    }
}

/// Whether `text` contains `part`, byte for byte.
pub(crate) fn contains(backend: DbBackend, text: Expr, part: &str) -> Expr {
    let find = match backend {
        DbBackend::Postgres => "strpos",
        _ => "instr",
    };
    Expr::from(Func::cust(find).arg(text).arg(part)).gt(0)
}

/// Whether `text` starts with `start`, byte for byte.
pub(crate) fn starts_with(text: Expr, start: &str) -> Expr {
    let length = i32::try_from(start.chars().count()).unwrap_or(i32::MAX);
    Expr::from(Func::cust("substr").arg(text).arg(1).arg(length)).eq(start)
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{PostgresQueryBuilder, Query, SqliteQueryBuilder};

    use super::*;

    #[test]
    fn a_deny_is_written_as_both_databases_read_it() {
        let deny = is_not_true(Expr::col("a").eq(1).or(Expr::col("b").eq(2)));
        let select = Query::select().expr(truth()).and_where(deny).take();
        let expected = r#"SELECT TRUE WHERE ("a" = 1 OR "b" = 2) IS NOT TRUE"#;
        assert_eq!(select.to_string(PostgresQueryBuilder), expected);
        assert_eq!(select.to_string(SqliteQueryBuilder), expected);
    }
}
