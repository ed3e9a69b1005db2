//! A list stands in the order that is asked for; a value that is not the caller's
//! to read counts as absent there, and absent values come last.

use serde_json::{Value as Json, json};

use crate::{
    answer::REFUSED,
    condition::order,
    eyes::Eyes,
    schema::{self, SCHEMA},
    session::{self, Session},
    table::Kind,
    world::Row,
};

/// Records of a page, of which the first two are compared.
const PAGE: usize = 40;
/// Of a list of more rows each caller asks for one order in so many.
const LONG: usize = 1_000;
const THINNED: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_stands_in_the_order_that_is_asked_for() {
    session::everyone(|mut session| async move {
        let eyes = session.eyes;
        for (field, kind) in schema::lists() {
            let orders = field.arguments.iter().find(|(name, _)| name == "orderBy");
            let (_, orders) = orders.unwrap();
            let stride = if eyes.list(kind).len() > LONG {
                THINNED
            } else {
                1
            };
            let names = SCHEMA.values(orders).iter().skip(eyes.user.place % stride);
            for name in names.step_by(stride) {
                let query = format!(
                    "query($by: {orders}, $after: String) {{
                        {}(orderBy: $by, first: {PAGE}, after: $after) {{
                            nodes {{ id }} pageInfo {{ endCursor }}
                        }}
                    }}",
                    field.name
                );
                walk(&mut session, &query, &field.name, kind, name).await;
            }
        }
        session
    })
    .await;
}

async fn walk(session: &mut Session, query: &str, list: &str, kind: Kind, name: &str) {
    let eyes = session.eyes;
    let (by, descending) = column(kind, name);
    if by.is_some_and(|column| eyes.ever_sees(kind) && !eyes.ever_reads(kind, column)) {
        let expected = json!({ list: REFUSED });
        session
            .expect(query, json!({ "by": name }), &expected)
            .await;
        return;
    }
    let rows = sorted(eyes, kind, by, descending);
    let pages: Vec<&[Row]> = match rows.as_slice() {
        [] => vec![&[]],
        rows => rows.chunks(PAGE).take(2).collect(),
    };
    let mut after = Json::Null;
    for page in pages {
        let variables = json!({ "by": name, "after": after });
        let came = session.ask(query, variables.clone()).await;
        let ids: Vec<Json> = page.iter().map(|row| json!({ "id": row.id() })).collect();
        let nodes = came[list].get("nodes").unwrap_or(&came[list]);
        session.compare(query, &variables, &json!(ids), nodes);
        after = came[list]["pageInfo"]["endCursor"].clone();
    }
}

fn sorted(eyes: &Eyes, kind: Kind, by: Option<usize>, descending: bool) -> Vec<Row> {
    let mut rows = eyes.list(kind).to_vec();
    if let Some(column) = by {
        let value = |row: &Row| eyes.value(*row, column).unwrap_or_default();
        let mut keyed: Vec<(Json, Row)> = rows.iter().map(|row| (value(row), *row)).collect();
        keyed.sort_by(|(one, row), (other, beside)| {
            order(one, other).then_with(|| row.key().cmp(&beside.key()))
        });
        rows = keyed.into_iter().map(|(_, row)| row).collect();
    }
    if descending {
        rows.reverse();
    }
    rows
}

/// The column that an order is by, none for the official order, and whether it
/// is from the greatest to the least.
fn column(kind: Kind, name: &str) -> (Option<usize>, bool) {
    let (words, direction) = name.rsplit_once('_').unwrap();
    let descending = match direction {
        "ASC" => false,
        "DESC" => true,
        _ => panic!("{name} has no direction"),
    };
    let column = (words != "OFFICIAL").then(|| {
        let columns = kind.table().columns.iter();
        let flat = words.replace('_', "");
        let found = columns
            .map(|column| &column.field)
            .find(|field| field.to_uppercase() == flat);
        kind.column(found.unwrap_or_else(|| panic!("no column for {name}")))
    });
    (column, descending)
}
