//! A statement's text, with the values that go along.

use sea_orm::{DbBackend, Statement, StatementBuilder, Value, Values};

/// The statement for a database. Its limits stand in the text on PostgreSQL, which expects
/// a tenth of all rows of a limit that is a parameter, and plans for so many.
pub(crate) fn build(backend: DbBackend, query: &impl StatementBuilder) -> Statement {
    let statement = backend.build(query);
    match (backend, statement.values) {
        (DbBackend::Postgres, Some(values)) => {
            let (sql, values) = spell_out_limits(&statement.sql, values.0);
            Statement {
                sql,
                values: Some(Values(values)),
                db_backend: backend,
            }
        }
        (_, values) => Statement {
            values,
            ..statement
        },
    }
}

/// Limits alone are unsigned. Parameters stand in the text in their values' order, and
/// besides them nothing in it has a dollar sign: what users write is a value.
fn spell_out_limits(sql: &str, values: Vec<Value>) -> (String, Vec<Value>) {
    let mut pieces = sql.split('$');
    let mut text = String::with_capacity(sql.len());
    text.extend(pieces.next());
    let mut bound = Vec::with_capacity(values.len());
    for (piece, value) in pieces.zip(values) {
        match value {
            Value::BigUnsigned(Some(limit)) => text.push_str(&limit.to_string()),
            value => {
                bound.push(value);
                text.push('$');
                text.push_str(&bound.len().to_string());
            }
        }
        text.push_str(piece.trim_start_matches(|character: char| character.is_ascii_digit()));
    }
    (text, bound)
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;

    #[test]
    fn limits_stand_in_the_text_where_plans_depend_on_them() {
        let within = Query::select()
            .column("id")
            .from("b")
            .and_where(Expr::col("c").eq("$1 $2"))
            .limit(7)
            .take();
        let query = Query::select()
            .column("id")
            .from("a")
            .and_where(Expr::col("id").gt(5_i64))
            .and_where(Expr::col("id").in_subquery(within))
            .and_where(Expr::col("d").lt(6_i64))
            .limit(21)
            .take();
        let Statement { sql, values, .. } = build(DbBackend::Postgres, &query);
        assert_eq!(
            sql,
            r#"SELECT "id" FROM "a" WHERE "id" > $1 AND "id" IN (SELECT "id" FROM "b" WHERE "c" = $2 LIMIT 7) AND "d" < $3 LIMIT 21"#
        );
        let values = values.unwrap().0;
        assert_eq!(values, [5_i64.into(), "$1 $2".into(), 6_i64.into()]);

        let Statement { sql, values, .. } = build(DbBackend::Sqlite, &query);
        assert!(sql.ends_with("LIMIT ?"), "{sql}");
        assert_eq!(values.unwrap().0.len(), 5);
    }
}
