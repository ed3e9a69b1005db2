//! Every record, opened by its id, is the caller's to open or null; each of its
//! columns is clear or refused; each record and list that it leads to is no wider
//! than if asked for by itself.

use serde_json::{Value as Json, json};

use crate::{
    answer::{REFUSED, object},
    eyes::Eyes,
    sample,
    schema::{Field, SCHEMA, Shape, Shaped},
    session,
    table::{Kind, masked},
    world::{Row, global_id},
};

/// Records that are opened at a time.
const BATCH: usize = 60;
/// Records of a list that hangs on another.
const HANGING: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn every_record_is_as_open_as_the_caller_may_have_it() {
    session::everyone(|mut session| async move {
        for &kind in Kind::ALL {
            let query = format!(
                "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {} {{ {} }} }} }}",
                kind.name(),
                selection(kind)
            );
            for rows in sample::of(kind).chunks(BATCH) {
                let ids: Vec<String> = rows.iter().map(|row| row.id()).collect();
                let records: Vec<Json> =
                    rows.iter().map(|row| record(session.eyes, *row)).collect();
                let expected = json!({ "nodes": records });
                session
                    .expect(&query, json!({ "ids": ids }), &expected)
                    .await;
            }
        }
        session
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_a_record_leads_equally_far() {
    session::everyone(|mut session| async move {
        for &kind in Kind::ALL {
            // The last stands for a row that is not there.
            let rows = sample::spread(sample::of(kind), 6);
            let mut keys: Vec<(i64, bool)> = rows
                .iter()
                .map(|row| (row.key(), session.eyes.sees(*row)))
                .collect();
            keys.push((7_777_777_777_777, false));
            for root in ways(kind) {
                for (key, sees) in &keys {
                    let query = format!("query($id: ID!) {{ {root}(id: $id) {{ id }} }}");
                    let id = global_id(kind, *key);
                    let expected = if *sees {
                        json!({ "id": id })
                    } else {
                        Json::Null
                    };
                    let expected = json!({ root: expected });
                    session.expect(&query, json!({ "id": id }), &expected).await;
                }
            }
        }
        for row in sample::spread(sample::of(Kind::Division), 20) {
            let query = "query($code: String!) { division(code: $code) { id } }";
            let code = row.value(Kind::Division.column("code"));
            let sees = session.eyes.sees(row);
            let expected = if sees {
                json!({ "id": row.id() })
            } else {
                Json::Null
            };
            session
                .expect(
                    query,
                    json!({ "code": code }),
                    &json!({ "division": expected }),
                )
                .await;
        }
        session
    })
    .await;
}

/// The root fields that open a record of the type by its global id.
fn ways(kind: Kind) -> impl Iterator<Item = &'static str> {
    let by_id = move |field: &&Field| {
        let opens = field.shape() == Shape::One(kind) || field.of == "Node";
        opens && field.arguments.iter().any(|(name, _)| name == "id")
    };
    SCHEMA
        .fields("Query")
        .iter()
        .filter(by_id)
        .map(|field| field.name.as_str())
}

/// Every field of a type, as the schema tells them.
fn selection(kind: Kind) -> String {
    let fields = SCHEMA.fields(kind.name()).iter().map(|field| {
        let name = &field.name;
        match field.shape() {
            Shape::Value => name.clone(),
            Shape::One(_) => format!("{name} {{ id }}"),
            Shape::Many(_) => {
                format!("{name}(first: {HANGING}) {{ totalCount(exact: true) nodes {{ id }} }}")
            }
            Shape::Part => {
                let parts = SCHEMA
                    .fields(&field.of)
                    .iter()
                    .map(|part| match part.shape() {
                        Shape::Value => part.name.clone(),
                        _ => format!("{} {{ id }}", part.name),
                    });
                format!("{name} {{ {} }}", parts.collect::<Vec<_>>().join(" "))
            }
        }
    });
    fields.collect::<Vec<_>>().join(" ")
}

/// What the selection must come to on a row.
fn record(eyes: &Eyes, row: Row) -> Json {
    if !eyes.sees(row) {
        return Json::Null;
    }
    object(SCHEMA.fields(row.kind.name()).iter().map(|field| {
        let value = match (field.shape(), field.name.as_str()) {
            (_, "id") => row.id().into(),
            (Shape::Value | Shape::One(_), name) => column(eyes, row, name),
            (Shape::Many(_), name) => list(eyes, row, name),
            (Shape::Part, name) => {
                let value =
                    |(part, name): &(&str, &str)| ((*part).to_owned(), column(eyes, row, name));
                object(row.kind.part(name).iter().map(value))
            }
        };
        (field.name.clone(), value)
    }))
}

fn column(eyes: &Eyes, row: Row, field: &str) -> Json {
    let column = row.kind.column(field);
    if eyes.reads_masked(row, column) {
        return masked(field, &row.value(column));
    }
    if !eyes.reads(row, column) {
        return REFUSED.into();
    }
    match row.referred(column) {
        Some(other) if eyes.sees(other) => json!({ "id": other.id() }),
        Some(_) => Json::Null,
        None => row.value(column),
    }
}

fn list(eyes: &Eyes, row: Row, field: &str) -> Json {
    let rows = eyes.hanging(row.kind.many(field), row);
    let ids: Vec<Json> = rows
        .iter()
        .take(HANGING)
        .map(|row| json!({ "id": row.id() }))
        .collect();
    json!({ "totalCount": rows.len(), "nodes": ids })
}
